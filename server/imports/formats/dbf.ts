// The .dbf part: dBASE III and its relatives, fixed-width records of text behind a header of field descriptors.
import { isAscii, isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { ByteReader } from './bytes.ts'
import type { SourceValue } from './source.ts'
import { sourceErrors } from './source-error.ts'
import { openUtf8Tail } from './text.ts'

const HEADER_BYTES = 32
const FIELD_BYTES = 32
const FIELDS_END = 0x0d
const DELETED = 0x2a
/** dBASE level 7 has another header; nothing that writes shapefiles uses it. */
const VERSIONS = [0x02, 0x03, 0x30, 0x31, 0x32, 0x83, 0x8b, 0xf5]

interface DbfField {
  /** Undecoded: the encoding is known only after the records were seen. */
  raw_name: Buffer
  type: string
  offset: number
  length: number
  decimals: number
}

export interface DbfHeader {
  record_count: number
  header_bytes: number
  record_bytes: number
  language_driver: number
  fields: DbfField[]
}

const invalid = (part: string, zh: string, en: string) => sourceErrors.shapefileInvalid(part, zh, en)

function untilZero(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function readFields(head: Buffer): DbfField[] {
  const fields: DbfField[] = []
  // The first byte of every record is its deletion mark.
  let offset = 1
  for (let at = 0; at + FIELD_BYTES <= head.length && head[at] !== FIELDS_END; at += FIELD_BYTES) {
    const length = head[at + 16] as number
    const decimals = head[at + 17] as number
    const type = String.fromCharCode(head[at + 11] as number).toUpperCase()
    fields.push({ raw_name: untilZero(head.subarray(at, at + 11)), type, offset, length, decimals })
    offset += length
  }
  return fields
}

async function readHeader(reader: ByteReader, part: string): Promise<DbfHeader> {
  const head = await reader.take(HEADER_BYTES)
  if (head.length < HEADER_BYTES) throw sourceErrors.truncated(part)
  if (!VERSIONS.includes(head[0] as number)) throw invalid(part, '不认识的 DBF 版本。', 'unknown DBF version.')
  const headerBytes = head.readUInt16LE(8)
  const recordBytes = head.readUInt16LE(10)
  if (headerBytes <= HEADER_BYTES || recordBytes < 1) throw invalid(part, '文件头有误。', 'its header is wrong.')
  const rest = await reader.take(headerBytes - HEADER_BYTES)
  if (rest.length < headerBytes - HEADER_BYTES) throw sourceErrors.truncated(part)
  const fields = readFields(rest)
  const last = fields.at(-1)
  if (!last || last.offset + last.length > recordBytes) throw invalid(part, '字段描述有误。', 'its fields are wrong.')
  return {
    record_count: head.readUInt32LE(4),
    header_bytes: headerBytes,
    record_bytes: recordBytes,
    language_driver: head[29] as number,
    fields,
  }
}

/** The header alone. @throws SourceError `shapefile_invalid`, `file_truncated`. */
export async function readDbfHeader(chunks: AsyncIterable<Uint8Array>, part: string): Promise<DbfHeader> {
  const reader = new ByteReader(chunks)
  try {
    return await readHeader(reader, part)
  } finally {
    await reader.close()
  }
}

/** All records in order, null for deleted ones: their shapes stay in the .shp. @throws SourceError as readDbfHeader. */
export async function* readDbfRecords(chunks: AsyncIterable<Uint8Array>, part: string): AsyncGenerator<Buffer | null> {
  const reader = new ByteReader(chunks)
  try {
    const header = await readHeader(reader, part)
    for (let number = 0; number < header.record_count; number++) {
      const record = await reader.take(header.record_bytes)
      if (record.length < header.record_bytes) throw sourceErrors.truncated(part)
      yield record[0] === DELETED ? null : record
    }
  } finally {
    await reader.close()
  }
}

const bytesOf = (record: Buffer, field: DbfField) => record.subarray(field.offset, field.offset + field.length)

// Padding is blanks, with some writers zero bytes.
function trimmed(bytes: Buffer): Buffer {
  const text = untilZero(bytes)
  let end = text.length
  while (end > 0 && text[end - 1] === 0x20) end--
  return text.subarray(0, end)
}

/**
 * Text of one field. Writers cut at the field's width, also through a character: a broken last character of a full
 * field is dropped. @throws TypeError where the bytes are not of the encoding.
 */
function textOf(bytes: Buffer, encoding: string, width: number): string {
  const text = trimmed(bytes)
  if (isAscii(text)) return text.toString('latin1')
  if (text.length < width) return decoderOf(encoding).decode(text)
  if (encoding === 'utf-8') return decoderOf(encoding).decode(text.subarray(0, text.length - openUtf8Tail(text)))
  // In stream mode an unfinished character at the end is kept back instead of failing.
  return new TextDecoder(encoding, { fatal: true }).decode(text, { stream: true })
}

// Making a decoder costs more than decoding a field with it.
const decoders = new Map<string, TextDecoder>()

function decoderOf(encoding: string): TextDecoder {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding, { fatal: true })
  decoders.set(encoding, decoder)
  return decoder
}

export const fieldNameOf = (field: DbfField, encoding: string): string => textOf(field.raw_name, encoding, 10).trim()

/** Finds the encoding of a table by trying every text of it. */
export class EncodingTrial {
  private readonly candidates: Set<string>

  /** @param candidates WHATWG names, most trusted first */
  constructor(candidates: string[]) {
    this.candidates = new Set(candidates)
  }

  /** The most trusted encoding that everything tried so far fits, or undefined. */
  get best(): string | undefined {
    return this.candidates.values().next().value
  }

  tryText(bytes: Buffer, width: number): void {
    const text = trimmed(bytes)
    // Plain ASCII fits all of them, and is most of what a table holds.
    if (isAscii(text)) return
    for (const encoding of this.candidates) {
      if (encoding === 'utf-8' && isUtf8(text)) continue
      try {
        textOf(text, encoding, width)
      } catch {
        this.candidates.delete(encoding)
      }
    }
  }

  tryRecord(record: Buffer, fields: DbfField[]): void {
    for (const field of fields) if (field.type === 'C') this.tryText(bytesOf(record, field), field.length)
  }
}

function numberOf(text: string): SourceValue {
  // Asterisks fill a field whose number did not fit.
  if (text === '' || /^\*+$/.test(text)) return null
  const value = Number(text.replace(',', '.'))
  // Identifiers of 16 and more digits would be rounded: they stay text.
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return isExact || /[.eE]/.test(text) ? (Number.isFinite(value) ? value : text) : text
}

function dateOf(text: string): SourceValue {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? []
  if (!year || year === '0000') return null
  const iso = `${year}-${month}-${day}`
  const time = Date.parse(`${iso}T00:00:00Z`)
  // 30 February parses as 1 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : text
}

function logicalOf(text: string): SourceValue {
  if (/^[TtYy1]$/.test(text)) return true
  return /^[FfNn0]$/.test(text) ? false : null
}

/** One field's value. Memo fields live in another file and are null. */
export function fieldValue(record: Buffer, field: DbfField, encoding: string): SourceValue {
  const bytes = bytesOf(record, field)
  switch (field.type) {
    case 'N':
    case 'F':
      return numberOf(trimmed(bytes).toString('latin1').trim())
    case 'D':
      return dateOf(trimmed(bytes).toString('latin1').trim())
    case 'L':
      return logicalOf(bytes.toString('latin1').trim())
    case 'I':
      return bytes.length === 4 ? bytes.readInt32LE(0) : null
    case 'O':
    case 'B':
      return bytes.length === 8 && Number.isFinite(bytes.readDoubleLE(0)) ? bytes.readDoubleLE(0) : null
    case 'C':
      return textOf(bytes, encoding, field.length).trim() || null
    default:
      return null
  }
}
