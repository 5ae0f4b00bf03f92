import { type Filters, MULTI_KEYS, NO_FILTERS, type Tab } from './filters.ts'

/** The address of a view: what must survive a copied link, a reload and the back button. Pure. */
const TABS = ['findings', 'schools', 'venues', 'stalls', 'rules'] as const satisfies readonly Tab[]
const LANGS = ['zh-CN', 'en'] as const
export type Lang = (typeof LANGS)[number]
const SELECTABLE = ['finding', 'school', 'venue', 'stall', 'rule'] as const
export type SelectableType = (typeof SELECTABLE)[number]
export type Selection = { type: SelectableType; id: number }

/** Map layers a reader can switch; police areas are off until asked for. */
export const LAYER_GROUPS = [
  'findings',
  'schools',
  'gates',
  'zones',
  'venues',
  'stalls',
  'roads',
  'regions',
  'police',
] as const
export type LayerGroup = (typeof LAYER_GROUPS)[number]
export const DEFAULT_LAYERS: readonly LayerGroup[] = LAYER_GROUPS.filter((group) => group !== 'police')

export type Camera = { zoom: number; lat: number; lon: number; bearing: number; pitch: number }
export type ViewState = {
  tab: Tab
  selection: Selection | null
  filters: Filters
  /** ISO moment the page looks back to; null is the present. */
  as_of: string | null
  layers: readonly LayerGroup[]
  lang: Lang | null
  camera: Camera | null
}
export type RawQuery = Record<string, unknown>

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | null =>
  values.find((known) => known === value) ?? null
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): string[] => [...new Set(text(value).split(',').filter(Boolean))]

function decodeSelection(value: unknown): Selection | null {
  const match = /^([a-z]+)-([1-9][0-9]{0,14})$/.exec(text(value))
  const type = oneOf(SELECTABLE, match?.[1])
  return type && match?.[2] ? { type, id: Number(match[2]) } : null
}

function decodeMoment(value: unknown): string | null {
  const at = Date.parse(text(value))
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

function decodeCamera(hash: string): Camera | null {
  const value = /(?:^#|&)m=([^&]+)/.exec(hash)?.[1]
  const [zoom, lat, lon, bearing = 0, pitch = 0] = (value ?? '').split('/').map(Number)
  if (zoom === undefined || lat === undefined || lon === undefined) return null
  if (![zoom, lat, lon, bearing, pitch].every(Number.isFinite)) return null
  return Math.abs(lat) > 85 || Math.abs(lon) > 180 ? null : { zoom, lat, lon, bearing, pitch }
}

function decodeFilters(query: RawQuery): Filters {
  const days = Number(text(query.expires))
  const filters: Filters = {
    ...NO_FILTERS,
    region: text(query.region) || null,
    q: text(query.q).slice(0, 100),
    expires_in_days: Number.isInteger(days) && days > 0 ? days : null,
    in_view: query.view === '1',
  }
  for (const key of MULTI_KEYS) filters[key] = list(query[key])
  return filters
}

function decodeLayers(query: RawQuery): readonly LayerGroup[] {
  if (query.layers === undefined) return DEFAULT_LAYERS
  const wanted = list(query.layers)
  return LAYER_GROUPS.filter((group) => wanted.includes(group))
}

export function decodeView(query: RawQuery, hash: string): ViewState {
  return {
    tab: oneOf(TABS, query.tab) ?? 'findings',
    selection: decodeSelection(query.sel),
    filters: decodeFilters(query),
    as_of: decodeMoment(query.as_of),
    layers: decodeLayers(query),
    lang: oneOf(LANGS, query.lang),
    camera: decodeCamera(hash),
  }
}

const sameLayers = (a: readonly LayerGroup[], b: readonly LayerGroup[]) => a.join() === b.join()

/** Only what differs from the defaults, so that a plain view has a plain address. */
export function encodeView(state: ViewState): { query: Record<string, string>; hash: string } {
  const query: Record<string, string> = {}
  const put = (key: string, value: string | null | undefined) => {
    if (value) query[key] = value
  }
  const { filters, camera, selection } = state
  put('tab', state.tab === 'findings' ? null : state.tab)
  put('sel', selection && `${selection.type}-${selection.id}`)
  for (const key of MULTI_KEYS) put(key, filters[key].join(','))
  put('region', filters.region)
  put('q', filters.q.trim())
  put('expires', filters.expires_in_days === null ? null : String(filters.expires_in_days))
  put('view', filters.in_view ? '1' : null)
  put('as_of', state.as_of)
  if (!sameLayers(state.layers, DEFAULT_LAYERS)) query.layers = state.layers.join(',')
  put('lang', state.lang === 'zh-CN' ? null : state.lang)
  return { query, hash: camera ? `#m=${encodeCamera(camera)}` : '' }
}

/** Whether two states have one address: what the address rounds away does not count. */
export const isSameAddress = (a: ViewState, b: ViewState): boolean =>
  JSON.stringify(encodeView(a)) === JSON.stringify(encodeView(b))

function encodeCamera({ zoom, lat, lon, bearing, pitch }: Camera): string {
  const parts = [zoom.toFixed(2), lat.toFixed(5), lon.toFixed(5)]
  if (bearing !== 0 || pitch !== 0) parts.push(bearing.toFixed(1), pitch.toFixed(0))
  return parts.join('/')
}
