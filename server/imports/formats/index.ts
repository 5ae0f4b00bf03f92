// Reading what people send: one common stream of rows from every format, decided by content, refused with a reason.
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { openCsv } from './csv.ts'
import { openGeoJson } from './geojson.ts'
import { openShapefile, openZippedShapefile } from './shapefile.ts'
import { PLAIN_TEXT, promiseOf, sniff, sniffArchive } from './sniff.ts'
import {
  DEFAULT_LIMITS,
  type Format,
  type OpenedSource,
  type OpenRequest,
  type RowProblem,
  type SourceOptions,
  type SourceRow,
} from './source.ts'
import { type Likeness, sourceErrors } from './source-error.ts'
import { openXlsx } from './xlsx.ts'
import { type Archive, openArchive } from './zip.ts'

export {
  DEFAULT_LIMITS,
  FORMATS,
  type Format,
  type GeometryColumns,
  type Limits,
  type OpenedSource,
  type RowProblem,
  type RowProblemCode,
  type SourceOptions,
  type SourceRow,
  type SourceValue,
} from './source.ts'
export { SourceError, type SourceErrorCode } from './source-error.ts'

const HEAD_BYTES = 64 * 1024

const FORMAT_NAMES: Record<Format, Likeness> = {
  geojson: { zh: ' GeoJSON', en: 'GeoJSON' },
  csv: { zh: ' CSV/TSV 文本', en: 'CSV/TSV text' },
  xlsx: { zh: ' XLSX 工作簿', en: 'an XLSX workbook' },
  shapefile: { zh: ' Shapefile', en: 'a shapefile' },
}

async function readHead(path: string, fileName: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    const file = await open(path)
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(HEAD_BYTES, size)), 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw sourceErrors.unreadable(fileName, cause)
  }
}

/**
 * The format found, if the name and the chosen format do not promise something else.
 * @throws SourceError `format_mismatch`, `format_not_supported`.
 */
function accept(request: OpenRequest, found: { format: Format } | { other: Likeness }): Format {
  const { file_name: fileName, options } = request
  const format = 'format' in found ? found.format : undefined
  const likeness = 'format' in found ? FORMAT_NAMES[found.format] : found.other
  const promise = promiseOf(fileName)
  const expected = options.format ?? ('format' in promise ? promise.format : undefined)
  if (expected !== undefined && expected !== format) {
    throw sourceErrors.mismatch(fileName, FORMAT_NAMES[expected].zh.trim(), likeness)
  }
  if (format === undefined) throw sourceErrors.notSupported(fileName, likeness)
  if ('foreign' in promise) throw sourceErrors.mismatch(fileName, promise.foreign, likeness)
  // Almost any text can be cut into columns, so a table must also be named like one.
  const isNamed = expected !== undefined || promise.extension === undefined || promise.extension === 'txt'
  if (format === 'csv' && !isNamed) throw sourceErrors.notSupported(fileName, PLAIN_TEXT)
  return format
}

const badText = (column: string): RowProblem => ({
  code: 'text_invalid',
  column,
  message_zh: `“${column}”含有数据库不能保存的字符（U+0000）。`,
  message_en: `"${column}" holds a character no database can store (U+0000).`,
})

// PostgreSQL refuses the zero character in any text, and would refuse the whole import with it.
async function* withStorableText(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow> {
  for await (const row of rows) {
    const broken = Object.entries(row.properties).find(([, value]) => typeof value === 'string' && value.includes('\0'))
    yield broken && !row.problem ? { ...row, geometry: null, problem: badText(broken[0]) } : row
  }
}

async function openFromArchive(request: OpenRequest, archive: Archive): Promise<OpenedSource> {
  try {
    const found = sniffArchive(archive)
    if ('archive' in found) throw new TypeError('an archive never looks like an archive')
    const format = accept(request, found)
    return format === 'xlsx' ? await openXlsx(request, archive) : await openZippedShapefile(request, archive)
  } catch (error) {
    archive.close()
    throw error
  }
}

/**
 * Opens a file for reading. The header and a preview are read at once, so that most faults show here; the rest show
 * while iterating `rows()`. Close it in any case.
 * @throws SourceError for everything wrong with the file or the options.
 */
export async function openSource(path: string, options: SourceOptions = {}): Promise<OpenedSource> {
  const source = await openByContent(path, options)
  return { ...source, rows: () => withStorableText(source.rows()) }
}

async function openByContent(path: string, options: SourceOptions): Promise<OpenedSource> {
  const fileName = options.file_name ?? basename(path)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const request: OpenRequest = { path, file_name: fileName, options, limits }
  const head = await readHead(path, fileName)
  if (head.length === 0) throw sourceErrors.empty(fileName)
  const found = sniff(head, options.encoding)
  if ('archive' in found) return openFromArchive(request, await openArchive(path, fileName, limits))
  const format = accept(request, found)
  switch (format) {
    case 'csv':
      return openCsv(request, head)
    case 'geojson':
      return openGeoJson(request, head)
    case 'shapefile':
      return openShapefile(request)
    case 'xlsx':
      throw new TypeError('a workbook is always an archive')
  }
}
