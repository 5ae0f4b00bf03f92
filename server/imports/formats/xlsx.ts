// Excel workbooks (ECMA-376 SpreadsheetML), read as a stream: memory holds the shared texts and one chunk of a sheet.
import { columnNames, geometryColumns, headerIndex, isBlank, rowBuilder } from './columns.ts'
import type { OpenedSource, OpenRequest, SourceRow, SourceValue } from './source.ts'
import { sourceErrors } from './source-error.ts'
import { serialToIso } from './xlsx-dates.ts'
import { readWorkbook, type Sheet, TextCollector, unescapeText, type Workbook } from './xlsx-workbook.ts'
import { parseXml } from './xml.ts'
import type { Archive } from './zip.ts'

const MAX_ROW = 1_048_576
const MAX_COLUMN = 16_384
const PREVIEW_ROWS = 20

interface SheetRow {
  row: number
  cells: SourceValue[]
}

/** Zero-based column of a cell reference such as "AB12". @throws SourceError for one outside Excel's grid. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0] ?? ''
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  if (column < 1 || column > MAX_COLUMN) {
    throw sourceErrors.xlsxInvalid(`单元格引用“${reference}”有误。`, `cell reference "${reference}" is wrong.`)
  }
  return column - 1
}

/** Collects rows from the events of a sheet part. */
class SheetReader {
  /** Complete rows not yet taken. */
  rows: SheetRow[] = []
  private readonly workbook: Workbook
  private row = 0
  private cells: SourceValue[] = []
  private column = -1
  private type = 'n'
  private style = 0
  private raw = ''
  private isValue = false
  private inCell = false
  private readonly inline = new TextCollector()

  constructor(workbook: Workbook) {
    this.workbook = workbook
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') this.openRow(attributes.r)
    else if (name === 'c') this.openCell(attributes)
    else if (name === 'v') this.isValue = this.inCell
    else if (this.inCell) this.inline.open(name)
  }

  text(text: string): void {
    if (this.isValue) this.raw += text
    else if (this.inCell) this.inline.add(text)
  }

  close(name: string): void {
    this.isValue = false
    if (name === 'c') this.closeCell()
    else if (name === 'row') this.rows.push({ row: this.row, cells: this.cells })
    else if (this.inCell) this.inline.close(name)
  }

  private openRow(reference: string | undefined): void {
    const row = reference === undefined ? this.row + 1 : Number(reference)
    if (!Number.isInteger(row) || row <= this.row || row > MAX_ROW) {
      throw sourceErrors.xlsxInvalid(`行号“${reference}”有误。`, `row number "${reference}" is wrong.`)
    }
    this.row = row
    this.cells = []
    this.column = -1
  }

  private openCell({ r, t, s }: Record<string, string>): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r)
    this.type = t ?? 'n'
    this.style = Number(s ?? 0)
    this.raw = ''
    this.inCell = true
  }

  private closeCell(): void {
    this.inCell = false
    const inline = this.inline.take()
    const value = this.valueOf(inline)
    if (isBlank(value)) return
    // Skipped cells are left out of the file; the list must not have holes.
    while (this.cells.length < this.column) this.cells.push(null)
    this.cells[this.column] = value
  }

  private valueOf(inline: string): SourceValue {
    const raw = this.raw
    switch (this.type) {
      case 's':
        return this.sharedText(raw)
      case 'inlineStr':
        return inline
      case 'str':
        return unescapeText(raw)
      case 'b':
        return raw.trim() === '' ? null : raw.trim() === '1' || raw.trim() === 'true'
      case 'e':
        // #N/A and its like: no value.
        return null
      case 'd':
        return raw.trim()
      default:
        return this.number(raw.trim())
    }
  }

  private sharedText(raw: string): SourceValue {
    if (raw.trim() === '') return null
    const text = this.workbook.shared_texts[Number(raw)]
    if (text === undefined) throw sourceErrors.xlsxInvalid('共享文本索引有误。', 'a shared text index is wrong.')
    return text
  }

  private number(raw: string): SourceValue {
    if (raw === '') return null
    const value = Number(raw)
    if (!Number.isFinite(value)) throw sourceErrors.xlsxInvalid(`数值“${raw}”有误。`, `number "${raw}" is wrong.`)
    const kind = this.workbook.date_kinds[this.style]
    return (kind && serialToIso(value, kind, this.workbook.is_1904)) ?? value
  }
}

async function* readSheet(archive: Archive, workbook: Workbook, sheet: Sheet): AsyncGenerator<SheetRow> {
  const reader = new SheetReader(workbook)
  for await (const _ of parseXml(archive.read(sheet.part), sheet.part, reader)) {
    const rows = reader.rows
    reader.rows = []
    for (const row of rows) if (row.cells.length > 0) yield row
  }
}

function chooseSheet(workbook: Workbook, wanted: string | undefined): Sheet {
  const sheet =
    wanted === undefined
      ? workbook.sheets[workbook.first_visible]
      : workbook.sheets.find(({ name }) => name.trim() === wanted.trim())
  if (sheet) return sheet
  const names = workbook.sheets.map(({ name }) => name)
  throw sourceErrors.sheetNotFound(wanted ?? '', names)
}

/** Opens the first visible sheet, or the named one. The archive is closed with the source. */
export async function openXlsx(request: OpenRequest, archive: Archive): Promise<OpenedSource> {
  const workbook = await readWorkbook(archive, request.limits)
  const sheet = chooseSheet(workbook, request.options.sheet)
  const first: SheetRow[] = []
  for await (const row of readSheet(archive, workbook, sheet)) {
    first.push(row)
    if (first.length >= PREVIEW_ROWS) break
  }
  const header = first[headerIndex(first.map(({ cells }) => cells))]
  if (!header) throw sourceErrors.xlsxInvalid(`工作表“${sheet.name}”是空的。`, `worksheet "${sheet.name}" is empty.`)
  const columns = columnNames(header.cells, request.limits.max_columns)
  const places = geometryColumns(columns, request.options)
  const build = rowBuilder(columns, places)
  return {
    format: 'xlsx',
    encoding: null,
    columns,
    crs_hint: null,
    geometry_columns: places,
    async *rows(): AsyncGenerator<SourceRow> {
      for await (const { row, cells } of readSheet(archive, workbook, sheet)) {
        if (row > header.row) yield build(row, cells)
      }
    },
    close: async () => archive.close(),
  }
}
