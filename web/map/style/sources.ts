import type { SourceSpecification } from 'maplibre-gl'

/** Vector layers of the server. `findings` and `venues` are aggregated points below DETAIL_ZOOM. */
export const TILE_LAYERS = ['regions', 'roads', 'schools', 'zones', 'venues', 'findings'] as const
export type TileLayer = (typeof TILE_LAYERS)[number]
export const DETAIL_ZOOM = 12

export type TileSource = {
  tiles: string[]
  minzoom: number
  maxzoom: number
  bounds?: [number, number, number, number]
}

/** GeoJSON sources: filtered or past data that tiles cannot answer, and what is selected, hovered or edited. */
const LIVE_SOURCES = ['live-findings', 'live-lines', 'live-venues', 'focus-lines', 'focus-points'] as const
export type LiveSource = (typeof LIVE_SOURCES)[number]

const EMPTY = { type: 'FeatureCollection' as const, features: [] }
const CLUSTERED: readonly LiveSource[] = ['live-findings', 'live-venues']
const STATES = ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt']

/** Clusters carry the attributes of the server's aggregated tiles: `count` and `s_<state>`. */
const clusterProperties = {
  count: ['+', ['get', 'one']],
  ...Object.fromEntries(STATES.map((state) => [`s_${state}`, ['+', ['case', ['==', ['get', 'state'], state], 1, 0]]])),
}

export function buildSources(tiles: Partial<Record<TileLayer, TileSource>>): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {}
  for (const layer of TILE_LAYERS) {
    const source = tiles[layer]
    if (source) sources[layer] = { type: 'vector', ...source }
  }
  for (const id of LIVE_SOURCES) {
    const cluster = CLUSTERED.includes(id)
      ? { cluster: true, clusterMaxZoom: DETAIL_ZOOM - 1, clusterRadius: 44, clusterProperties }
      : {}
    sources[id] = { type: 'geojson', data: EMPTY, ...cluster }
  }
  return sources
}
