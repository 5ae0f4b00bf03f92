import { describe, expect, it } from 'vitest'
import {
  activeFilters,
  addDays,
  bboxParam,
  type Filters,
  findingsQuery,
  isFiltered,
  NO_FILTERS,
  schoolsQuery,
  severityCounts,
  toggled,
  venuesQuery,
  withoutFilter,
} from '../../web/stores/filters.ts'

const now = { as_of: null, bbox: null, today: '2026-11-23' }
const some: Filters = {
  ...NO_FILTERS,
  state: ['suspected', 'legacy'],
  kind: ['bar'],
  school_kind: ['primary'],
  region: '419802',
  q: ' 网吧 ',
}

describe('queries', () => {
  it('asks for nothing when nothing is filtered', () => {
    for (const query of [findingsQuery, schoolsQuery, venuesQuery]) expect(query(NO_FILTERS, now)).toEqual({})
  })

  it('names each filter as its collection does', () => {
    expect(findingsQuery(some, now)).toEqual({
      state: 'suspected,legacy',
      kind: 'bar',
      school_kind: 'primary',
      region: '419802',
      q: '网吧',
    })
    expect(schoolsQuery(some, now)).toEqual({ state: 'suspected,legacy', kind: 'primary', region: '419802', q: '网吧' })
    expect(venuesQuery(some, now)).toEqual({ state: 'suspected,legacy', kind: 'bar', region: '419802', q: '网吧' })
  })

  it('asks for the map extent only when it is wanted and known', () => {
    const bbox = [114.123456, 34.1, 114.2, 34.2000001] as const
    const inView = { ...NO_FILTERS, in_view: true }
    expect(findingsQuery(inView, { ...now, bbox })).toEqual({ bbox: '114.12345,34.10000,114.20000,34.20001' })
    expect(findingsQuery(inView, now)).toEqual({})
    expect(findingsQuery(NO_FILTERS, { ...now, bbox })).toEqual({})
  })

  it('carries the past moment everywhere', () => {
    const past = { ...now, as_of: '2026-01-01T00:00:00.000Z' }
    for (const query of [findingsQuery, schoolsQuery, venuesQuery]) {
      expect(query(NO_FILTERS, past)).toEqual({ as_of: '2026-01-01T00:00:00.000Z' })
    }
  })

  it('turns days until expiry into a date', () => {
    expect(venuesQuery({ ...NO_FILTERS, expires_in_days: 90 }, now)).toEqual({ expires_before: '2027-02-21' })
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  })

  it('rounds an extent outward', () => {
    expect(bboxParam([-0.000001, 1.000009, 2.000001, 3])).toBe('-0.00001,1.00000,2.00001,3.00000')
  })
})

describe('chips', () => {
  it('are one per active value of the tab, in its order', () => {
    expect(activeFilters(some, 'findings').map(({ key, value }) => `${key}=${value}`)).toEqual([
      'state=suspected',
      'state=legacy',
      'kind=bar',
      'school_kind=primary',
      'region=419802',
      'q= 网吧 ',
    ])
    expect(activeFilters(some, 'schools').map(({ key }) => key)).not.toContain('kind')
    expect(activeFilters(some, 'rules')).toEqual([])
  })

  it('take back exactly what they say', () => {
    expect(withoutFilter(some, { key: 'state', value: 'legacy' }).state).toEqual(['suspected'])
    expect(withoutFilter(some, { key: 'region', value: '419802' }).region).toBeNull()
    expect(withoutFilter({ ...some, in_view: true }, { key: 'in_view', value: 'true' }).in_view).toBe(false)
  })

  it('say whether a tab is filtered at all', () => {
    expect(isFiltered(NO_FILTERS, 'findings')).toBe(false)
    expect(isFiltered({ ...NO_FILTERS, severity: ['prohibit'] }, 'findings')).toBe(true)
    expect(isFiltered({ ...NO_FILTERS, severity: ['prohibit'] }, 'schools')).toBe(false)
  })

  it('toggle', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})

describe('severity counts', () => {
  const facet = [
    { value: 'NET', count: 5 },
    { value: 'BAR', count: 3 },
    { value: 'STALL', count: 2 },
    { value: 'GONE', count: 9 },
  ]
  const rules = [
    { code: 'NET', severity: 'prohibit' },
    { code: 'BAR', severity: 'prohibit' },
    { code: 'STALL', severity: 'restrict' },
  ]
  it('sum the rules of each severity', () => {
    expect(Object.fromEntries(severityCounts(facet, rules, []))).toEqual({ prohibit: 8, restrict: 2 })
  })
  it('respect the chosen rules, which the rule facet itself ignores', () => {
    expect(Object.fromEntries(severityCounts(facet, rules, ['BAR']))).toEqual({ prohibit: 3 })
  })
})
