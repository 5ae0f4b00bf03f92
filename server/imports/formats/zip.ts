// Zip archives read in place, never unpacked to disk. Each part's size, ratio and checksum are tested while it streams.
import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { Limits } from './source.ts'
import { SourceError, sourceErrors } from './source-error.ts'

// Small parts (styles, relations) may compress extremely well without being a bomb.
const RATIO_FREE_BYTES = 8 * 1024 ** 2
const STORED = 0
const DEFLATED = 8

export interface Archive {
  /** Full names with forward slashes, as a person would read them, in archive order. */
  names: string[]
  has(name: string): boolean
  size(name: string): number
  /** One part's bytes. @throws SourceError `archive_damaged`, `archive_encrypted`, `archive_too_large`. */
  read(name: string): AsyncGenerator<Buffer>
  close(): void
}

/**
 * A part's name: UTF-8 where the archive says so or the bytes are, else GB18030, which Chinese Windows writes
 * without saying so (APPNOTE 6.3.9 appendix D knows only CP437 and UTF-8).
 */
export function entryName(raw: Buffer): string {
  const encoding = isUtf8(raw) ? 'utf-8' : 'gb18030'
  return new TextDecoder(encoding).decode(raw).replaceAll('\\', '/')
}

async function listEntries(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.max_entries) throw sourceErrors.archiveTooLarge('entries', limits.max_entries)
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry.fileNameRaw)
    if (!name.endsWith('/')) entries.set(name, entry)
  }
  return entries
}

async function openPart(zip: ZipFile, name: string, entry: Entry): Promise<Readable> {
  if (entry.isEncrypted()) throw sourceErrors.archiveEncrypted(name)
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw sourceErrors.archiveDamaged(name, `compression method ${entry.compressionMethod}`)
  }
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false })
  if (entry.compressionMethod === STORED) return packed
  // The callback only marks the error as handled: the reader of the inflated stream receives it too.
  return pipeline(packed, createInflateRaw(), () => {})
}

async function* readPart(zip: ZipFile, name: string, entry: Entry, limits: Limits) {
  let stream: Readable | undefined
  let size = 0
  let checksum = 0
  try {
    stream = await openPart(zip, name, entry)
    for await (const data of stream) {
      const chunk = data as Buffer
      size += chunk.length
      if (size > limits.max_unpacked_bytes) {
        throw sourceErrors.archiveTooLarge('size', limits.max_unpacked_bytes)
      }
      if (size > RATIO_FREE_BYTES && size > limits.max_ratio * entry.compressedSize) {
        throw sourceErrors.archiveTooLarge('ratio', limits.max_ratio)
      }
      checksum = crc32(chunk, checksum)
      yield chunk
    }
    if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw new Error('size or checksum is wrong')
  } catch (cause) {
    throw cause instanceof SourceError ? cause : sourceErrors.archiveDamaged(name, cause)
  } finally {
    stream?.destroy()
  }
}

/** @throws SourceError `archive_damaged`, `archive_too_large` for too many entries. */
export async function openArchive(path: string, fileName: string, limits: Limits): Promise<Archive> {
  let zip: ZipFile | undefined
  try {
    // Names come as bytes: the library would read GBK names as CP437, and refuses some that are merely odd.
    zip = await yauzl.openPromise(path, { autoClose: false, decodeStrings: false })
    const opened = zip
    const entries = await listEntries(opened, limits)
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      size: (name) => entries.get(name)?.uncompressedSize ?? 0,
      read: (name) => {
        const entry = entries.get(name)
        if (!entry) throw sourceErrors.archiveDamaged(name, 'no such part')
        return readPart(opened, name, entry, limits)
      },
      close: () => opened.close(),
    }
  } catch (cause) {
    zip?.close()
    throw cause instanceof SourceError ? cause : sourceErrors.archiveDamaged(fileName, cause)
  }
}
