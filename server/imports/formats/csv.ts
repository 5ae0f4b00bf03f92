// CSV and TSV, in any of the encodings Chinese offices write, streamed in constant memory.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { columnNames, geometryColumns, headerIndex, rowBuilder } from './columns.ts'
import { PLAIN_TEXT } from './sniff.ts'
import type { OpenedSource, OpenRequest, SourceRow } from './source.ts'
import { SourceError, sourceErrors } from './source-error.ts'
import { chooseEncoding, readText } from './text.ts'

const DELIMITERS = [',', '\t', ';', '|'] as const
// Enough for a title, blank lines and the header.
const PREVIEW_RECORDS = 20
const PREVIEW_CHARS = 64 * 1024

/** A record and the row Excel shows it in: blank lines count, line breaks inside quotes do not. */
interface CsvRecord {
  row: number
  cells: string[]
}

const countOf = (line: string, delimiter: string) => line.split(delimiter).length - 1

/**
 * The delimiter that occurs most often outside quotes in the first line that has one. The header decides, not the
 * data: Amap's type paths are full of semicolons and bars.
 */
export function detectDelimiter(preview: string): string | undefined {
  for (const line of preview.split(/\r\n|\n|\r/, PREVIEW_RECORDS)) {
    const bare = line.replace(/"[^"]*"/g, '')
    const best = DELIMITERS.toSorted((a, b) => countOf(bare, b) - countOf(bare, a))[0] as string
    if (countOf(bare, best) > 0) return best
  }
  return undefined
}

async function readPreview(request: OpenRequest, encoding: string): Promise<string> {
  let text = ''
  for await (const chunk of readText(request.path, request.file_name, encoding)) {
    text += chunk
    if (text.length >= PREVIEW_CHARS) break
  }
  return text.slice(0, PREVIEW_CHARS)
}

function asSourceError(cause: unknown, row: number, limit: number): unknown {
  if (!(cause instanceof CsvError)) return cause
  if (cause.code === 'CSV_MAX_RECORD_SIZE') return sourceErrors.recordTooLarge(row, limit)
  return sourceErrors.csvInvalid(row, cause.code)
}

async function* readRecords(request: OpenRequest, encoding: string, delimiter: string): AsyncGenerator<CsvRecord> {
  const limit = request.limits.max_record_bytes
  const parser = parse({
    delimiter,
    max_record_size: limit,
    relax_column_count: true,
    // A quote inside an unquoted cell is a character: 5"螺丝, 又名"小刘"网吧.
    relax_quotes: true,
  })
  let row = 0
  const feeding = pipeline(Readable.from(readText(request.path, request.file_name, encoding)), parser)
  // The parser passes the same error to the loop below.
  feeding.catch(() => {})
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++
      // An empty line comes as one empty cell. The parser's own skipping and counting takes 40 % more time.
      if (cells.length > 1 || cells[0] !== '') yield { row, cells }
    }
    await feeding
  } catch (cause) {
    throw cause instanceof SourceError ? cause : asSourceError(cause, row + 1, limit)
  } finally {
    parser.destroy()
  }
}

async function firstRecords(records: AsyncGenerator<CsvRecord>): Promise<CsvRecord[]> {
  const first: CsvRecord[] = []
  for await (const record of records) {
    first.push(record)
    if (first.length >= PREVIEW_RECORDS) break
  }
  return first
}

/** @param head the first bytes of the file, for the byte order mark */
export async function openCsv(request: OpenRequest, head: Uint8Array): Promise<OpenedSource> {
  const encoding = await chooseEncoding(request.path, request.file_name, head, request.options.encoding)
  const preview = await readPreview(request, encoding)
  if (preview.trim() === '') throw sourceErrors.empty(request.file_name)
  const delimiter = detectDelimiter(preview)
  if (!delimiter) throw sourceErrors.notSupported(request.file_name, PLAIN_TEXT)
  const first = await firstRecords(readRecords(request, encoding, delimiter))
  const header = first[headerIndex(first.map(({ cells }) => cells))]
  const columns = columnNames(header?.cells ?? [], request.limits.max_columns)
  const places = geometryColumns(columns, request.options)
  const build = rowBuilder(columns, places)
  return {
    format: 'csv',
    encoding,
    columns,
    crs_hint: null,
    geometry_columns: places,
    async *rows(): AsyncGenerator<SourceRow> {
      for await (const { row, cells } of readRecords(request, encoding, delimiter)) {
        if (row > (header?.row ?? 0)) yield build(row, cells)
      }
    },
    close: async () => {},
  }
}
