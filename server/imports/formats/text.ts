// Text files: which encoding, and its characters as a stream. A file is read twice, once to find the encoding from
// all of its bytes (the first Chinese character may be a gigabyte in), once to decode it strictly.
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { sourceErrors } from './source-error.ts'

const CHUNK_BYTES = 256 * 1024

// Names seen in .cpg files and on Chinese desktops that TextDecoder does not know.
const ALIASES: Record<string, string> = {
  '936': 'gb18030',
  cp936: 'gb18030',
  ms936: 'gb18030',
  windows936: 'gb18030',
  '54936': 'gb18030',
  cp54936: 'gb18030',
  '950': 'big5',
  cp950: 'big5',
  '65001': 'utf-8',
  cp65001: 'utf-8',
  '88591': 'windows-1252',
}

/** The WHATWG name of an encoding label, or undefined. All of the GBK family decode as GB18030, their superset. */
export function encodingOf(label: string): string | undefined {
  const plain = label.trim().toLowerCase()
  const alias = ALIASES[plain.replace(/^(ansi|windows|iso|oem)[ _-]?(?=\d)/, '').replace(/[ _-]/g, '')]
  if (alias) return alias
  try {
    const { encoding } = new TextDecoder(plain)
    return encoding === 'gbk' ? 'gb18030' : encoding
  } catch {
    return undefined
  }
}

const BOMS: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
]

/** The encoding named by a byte order mark, or undefined. */
export const encodingByBom = (head: Uint8Array): string | undefined =>
  BOMS.find(([mark]) => mark.every((byte, index) => head[index] === byte))?.[1]

/** Bytes at the end of a chunk that begin a UTF-8 character without finishing it, 0 to 3. */
export function openUtf8Tail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0
    if (needs) return needs > back ? back : 0
  }
  return 0
}

async function* readChunks(path: string, fileName: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (cause) {
    throw sourceErrors.unreadable(fileName, cause)
  } finally {
    stream.destroy()
  }
}

async function isUtf8Throughout(chunks: AsyncIterable<Buffer>): Promise<boolean> {
  let tail: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    const bytes = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk
    const open = openUtf8Tail(bytes)
    if (!isUtf8(bytes.subarray(0, bytes.length - open))) return false
    tail = bytes.subarray(bytes.length - open)
  }
  return tail.length === 0
}

/** Byte offset near which strict decoding fails, or -1. */
async function firstFailure(chunks: AsyncIterable<Buffer>, encoding: string): Promise<number> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let offset = 0
  for await (const chunk of chunks) {
    try {
      decoder.decode(chunk, { stream: true })
    } catch {
      return offset
    }
    offset += chunk.length
  }
  try {
    decoder.decode()
    return -1
  } catch {
    return offset
  }
}

/**
 * A byte order mark, else strict UTF-8, else strict GB18030, over the whole file.
 * @throws SourceError `encoding_unknown`.
 */
export async function detectEncoding(path: string, fileName: string, head: Uint8Array): Promise<string> {
  const marked = encodingByBom(head)
  if (marked) return marked
  if (await isUtf8Throughout(readChunks(path, fileName))) return 'utf-8'
  const failure = await firstFailure(readChunks(path, fileName), 'gb18030')
  if (failure >= 0) throw sourceErrors.encodingUnknown(fileName, failure)
  return 'gb18030'
}

/** @throws SourceError `encoding_not_supported` for a label nobody knows, else as detectEncoding. */
export async function chooseEncoding(
  path: string,
  fileName: string,
  head: Uint8Array,
  stated: string | undefined,
): Promise<string> {
  if (stated === undefined) return detectEncoding(path, fileName, head)
  const encoding = encodingOf(stated)
  if (!encoding) throw sourceErrors.encodingNotSupported(stated)
  return encoding
}

/** Any stream of bytes as strict text without its byte order mark. @throws SourceError `encoding_mismatch`. */
export async function* decodeStrictly(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw sourceErrors.encodingMismatch(part, encoding)
    }
  }
  for await (const chunk of chunks) {
    const text = decode(chunk)
    if (text) yield text
  }
  const rest = decode()
  if (rest) yield rest
}

/** A text file as strict text. @throws SourceError `encoding_mismatch`, `file_unreadable`. */
export const readText = (path: string, fileName: string, encoding: string): AsyncGenerator<string> =>
  decodeStrictly(readChunks(path, fileName), fileName, encoding)
