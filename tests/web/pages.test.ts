import { describe, expect, it } from 'vitest'
import type { RegionEntry, VenueKind } from '../../web/api/types.ts'
import { bboxOf, midpoint } from '../../web/map/geometry.ts'
import { changedFields, fieldName, parsePosition } from '../../web/pages/forms/fields.ts'
import { assignmentLines } from '../../web/pages/imports/assignments.ts'
import { countsOf, kindOptions, plainOptions, regionOptions } from '../../web/ui/filters/options.ts'
import { nearestStop, stopHeight } from '../../web/ui/sheet-stops.ts'

describe('a position as typed', () => {
  it.each(['114.9, 34.6', '114.9，34.6', '114.9 34.6', ' 114.9\t34.6 '])('%j is read', (text) => {
    expect(parsePosition(text)).toEqual({ position: [114.9, 34.6] })
  })
  it.each([
    ['34.6, 114.9', 'swapped'],
    ['2.35, 48.85', 'outside'],
    ['114.9', 'unreadable'],
    ['114.9, 34.6, 3', 'unreadable'],
    ['东经114.9, 34.6', 'unreadable'],
    ['', 'unreadable'],
  ])('%j is %s', (text, error) => {
    expect(parsePosition(text)).toEqual({ error })
  })
})

describe('forms', () => {
  it.each([
    ['/doors/0/position', 'doors'],
    ['name', 'name'],
    ['body.kinds', 'kinds'],
    ['/body/geometry/coordinates', 'geometry'],
    ['', ''],
  ])('a complaint about %j belongs to %j', (path, field) => {
    expect(fieldName(path)).toBe(field)
  })
  it('send only what changed', () => {
    const before = { name: 'a', kinds: ['x'], students: null as number | null }
    expect(changedFields(before, { name: 'a', kinds: ['x'], students: 5 })).toEqual({ students: 5 })
    expect(changedFields(before, { ...before, kinds: ['x', 'y'] })).toEqual({ kinds: ['x', 'y'] })
  })
  it('read column assignments line by line', () => {
    expect(assignmentLines('name=学校名称\n\n kind = 类别 \nnonsense\n=x\ny=')).toEqual([
      'name=学校名称',
      'kind = 类别',
    ])
  })
})

describe('drawing helpers', () => {
  it('find the middle by length, not by count of corners', () => {
    expect(
      midpoint([
        [0, 0],
        [1, 0],
        [4, 0],
      ]),
    ).toEqual([2, 0])
    expect(
      midpoint([
        [3, 3],
        [3, 3],
      ]),
    ).toEqual([3, 3])
    expect(midpoint([])).toEqual([0, 0])
  })
  it('bound any nesting of positions', () => {
    expect(
      bboxOf([
        [
          [
            [1, 5],
            [2, 3],
          ],
        ],
        [[[0, 4]]],
      ]),
    ).toEqual([0, 3, 2, 5])
    expect(bboxOf([])).toBeNull()
  })
})

describe('filter choices', () => {
  const region = (code: string, parent_code: string | null, kind: 'admin' | 'police' = 'admin'): RegionEntry => ({
    code,
    parent_code,
    kind,
    level: 'district',
    name: code,
    name_en: null,
    bbox: [],
  })
  it('lay the region tree out by parent, each area counting its subtree', () => {
    const regions = [
      region('419803', '419800'),
      region('419800', '410000'),
      region('419802', '419800'),
      region('419802001', '419802'),
      region('P1', null, 'police'),
    ]
    const counts = countsOf([
      { value: '419802001', count: 4 },
      { value: '419803', count: 2 },
    ])
    expect(regionOptions(regions, ({ name }) => name, counts, '派出所')).toEqual([
      { value: '419800', label: '419800', count: 6, depth: 0 },
      { value: '419803', label: '419803', count: 2, depth: 1 },
      { value: '419802', label: '419802', count: 4, depth: 1 },
      { value: '419802001', label: '419802001', count: 4, depth: 2 },
      { value: 'P1', label: 'P1', count: null, group: '派出所' },
    ])
  })
  it('leave kinds without rows out unless they are chosen', () => {
    const kind = (code: string, kind_group: string, sort: number): VenueKind => ({
      code,
      kind_group,
      sort,
      label_zh: code,
      label_en: code,
      regulated: true,
    })
    const kinds = [
      kind('bar', 'entertainment', 2),
      kind('internet_cafe', 'internet_cafe', 1),
      kind('hotel', 'other', 3),
    ]
    const counts = countsOf([{ value: 'bar', count: 7 }])
    const values = kindOptions(
      kinds,
      (code) => code,
      (group) => group,
      counts,
      ['hotel'],
    ).map(({ value }) => value)
    expect(values).toEqual(['bar', 'hotel'])
  })
  it('keep fixed lists whole, with zeros', () => {
    expect(plainOptions(['a', 'b'], (value) => value, countsOf([{ value: 'a', count: 1 }]), 'all')).toEqual([
      { value: 'a', label: 'a', count: 1 },
      { value: 'b', label: 'b', count: 0 },
    ])
    expect(plainOptions(['a'], (value) => value, null, [])[0]?.count).toBeNull()
  })
})

describe('the bottom sheet', () => {
  it('settles at the nearest stop', () => {
    expect(nearestStop(130, 0, 800)).toBe('peek')
    expect(nearestStop(380, 0, 800)).toBe('half')
    expect(nearestStop(700, 0.2, 800)).toBe('full')
  })
  it('goes one stop on when flicked', () => {
    expect(nearestStop(150, 1, 800)).toBe('half')
    expect(nearestStop(420, 1, 800)).toBe('full')
    expect(nearestStop(780, -1, 800)).toBe('half')
    expect(nearestStop(380, -1, 800)).toBe('peek')
  })
  it('never outgrows the screen', () => {
    for (const height of [60, 300, 844]) {
      for (const stop of ['peek', 'half', 'full'] as const) expect(stopHeight(stop, height)).toBeLessThanOrEqual(height)
    }
  })
})
