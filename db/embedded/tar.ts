/**
 * The two tar operations the engine files need (POSIX ustar, no links, names up to 100 bytes).
 * Written out because the alternative is a dependency for forty lines.
 */

export interface TarEntry {
  name: string
  kind: 'file' | 'directory'
  data: Uint8Array
}

const block = 512

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

/** Entries of an unpacked archive; the data are views into it. Links and other kinds are skipped. */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block)
    if (header[0] === 0) return // two empty blocks end the archive
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8)
    const flag = text(header, 156, 1)
    const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
    const name = prefix ? `${prefix}/${text(header, 0, 100)}` : text(header, 0, 100)
    const data = archive.subarray(at + block, at + block + size)
    if (data.length !== size) throw new Error(`tar archive is cut short in ${name}`)
    if (flag === '' || flag === '0') yield { name, kind: 'file', data }
    if (flag === '5') yield { name, kind: 'directory', data }
    at += block + Math.ceil(size / block) * block
  }
}

function header(entry: TarEntry): Uint8Array {
  const bytes = new Uint8Array(block)
  const put = (value: string, at: number) => bytes.set(new TextEncoder().encode(value), at)
  if (Buffer.byteLength(entry.name) > 100) throw new Error(`name too long for a plain tar header: ${entry.name}`)
  put(entry.name, 0)
  put(entry.kind === 'file' ? '0000644' : '0000755', 100)
  put('0000000', 108)
  put('0000000', 116)
  put(entry.data.length.toString(8).padStart(11, '0'), 124)
  put('00000000000', 136) // modification time 0: equal input gives equal bytes
  put('        ', 148) // the checksum is computed with its own field blank
  put(entry.kind === 'file' ? '0' : '5', 156)
  put('ustar\x0000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

export function writeTar(entries: Iterable<TarEntry>): Buffer {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    parts.push(header(entry), entry.data, new Uint8Array((block - (entry.data.length % block)) % block))
  }
  parts.push(new Uint8Array(2 * block))
  return Buffer.concat(parts)
}
