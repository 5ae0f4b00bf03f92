// GeoJSON (RFC 7946): FeatureCollection, one Feature, one geometry, or a sequence of Features one per line with or
// without RFC 8142 separators. Features are read one at a time; the collection is never held.
import type { Geometry } from 'geojson'
import { crsHintOfGeoJson } from './crs-hint.ts'
import { asGeometry, GeometryError } from './geometry.ts'
import { JsonCutter, type JsonPiece } from './json-values.ts'
import type { OpenedSource, OpenRequest, RowProblem, SourceRow, SourceValue } from './source.ts'
import { sourceErrors } from './source-error.ts'
import { chooseEncoding, readText } from './text.ts'

const PREVIEW_ROWS = 200
const GEOMETRY_TYPES = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]
/** Members of a top-level object that are looked at; foreign ones are skipped. */
const MEMBERS = ['type', 'id', 'properties', 'geometry', 'coordinates', 'geometries', 'crs', 'geometryType']

const ESRI_JSON = { zh: ' Esri JSON（请导出为 GeoJSON）', en: 'Esri JSON (export it as GeoJSON)' }

const problem = (code: RowProblem['code'], zh: string, en: string): RowProblem => ({
  code,
  column: null,
  message_zh: zh,
  message_en: en,
})

const notJson = (reason: string) =>
  problem('json_invalid', '该要素不是有效的 JSON（NaN 等写法不允许）。', `The feature is not valid JSON: ${reason}.`)

const badGeometry = (zh: string, en: string) =>
  problem('geometry_invalid', `几何图形无效：${zh}。`, `The geometry is not valid: ${en}.`)

const flat = (value: unknown): SourceValue =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? (value as SourceValue)
    : JSON.stringify(value)

/** Properties with nested values as JSON text; the feature's own id joins them unless they have one. */
function flatProperties(properties: unknown, id: unknown): Record<string, SourceValue> {
  const entries = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
  const hasId = entries.some(([name]) => name === 'id')
  if (!hasId && (typeof id === 'string' || typeof id === 'number')) entries.unshift(['id', id])
  return Object.fromEntries(entries.map(([name, value]) => [name, flat(value)]))
}

function rowOf(row: number, feature: Record<string, unknown>): SourceRow {
  const properties = flatProperties(feature.properties, feature.id)
  if (feature.type !== 'Feature') {
    const shown = String(feature.type).slice(0, 30)
    const wrong = badGeometry(`“${shown}”不是 Feature`, `"${shown}" is not a Feature`)
    return { row, properties, geometry: null, problem: wrong }
  }
  try {
    const geometry: Geometry | null = feature.geometry == null ? null : asGeometry(feature.geometry)
    return { row, properties, geometry, problem: null }
  } catch (error) {
    if (!(error instanceof GeometryError)) throw error
    return { row, properties, geometry: null, problem: badGeometry(error.zh, error.en) }
  }
}

function rowOfText(row: number, text: string): SourceRow {
  try {
    const feature: unknown = JSON.parse(text)
    const members = typeof feature === 'object' && feature !== null ? (feature as Record<string, unknown>) : {}
    return rowOf(row, members)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { row, properties: {}, geometry: null, problem: notJson(error.message) }
  }
}

/** Assembles rows from the pieces of the text. */
class FeatureReader {
  crsHint: string | null = null
  private row = 0
  private members: Record<string, string> = {}
  private isCollection = false
  private readonly fileName: string

  constructor(fileName: string) {
    this.fileName = fileName
  }

  take(piece: JsonPiece): SourceRow | undefined {
    switch (piece.kind) {
      case 'member':
        this.takeMember(piece.name, piece.text)
        return undefined
      case 'list':
        this.isCollection = true
        return undefined
      case 'element':
        if (this.members.geometryType !== undefined) throw sourceErrors.notSupported(this.fileName, ESRI_JSON)
        return rowOfText(++this.row, piece.text)
      case 'end':
        return this.endObject()
    }
  }

  private takeMember(name: string, text: string): void {
    if (!MEMBERS.includes(name)) return
    this.members[name] = text
    if (name === 'type' && this.typeOf() === 'Topology') {
      throw sourceErrors.notSupported(this.fileName, { zh: ' TopoJSON', en: 'TopoJSON' })
    }
    if (name === 'crs') this.crsHint = crsHintOfGeoJson(this.parse(text))
  }

  private parse(text: string | undefined): unknown {
    try {
      return text === undefined ? undefined : JSON.parse(text)
    } catch {
      return undefined
    }
  }

  private typeOf = () => this.parse(this.members.type)

  private endObject(): SourceRow | undefined {
    const type = this.typeOf()
    const wasCollection = this.isCollection
    const members = this.members
    this.members = {}
    this.isCollection = false
    if (wasCollection && type === 'FeatureCollection') return undefined
    const geometryMembers = Object.entries(members).map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    const text = `{${geometryMembers.join(',')}}`
    if (type === 'Feature' && !wasCollection) return rowOfText(++this.row, text)
    if (GEOMETRY_TYPES.includes(String(type)) && !wasCollection) {
      return rowOfText(++this.row, `{"type":"Feature","geometry":${text}}`)
    }
    throw sourceErrors.geojsonInvalid(
      `顶层的 type 是“${String(type)}”，应为 FeatureCollection 或 Feature。`,
      `the top-level type is "${String(type)}"; FeatureCollection or Feature expected.`,
      { type: String(type) },
    )
  }
}

async function* readRows(request: OpenRequest, encoding: string, reader: FeatureReader): AsyncGenerator<SourceRow> {
  const cutter = new JsonCutter(request.limits.max_record_bytes)
  for await (const chunk of readText(request.path, request.file_name, encoding)) {
    for (const piece of cutter.write(chunk)) {
      const row = reader.take(piece)
      if (row) yield row
    }
  }
  cutter.finish()
}

/** @param head the first bytes of the file, for the byte order mark */
export async function openGeoJson(request: OpenRequest, head: Uint8Array): Promise<OpenedSource> {
  const encoding = await chooseEncoding(request.path, request.file_name, head, request.options.encoding)
  const preview = new FeatureReader(request.file_name)
  const columns = new Set<string>()
  let rows = 0
  for await (const { properties } of readRows(request, encoding, preview)) {
    for (const name of Object.keys(properties)) columns.add(name)
    if (columns.size > request.limits.max_columns) throw sourceErrors.tooManyColumns(request.limits.max_columns)
    if (++rows >= PREVIEW_ROWS) break
  }
  return {
    format: 'geojson',
    encoding,
    columns: [...columns],
    crs_hint: preview.crsHint,
    geometry_columns: null,
    rows: () => readRows(request, encoding, new FeatureReader(request.file_name)),
    close: async () => {},
  }
}
