import type { FilterSpecification } from 'maplibre-gl'
import type { ViewState } from '../stores/url-state.ts'
import type { DataMode } from './style/input.ts'

/**
 * Whether tiles can say what the filters ask. They cannot for region, text, school kind or a past moment, and the
 * bubbles of low zooms only know states; then the filtered rows themselves are drawn, so that the map never
 * contradicts the list. Pure.
 */
const anyOf = (attribute: string, values: readonly string[]): FilterSpecification | null =>
  values.length === 0 ? null : (['in', ['get', attribute], ['literal', [...values]]] as FilterSpecification)

export function findingsMode({ filters, as_of }: ViewState): DataMode {
  const { region, q, school_kind, rule, kind, severity, state } = filters
  const isBeyondTiles =
    as_of || region || q.trim() || [school_kind, rule, kind, severity].some((list) => list.length > 0)
  return isBeyondTiles ? { mode: 'live' } : { mode: 'tiles', filter: anyOf('state', state) }
}

export function venuesMode({ tab, filters, as_of }: ViewState): DataMode {
  if (tab !== 'venues') return { mode: 'tiles', filter: anyOf('kind', filters.kind) }
  const { region, q, rule, kind, state, expires_in_days } = filters
  const isFiltered =
    region || q.trim() || expires_in_days !== null || [rule, kind, state].some((list) => list.length > 0)
  return as_of || isFiltered ? { mode: 'live' } : { mode: 'tiles', filter: null }
}

/** On their own list stalls are limited to its ids; elsewhere they follow the kind filter. */
export function stallsFilter(
  { tab, filters: { kind } }: ViewState,
  ids: readonly number[] | null,
): FilterSpecification | null {
  if (tab === 'stalls') return idFilter(ids)
  return kind.length === 0 || kind.includes('street_stall') ? null : (['all', false] as FilterSpecification)
}

/** Tiles carry ids: they can be limited to those that a list's filters leave. */
export const idFilter = (ids: readonly number[] | null): FilterSpecification | null =>
  ids === null ? null : (['in', ['get', 'id'], ['literal', [...ids]]] as FilterSpecification)

/** Whether the list of schools or stalls is filtered in a way its tiles cannot follow by attributes. */
export const needsIds = (of: 'schools' | 'stalls', { tab, filters, as_of }: ViewState): boolean => {
  const lists = [filters.state, filters.rule, of === 'schools' ? filters.school_kind : []]
  return tab === of && Boolean(as_of || filters.region || filters.q.trim() || lists.some((list) => list.length > 0))
}
