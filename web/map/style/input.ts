import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { LayerGroup } from '../../stores/url-state.ts'
import type { TileLayer, TileSource } from './sources.ts'

/** Tiles filtered by their attributes, or the filtered rows themselves (`live`) where attributes cannot say it. */
export type DataMode = { mode: 'tiles'; filter: FilterSpecification | null } | { mode: 'live' }

/** Everything the style depends on. Same input, same style. */
export type StyleInput = {
  tiles: Partial<Record<TileLayer, TileSource>>
  layers: readonly LayerGroup[]
  findings: DataMode
  venues: DataMode
  stalls: FilterSpecification | null
  schools: FilterSpecification | null
  /** What the bubbles of low zooms count. */
  aggregate: 'findings' | 'venues'
  words: { gates: Record<string, string> }
}

export const visible = (isOn: boolean): { visibility: 'visible' | 'none' } => ({
  visibility: isOn ? 'visible' : 'none',
})

/** All of several filters; null ones fall away. */
export function every(...filters: (FilterSpecification | null)[]): FilterSpecification {
  const given = filters.filter((filter) => filter !== null)
  return ['all', ...given] as FilterSpecification
}

/** Layers written as data. Their types cannot follow expressions built in parts; the style validator of MapLibre does. */
export const layers = (list: readonly object[]): LayerSpecification[] => list as unknown as LayerSpecification[]
