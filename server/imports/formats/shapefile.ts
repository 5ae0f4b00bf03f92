// Shapefiles: the .shp with its neighbours .dbf, .prj and .cpg, lying side by side or together in a zip.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { columnNames } from './columns.ts'
import { crsHintOfPrj } from './crs-hint.ts'
import { type DbfHeader, EncodingTrial, fieldNameOf, fieldValue, readDbfHeader, readDbfRecords } from './dbf.ts'
import { GeometryError } from './geometry.ts'
import { readShapes, shapeOf } from './shp.ts'
import { isJunk } from './sniff.ts'
import type { OpenedSource, OpenRequest, RowProblem, SourceRow } from './source.ts'
import { SourceError, sourceErrors } from './source-error.ts'
import { encodingOf } from './text.ts'
import type { Archive } from './zip.ts'

const MAX_SIDE_FILE_BYTES = 64 * 1024

/** A layer's parts by lower-case ending without the dot; each can be read from its start any number of times. */
interface Layer {
  name: string
  parts: Map<string, { name: string; read: () => AsyncIterable<Buffer> }>
  close(): void
}

// Language drivers that name a code page for certain (dBASE IV and FoxPro tables). 0x57 "ANSI" and 0x00 say nothing:
// Chinese Windows writes GBK under them.
const LANGUAGE_DRIVERS: Record<number, string> = {
  77: 'gb18030',
  122: 'gb18030',
  79: 'big5',
  120: 'big5',
  78: 'euc-kr',
  121: 'euc-kr',
  19: 'shift_jis',
  123: 'shift_jis',
}

async function readSideFile(layer: Layer, ending: string): Promise<string | undefined> {
  const part = layer.parts.get(ending)
  if (!part) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of part.read()) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_SIDE_FILE_BYTES) return undefined
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
}

/** .cpg, then the language driver, then UTF-8 or GB18030; what the bytes contradict is passed over. */
async function detectEncoding(layer: Layer, dbf: DbfHeader, request: OpenRequest): Promise<string> {
  const stated = request.options.encoding
  const part = layer.parts.get('dbf')
  if (!part) throw sourceErrors.shapefileIncomplete('.dbf')
  const explicit = stated === undefined ? undefined : encodingOf(stated)
  if (stated !== undefined && !explicit) throw sourceErrors.encodingNotSupported(stated)
  const named = encodingOf((await readSideFile(layer, 'cpg')) ?? '')
  const driver = LANGUAGE_DRIVERS[dbf.language_driver]
  const candidates = explicit ? [explicit] : [named, driver, 'utf-8', 'gb18030'].filter((name) => name !== undefined)
  const trial = new EncodingTrial(candidates)
  for (const field of dbf.fields) trial.tryText(field.raw_name, 10)
  for await (const record of readDbfRecords(part.read(), part.name)) {
    if (record) trial.tryRecord(record, dbf.fields)
    if (!trial.best) break
  }
  if (trial.best) return trial.best
  throw explicit ? sourceErrors.encodingMismatch(part.name, explicit) : sourceErrors.encodingUnknown(part.name, 0)
}

const badShape = ({ zh, en }: GeometryError): RowProblem => ({
  code: 'geometry_invalid',
  column: null,
  message_zh: `图形无效：${zh}。`,
  message_en: `The shape is not valid: ${en}.`,
})

function geometryOf(content: Buffer): Pick<SourceRow, 'geometry' | 'problem'> {
  try {
    return { geometry: shapeOf(content), problem: null }
  } catch (error) {
    if (error instanceof GeometryError) return { geometry: null, problem: badShape(error) }
    throw error
  }
}

async function* readRows(layer: Layer, dbf: DbfHeader, columns: string[], encoding: string, request: OpenRequest) {
  const [shp, table] = [layer.parts.get('shp'), layer.parts.get('dbf')]
  if (!shp || !table) throw sourceErrors.shapefileIncomplete('.shp/.dbf')
  const shapes = readShapes(shp.read(), shp.name, request.limits.max_record_bytes)
  const records = readDbfRecords(table.read(), table.name)
  try {
    for (let row = 1; ; row++) {
      const [shape, record] = [await shapes.next(), await records.next()]
      if (shape.done && record.done) return
      if (shape.done || record.done) {
        const shorter = shape.done ? shp.name : table.name
        throw sourceErrors.shapefileInvalid(
          shorter,
          '图形数与属性记录数不一致。',
          'the numbers of shapes and of attribute records differ.',
        )
      }
      if (record.value === null) continue
      const bytes = record.value
      const values = dbf.fields.map(
        (field, index) => [columns[index] ?? '', fieldValue(bytes, field, encoding)] as const,
      )
      yield { row, properties: Object.fromEntries(values), ...geometryOf(shape.value) } satisfies SourceRow
    }
  } finally {
    await shapes.return(undefined)
    await records.return(undefined)
  }
}

async function openLayer(layer: Layer, request: OpenRequest): Promise<OpenedSource> {
  const table = layer.parts.get('dbf')
  if (!table) throw sourceErrors.shapefileIncomplete('.dbf')
  const dbf = await readDbfHeader(table.read(), table.name)
  const encoding = await detectEncoding(layer, dbf, request)
  const names = dbf.fields.map((field) => fieldNameOf(field, encoding))
  const columns = columnNames(names, request.limits.max_columns)
  const prj = await readSideFile(layer, 'prj')
  return {
    format: 'shapefile',
    encoding,
    columns,
    crs_hint: prj === undefined ? null : crsHintOfPrj(prj),
    geometry_columns: null,
    rows: () => readRows(layer, dbf, columns, encoding, request),
    close: async () => layer.close(),
  }
}

const ENDING = /^(.*)\.(shp|dbf|prj|cpg)$/i

function layersOf(names: string[]): Map<string, Map<string, string>> {
  const layers = new Map<string, Map<string, string>>()
  for (const name of names.filter((each) => !isJunk(each))) {
    const [, base, ending] = ENDING.exec(name) ?? []
    if (base === undefined || !ending) continue
    // Endings in the wild differ in case between the parts of one layer, and so do names.
    const key = base.toLowerCase()
    const parts = layers.get(key) ?? new Map<string, string>()
    parts.set(ending.toLowerCase(), name)
    layers.set(key, parts)
  }
  return new Map([...layers].filter(([, parts]) => parts.has('shp')))
}

const layerName = (parts: Map<string, string>) => basename(parts.get('shp') ?? '').replace(/\.shp$/i, '')

/** A zip with one layer, or with several of which `sheet` names one. The archive is closed with the source. */
export async function openZippedShapefile(request: OpenRequest, archive: Archive): Promise<OpenedSource> {
  const layers = [...layersOf(archive.names).values()]
  const wanted = request.options.sheet
  const chosen = wanted === undefined ? layers : layers.filter((parts) => layerName(parts) === wanted)
  const [parts] = chosen
  if (!parts || chosen.length > 1) throw sourceErrors.layerNotChosen(layers.map(layerName))
  const entries = [...parts].map(([ending, name]) => [ending, { name, read: () => archive.read(name) }] as const)
  return openLayer({ name: layerName(parts), parts: new Map(entries), close: () => archive.close() }, request)
}

async function* readFile(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path)
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (cause) {
    throw cause instanceof SourceError ? cause : sourceErrors.unreadable(basename(path), cause)
  } finally {
    stream.destroy()
  }
}

/** A .shp beside its neighbours, whatever the case of their endings. */
export async function openShapefile(request: OpenRequest): Promise<OpenedSource> {
  const folder = dirname(request.path)
  const base = basename(request.path).replace(/\.[^.]*$/, '')
  const parts: Layer['parts'] = new Map()
  for (const name of await readdir(folder)) {
    const [, stem, ending] = ENDING.exec(name) ?? []
    if (stem !== base || !ending || ending.toLowerCase() === 'shp') continue
    parts.set(ending.toLowerCase(), { name, read: () => readFile(join(folder, name)) })
  }
  parts.set('shp', { name: request.file_name, read: () => readFile(request.path) })
  return openLayer({ name: base, parts, close: () => {} }, request)
}
