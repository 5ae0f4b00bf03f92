// Hands the file to the server that has the embedded database open: only one process may.
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { zipSync } from 'fflate'
import type { ImportProblem, ImportResult } from '../../server/imports/schemas.ts'
import type { ImportOptions } from '../../server/imports/service.ts'
import type { Answer } from './report.ts'

interface Upload {
  file_name: string
  bytes: number
  content: () => AsyncIterable<Uint8Array>
}

/** A shapefile is several files: they travel as one zip. */
async function shapefileAsZip(path: string): Promise<Upload> {
  const stem = basename(path).replace(/\.[^.]*$/, '')
  const parts: Record<string, Uint8Array> = {}
  for (const name of await readdir(dirname(path))) {
    const isPart = name.replace(/\.[^.]*$/, '') === stem && /\.(shp|shx|dbf|prj|cpg)$/i.test(name)
    if (isPart) parts[name] = new Uint8Array(await readFile(join(dirname(path), name)))
  }
  const zip = zipSync(parts, { level: 1 })
  return { file_name: `${stem}.zip`, bytes: zip.length, content: () => Readable.from([zip]) }
}

async function uploadOf(path: string): Promise<Upload> {
  if (/\.shp$/i.test(path)) return shapefileAsZip(path)
  const { size } = await stat(path)
  return { file_name: basename(path), bytes: size, content: () => createReadStream(path) }
}

function textParts({ layer, crs, source, encoding, sheet, map, set, ...rest }: ImportOptions): [string, string][] {
  const single = { layer, crs, source, encoding, sheet, ...rest }
  const named = (
    ['layer', 'crs', 'source', 'encoding', 'sheet', 'position_error_m', 'dry_run', 'strict'] as const
  ).flatMap((name): [string, string][] => (single[name] === undefined ? [] : [[name, String(single[name])]]))
  const pairs = (list: string, values: Record<string, string> = {}) =>
    Object.entries(values).map(([field, value]): [string, string] => [list, `${field}=${value}`])
  return [...named, ...pairs('map', map), ...pairs('set', set)]
}

/** Quotes and line ends would end the header. */
const quoted = (name: string) => name.replaceAll('"', '%22').replace(/[\r\n]/g, ' ')

async function* multipart(boundary: string, fields: [string, string][], upload: Upload): AsyncGenerator<Uint8Array> {
  for (const [name, value] of fields) {
    yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  }
  const disposition = `form-data; name="file"; filename="${quoted(upload.file_name)}"`
  yield Buffer.from(
    `--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: application/octet-stream\r\n\r\n`,
  )
  yield* upload.content()
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

/**
 * Sends the file and waits as long as the import takes; fetch would give up after five minutes.
 * @param address of the running server, such as http://127.0.0.1:8200
 */
export async function sendToServer(address: string, options: ImportOptions): Promise<Answer> {
  const upload = await uploadOf(options.path)
  const boundary = `perimeter-${randomBytes(16).toString('hex')}`
  // The name stays the sender's also where the parts of a shapefile were put together.
  const fields = textParts({ ...options, source: options.source ?? options.file_name })
  const outgoing = request(new URL('/api/imports', address), {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, accept: 'application/json' },
  })
  const response = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', async (incoming) => {
      try {
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(chunk as Buffer)
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
      } catch (error) {
        reject(error)
      }
    })
  })
  const sending = pipeline(multipart(boundary, fields, upload), outgoing)
  // A server that answers before it has read everything closes the connection; its answer counts, not the broken pipe.
  sending.catch(() => {})
  const { status, text } = await response
  const body = JSON.parse(text) as unknown
  return status < 300 ? { ok: true, body: body as ImportResult } : { ok: false, body: body as ImportProblem }
}
