// Small files of every format, built byte by byte so that the readers are tested against the specifications and not
// against a writer of our own, and the one way tests read them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll } from 'vitest'
import {
  type OpenedSource,
  openSource,
  SourceError,
  type SourceOptions,
  type SourceRow,
} from '../../server/imports/formats/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'perimeter-formats-'))
let files = 0
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a file under its own folder and returns its path. */
export function writeTemp(name: string, content: Uint8Array | string): string {
  const path = join(mkdtempSync(join(folder, `${files++}-`)), name)
  writeFileSync(path, content)
  return path
}

export interface Read extends Omit<OpenedSource, 'rows' | 'close'> {
  rows: SourceRow[]
}

export async function readPath(path: string, options: SourceOptions = {}): Promise<Read> {
  const source = await openSource(path, options)
  try {
    const rows: SourceRow[] = []
    for await (const row of source.rows()) rows.push(row)
    return { ...source, rows }
  } finally {
    await source.close()
  }
}

export const readContent = (name: string, content: Uint8Array | string, options: SourceOptions = {}) =>
  readPath(writeTemp(name, content), options)

/** The code of the SourceError a reading ends with; any other error is thrown on. */
export async function refusalOf(reading: Promise<unknown>): Promise<SourceError> {
  try {
    await reading
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('the file was read')
}

/** GBK bytes of the few characters tests write; Node decodes GBK but does not encode it. */
export function gbk(text: string): Buffer {
  const bytes: number[] = []
  for (const char of text) {
    if (char.charCodeAt(0) < 0x80) bytes.push(char.charCodeAt(0))
    else bytes.push(...gbkPair(char))
  }
  return Buffer.from(bytes)
}

const pairs = new Map<string, [number, number]>()

function gbkPair(char: string): [number, number] {
  if (pairs.size === 0) {
    const decoder = new TextDecoder('gbk')
    for (let high = 0x81; high <= 0xfe; high++) {
      for (let low = 0x40; low <= 0xfe; low++) {
        if (low === 0x7f) continue
        const decoded = decoder.decode(Uint8Array.of(high, low))
        if (decoded.length === 1 && !pairs.has(decoded)) pairs.set(decoded, [high, low])
      }
    }
  }
  const pair = pairs.get(char)
  if (!pair) throw new Error(`${char} is not in GBK`)
  return pair
}

type Part = string | Uint8Array

export const zipOf = (parts: Record<string, Part>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, asBytes(part)])))

const asBytes = (part: Part) => (typeof part === 'string' ? strToU8(part) : part)

/** The archive Chinese Windows makes: names in GBK without any flag. Names are swapped in for ASCII ones of equal length. */
export function gbkNamedZip(parts: Record<string, Part>): Buffer {
  const names = Object.keys(parts).map((name, index) => {
    const raw = gbk(name)
    return { raw, stand_in: `${index}`.padEnd(raw.length, '#') }
  })
  const zip = Buffer.from(
    zipOf(Object.fromEntries(Object.values(parts).map((part, index) => [names[index]?.stand_in ?? '', part]))),
  )
  for (const { raw, stand_in: standIn } of names) {
    for (let at = zip.indexOf(standIn); at >= 0; at = zip.indexOf(standIn, at + 1)) raw.copy(zip, at)
  }
  return zip
}

const XLSX_NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL_NS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE_NS = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface XlsxParts {
  /** Sheet name to the content of its sheetData element. */
  sheets: Record<string, string>
  /** Content of the sst element. */
  shared?: string
  /** Content of the styleSheet element. */
  styles?: string
  workbook_pr?: string
  /** Attributes of the sheet elements by name, such as state="hidden". */
  sheet_attributes?: Record<string, string>
}

export function xlsxParts({ sheets, shared, styles, workbook_pr: pr, sheet_attributes: extra }: XlsxParts) {
  const names = Object.keys(sheets)
  const sheetList = names
    .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" ${extra?.[name] ?? ''} r:id="rId${i + 1}"/>`)
    .join('')
  const relations = names
    .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${REL_NS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
    .concat(`<Relationship Id="rIdS" Type="${REL_NS}/sharedStrings" Target="sharedStrings.xml"/>`)
    .concat(`<Relationship Id="rIdT" Type="${REL_NS}/styles" Target="/xl/styles.xml"/>`)
    .join('')
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types/>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${XLSX_NS}" xmlns:r="${REL_NS}">${pr ?? ''}<sheets>${sheetList}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${PACKAGE_NS}">${relations}</Relationships>`,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${XLSX_NS}">${shared ?? ''}</sst>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${XLSX_NS}">${styles ?? ''}</styleSheet>`,
  }
  names.forEach((name, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `${head}<worksheet xmlns="${XLSX_NS}"><sheetData>${sheets[name]}</sheetData></worksheet>`
  })
  return parts
}

export const xlsxOf = (parts: XlsxParts): Uint8Array => zipOf(xlsxParts(parts))

/** A sheet row of inline texts. */
export const inlineRow = (row: number, ...texts: string[]): string =>
  `<row r="${row}">${texts.map((text, i) => `<c r="${String.fromCharCode(65 + i)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`

type Xy = [number, number]

/** The content of one .shp record. */
export const shape = {
  none: (): Buffer => {
    const content = Buffer.alloc(4)
    content.writeInt32LE(0)
    return content
  },
  point: ([x, y]: Xy, type = 1): Buffer => {
    // Z and M variants carry one or two more numbers.
    const content = Buffer.alloc(type === 1 ? 20 : type === 21 ? 28 : 36)
    content.writeInt32LE(type)
    content.writeDoubleLE(x, 4)
    content.writeDoubleLE(y, 12)
    return content
  },
  multipoint: (points: Xy[]): Buffer => {
    const content = Buffer.alloc(40 + points.length * 16)
    content.writeInt32LE(8)
    content.writeInt32LE(points.length, 36)
    writePoints(content, 40, points)
    return content
  },
  parts: (type: number, parts: Xy[][], extraBytes = 0): Buffer => {
    const points = parts.flat()
    const content = Buffer.alloc(44 + parts.length * 4 + points.length * 16 + extraBytes)
    content.writeInt32LE(type)
    content.writeInt32LE(parts.length, 36)
    content.writeInt32LE(points.length, 40)
    let start = 0
    parts.forEach((part, index) => {
      content.writeInt32LE(start, 44 + index * 4)
      start += part.length
    })
    writePoints(content, 44 + parts.length * 4, points)
    return content
  },
}

function writePoints(content: Buffer, at: number, points: Xy[]): void {
  points.forEach(([x, y], index) => {
    content.writeDoubleLE(x, at + index * 16)
    content.writeDoubleLE(y, at + index * 16 + 8)
  })
}

export function shpOf(type: number, records: Buffer[]): Buffer {
  const body = records.flatMap((content, index) => {
    const head = Buffer.alloc(8)
    head.writeInt32BE(index + 1)
    head.writeInt32BE(content.length / 2, 4)
    return [head, content]
  })
  const header = Buffer.alloc(100)
  const file = Buffer.concat([header, ...body])
  file.writeInt32BE(9994)
  file.writeInt32BE(file.length / 2, 24)
  file.writeInt32LE(1000, 28)
  file.writeInt32LE(type, 32)
  return file
}

export interface DbfColumn {
  name: Uint8Array | string
  type: string
  length: number
}

/** Records are lists of raw field bytes; a record of `null` is a deleted one. */
export function dbfOf(columns: DbfColumn[], records: ((Uint8Array | string)[] | null)[], languageDriver = 0): Buffer {
  const recordBytes = 1 + columns.reduce((sum, { length }) => sum + length, 0)
  const header = Buffer.alloc(32 + columns.length * 32 + 1)
  header[0] = 3
  header[1] = 124
  header[2] = 6
  header[3] = 1
  header.writeUInt32LE(records.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(recordBytes, 10)
  header[29] = languageDriver
  columns.forEach(({ name, type, length }, index) => {
    const at = 32 + index * 32
    Buffer.from(name as string).copy(header, at, 0, 10)
    header.write(type, at + 11, 'latin1')
    header[at + 16] = length
  })
  header[header.length - 1] = 0x0d
  const body = records.map((record) => {
    const bytes = Buffer.alloc(recordBytes, 0x20)
    if (!record) bytes[0] = 0x2a
    let at = 1
    columns.forEach(({ length }, index) => {
      Buffer.from((record?.[index] ?? '') as string).copy(bytes, at, 0, length)
      at += length
    })
    return bytes
  })
  return Buffer.concat([header, ...body, Buffer.of(0x1a)])
}
