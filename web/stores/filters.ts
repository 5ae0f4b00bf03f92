import type { FindingQuery, SchoolQuery, StallQuery, VenueQuery } from '../api/types.ts'

/** Filters of lists and map: one set for all tabs, so that switching a tab keeps what was asked for. Pure. */
export const FINDING_STATES = ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt'] as const
export type FindingState = (typeof FINDING_STATES)[number]
export const SEVERITIES = ['prohibit', 'restrict', 'inspect'] as const

export const MULTI_KEYS = ['state', 'rule', 'kind', 'school_kind', 'severity'] as const
export type MultiKey = (typeof MULTI_KEYS)[number]
export type Tab = 'findings' | 'schools' | 'venues' | 'stalls' | 'rules'

export type Filters = Record<MultiKey, readonly string[]> & {
  region: string | null
  q: string
  /** Licence runs out within so many days from today. */
  expires_in_days: number | null
  in_view: boolean
}
export type FilterKey = keyof Filters

export const NO_FILTERS: Filters = {
  state: [],
  rule: [],
  kind: [],
  school_kind: [],
  severity: [],
  region: null,
  q: '',
  expires_in_days: null,
  in_view: false,
}

/** Which filters a tab's list understands; the others are kept but rest. */
export const TAB_FILTERS: Record<Tab, readonly FilterKey[]> = {
  findings: ['state', 'rule', 'kind', 'school_kind', 'region', 'severity', 'q', 'in_view'],
  schools: ['school_kind', 'state', 'rule', 'region', 'q', 'in_view'],
  venues: ['kind', 'state', 'rule', 'region', 'expires_in_days', 'q', 'in_view'],
  stalls: ['state', 'rule', 'region', 'q', 'in_view'],
  rules: [],
}

export type Bbox = readonly [min_lon: number, min_lat: number, max_lon: number, max_lat: number]
export type Moment = { as_of: string | null; bbox: Bbox | null; today: string }

const isSet = (value: Filters[FilterKey]): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== '' && value !== false

export const isFiltered = (filters: Filters, tab: Tab): boolean => TAB_FILTERS[tab].some((key) => isSet(filters[key]))

/** One removable chip per active value. */
export type ActiveFilter = { key: FilterKey; value: string }
export function activeFilters(filters: Filters, tab: Tab): ActiveFilter[] {
  return TAB_FILTERS[tab].flatMap((key) => {
    const value = filters[key]
    if (!isSet(value)) return []
    return Array.isArray(value) ? value.map((one: string) => ({ key, value: one })) : [{ key, value: String(value) }]
  })
}

export function withoutFilter(filters: Filters, { key, value }: ActiveFilter): Filters {
  const current = filters[key]
  if (Array.isArray(current)) return { ...filters, [key]: current.filter((one: string) => one !== value) }
  return { ...filters, [key]: NO_FILTERS[key] }
}

export const toggled = (values: readonly string[], value: string): string[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value]

/** YYYY-MM-DD plus days, in calendar days. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Rounded outward by about a metre, so that a point on the edge of the map stays in and URLs stay short. */
export function bboxParam([west, south, east, north]: Bbox): string {
  const down = (n: number) => (Math.floor(n * 1e5) / 1e5).toFixed(5)
  const up = (n: number) => (Math.ceil(n * 1e5) / 1e5).toFixed(5)
  return [down(west), down(south), up(east), up(north)].join(',')
}

type CommonQuery = Pick<FindingQuery, 'region' | 'q' | 'bbox' | 'as_of'>
function common(filters: Filters, moment: Moment): CommonQuery {
  const query: CommonQuery = {}
  if (filters.region) query.region = filters.region
  if (filters.q.trim()) query.q = filters.q.trim()
  if (filters.in_view && moment.bbox) query.bbox = bboxParam(moment.bbox)
  if (moment.as_of) query.as_of = moment.as_of
  return query
}

/** Chosen values as comma lists under the names of a collection; what is not chosen is left out. */
const lists = <Name extends string>(filters: Filters, names: Partial<Record<MultiKey, Name>>) => {
  const query: Partial<Record<Name, string>> = {}
  for (const key of MULTI_KEYS) {
    const name = names[key]
    if (name && filters[key].length > 0) query[name] = filters[key].join(',')
  }
  return query
}

export const findingsQuery = (filters: Filters, moment: Moment): FindingQuery => ({
  ...common(filters, moment),
  ...lists(filters, { state: 'state', rule: 'rule', kind: 'kind', school_kind: 'school_kind', severity: 'severity' }),
})

export const schoolsQuery = (filters: Filters, moment: Moment): SchoolQuery => ({
  ...common(filters, moment),
  ...lists(filters, { school_kind: 'kind', state: 'state', rule: 'rule' }),
})

export const stallsQuery = (filters: Filters, moment: Moment): StallQuery => ({
  ...common(filters, moment),
  ...lists(filters, { state: 'state', rule: 'rule' }),
})

export function venuesQuery(filters: Filters, moment: Moment): VenueQuery {
  const query: VenueQuery = {
    ...common(filters, moment),
    ...lists(filters, { kind: 'kind', state: 'state', rule: 'rule' }),
  }
  if (filters.expires_in_days !== null) query.expires_before = addDays(moment.today, filters.expires_in_days)
  return query
}

/**
 * Severity counts out of the rule facet: each rule has one severity. `ruleFacet` must come from a request without the
 * severity filter; the rule facet ignores the rule filter itself, so it is applied here.
 */
export function severityCounts(
  ruleFacet: readonly { value: string; count: number }[],
  rules: readonly { code: string; severity: string }[],
  selectedRules: readonly string[],
): Map<string, number> {
  const severityOf = new Map(rules.map((rule) => [rule.code, rule.severity]))
  const counts = new Map<string, number>()
  for (const { value, count } of ruleFacet) {
    const severity = severityOf.get(value)
    if (!severity || (selectedRules.length > 0 && !selectedRules.includes(value))) continue
    counts.set(severity, (counts.get(severity) ?? 0) + count)
  }
  return counts
}
