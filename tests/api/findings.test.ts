import { Geodesic } from 'geographiclib-geodesic'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recomputeAll } from '../../server/findings/service.ts'
import { at } from '../fixtures/town.ts'
import {
  fieldsOf,
  freshApp,
  openTestDatabase,
  type TestApp,
  type TestDatabase,
  testClock,
  walkPages,
} from '../harness.ts'

let database: TestDatabase
let app: TestApp
const now = testClock()
beforeAll(async () => {
  database = await openTestDatabase({ town: true })
  app = await freshApp(database, { now })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

interface Row {
  id: number
  geometry: { coordinates: [number, number][] }
  properties: {
    distance_m: number
    rule_code: string
    venue_name: string
    state: string
    reason: string | null
    is_inside: boolean | null
    severity: string
    school_name: string
    valid_to: string | null
  }
}
const list = async (query = ''): Promise<Row[]> => (await app.get(`/api/findings?${query}`)).body.features
const summary = (rows: Row[]) =>
  rows
    .map(({ properties: p }) => [p.rule_code, p.venue_name, p.school_name, p.state, p.reason, p.is_inside].join(' | '))
    .sort()
const idOf = async (path: string, name: string): Promise<number> =>
  (await app.get(`/api/${path}?q=${encodeURIComponent(name)}`)).body.features[0].id

describe('the list of findings', () => {
  it('tells what the rules flag in town', async () => {
    expect(summary(await list())).toEqual(
      [
        'TOWN-KTV-200 | 夜色酒吧 | 杏林市职业学校 | legacy | licence_running | true',
        'TOWN-KTV-200 | 金嗓子歌厅 | 河口镇初级中学 | legacy | licence_running | true',
        'TOWN-LOTTERY-100 | 好运彩票 | 柳园镇九年一贯制学校 | suspected |  | true',
        'TOWN-NET-200 | 学院电子阅览室 | 杏林市第三高级中学 | exempt | internal_facility | true',
        'TOWN-NET-200 | 极速网吧 | 河口镇第一小学 | suspected |  | true',
        'TOWN-NET-200 | 桃园网吧 | 桃李小学 | suspected |  | true',
        'TOWN-NET-200 | 蓝天网吧 | 河口镇第二小学 | borderline | within_uncertainty | true',
        'TOWN-STALL-50 | 早点摊 | 柳园镇九年一贯制学校 | suspected |  | true',
        'TOWN-STALL-50 | 流动摊点 | 河口镇第一小学 | suspected |  | true',
        'TOWN-TOBACCO-WALK-100 | 老街烟酒店 | 柳园镇幼儿园 | needs_field_measure | walking_not_measured | ',
      ].sort(),
    )
  })

  it('draws the line that was measured, as long on the ellipsoid as it says', async () => {
    for (const { geometry, properties } of await list()) {
      const [from, to] = geometry.coordinates as [[number, number], [number, number]]
      const { s12 } = Geodesic.WGS84.Inverse(from[1], from[0], to[1], to[0])
      expect(Math.abs(s12! - properties.distance_m)).toBeLessThan(0.002)
      expect(String(properties.distance_m)).toMatch(/^\d+(\.\d{1,3})?$/)
    }
  })

  it('is filtered by each of its fields', async () => {
    const all = await list()
    const school = await idOf('schools', '河口镇第一小学')
    const venue = await idOf('venues', '极速网吧')
    const { id: stall } = (await app.get(`/api/stalls?q=${encodeURIComponent('炸串')}`)).body.features[0]
    const cases: [string, (p: Row['properties'] & Record<string, unknown>) => boolean][] = [
      ['state=suspected,borderline', (p) => ['suspected', 'borderline'].includes(p.state)],
      ['rule=TOWN-NET-200', (p) => p.rule_code === 'TOWN-NET-200'],
      ['kind=bar,street_stall', (p) => ['bar', 'street_stall'].includes(p.venue_kind as string)],
      ['school_kind=junior', (p) => (p.school_kinds as string[]).includes('junior')],
      ['severity=restrict,inspect', (p) => p.severity !== 'prohibit'],
      [`school_id=${school}`, (p) => p.school_id === school],
      [`venue_id=${venue}`, (p) => p.venue_id === venue],
      [`stall_id=${stall}`, (p) => p.stall_id === stall],
      ['inside=true', (p) => p.is_inside === true],
      ['inside=false', (p) => p.is_inside === false],
      ['region=410902101', (p) => p.region_code === '410902101'],
      ['region=410900', () => true],
      ['region=410901', () => false],
      [`q=${encodeURIComponent('网吧')}`, (p) => p.venue_name.includes('网吧')],
      [`q=${encodeURIComponent('第一小学')}`, (p) => p.school_name.includes('第一小学')],
      [`q=${encodeURIComponent('胜利街')}`, (p) => p.venue_name === '蓝天网吧'],
      [`q=${encodeURIComponent('炸串')}`, (p) => p.stall_id === stall],
      ['state=suspected&kind=internet_cafe', (p) => p.state === 'suspected' && p.venue_kind === 'internet_cafe'],
    ]
    for (const [query, passes] of cases)
      expect(summary(await list(query)), query).toEqual(summary(all.filter((row) => passes(row.properties as never))))
  })

  it('knows the area of a police station', async () => {
    const inArea = new Set(
      (await app.get('/api/venues?region=PS-0902-01')).body.features.map((f: { id: number }) => f.id),
    )
    const stalls = new Set(
      (await app.get('/api/stalls?region=PS-0902-01')).body.features.map((f: { id: number }) => f.id),
    )
    const expected = (await list()).filter(({ properties: p }) => {
      const { venue_id, stall_id } = p as never as { venue_id: number | null; stall_id: number | null }
      return inArea.has(venue_id) || stalls.has(stall_id)
    })
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(10)
    expect(summary(await list('region=PS-0902-01'))).toEqual(summary(expected))
  })

  it('is cut where the bbox meets the measured line', async () => {
    // The lottery shop is 80 m west of its gate; the box holds only the middle of that way.
    const bbox = [...at(3960, 1030), ...at(3965, 1050)].join()
    expect((await list(`bbox=${bbox}`)).map((row) => row.properties.venue_name)).toEqual(['好运彩票'])
    expect(await list(`bbox=${[...at(3960, 1045), ...at(3965, 1050)].join()}`)).toEqual([])
  })

  it('is sorted by distance, page by page', async () => {
    const sorted = (await list()).map((row) => row.id)
    const byDistance = (await list('sort=distance_m')).map((row) => row.properties.distance_m)
    expect(byDistance).toEqual(byDistance.toSorted((a, b) => a - b))
    for (const limit of [1, 3]) {
      const walked = await walkPages(app, `/api/findings?sort=distance_m&limit=${limit}`)
      expect(walked.map((row) => (row as never as Row).properties.distance_m)).toEqual(byDistance)
      expect(walked.map((row) => row.id).sort((a, b) => a - b)).toEqual(sorted)
    }
    const { body } = await app.get('/api/findings?sort=distance_m&limit=1')
    const cursor = new URL(body.links[0].href, 'http://localhost').searchParams.get('cursor')
    expect((await app.get(`/api/findings?cursor=${cursor}`)).body.code).toBe('bad_cursor')
    expect(fieldsOf(await app.get('/api/findings?sort=name'))).toEqual(['sort'])
    expect(fieldsOf(await app.get('/api/findings?inside=perhaps'))).toEqual(['inside'])
  })
})

describe('the evidence of a finding', () => {
  it('that is not there is 404', async () => {
    expect((await app.get('/api/findings/999999')).status).toBe(404)
    expect((await app.get('/api/findings/-1')).status).toBe(400)
  })

  it('names rule, both ends and method', async () => {
    const [row] = await list('rule=TOWN-LOTTERY-100')
    const { body } = await app.get(`/api/findings/${row!.id}`)
    expect(body.finding).toEqual(row)
    expect(body.finding.properties).toMatchObject({
      origin: 'gate',
      gate_name: '侧门',
      comparator: 'lt',
      metric: 'straight',
      measure_from: 'gate_any',
      measure_to: 'door_nearest',
      target: 'position',
      owner_department: '演示部门',
      jurisdiction_basis: 'both',
      last_confirmed_at: body.finding.properties.valid_from,
    })
    expect(body.rule).toMatchObject({
      code: 'TOWN-LOTTERY-100',
      version: 2,
      summary_zh: '演示摘要。',
      article: '第三条',
      source_title: '杏林市校园周边管理办法（演示）',
      source_issuer: '杏林市',
    })
    const [from, to] = row!.geometry.coordinates
    for (const [end, position] of [
      [body.from_position, from],
      [body.to_position, to],
    ] as const) {
      expect(end[0]).toBeCloseTo(position![0], 8)
      expect(end[1]).toBeCloseTo(position![1], 8)
    }
    expect(body.method.measure_srid).toBe(4547)
    expect(body.method.planar_m / body.method.scale).toBeCloseTo(row!.properties.distance_m, 2)
    expect(body.history).toEqual([expect.objectContaining({ id: row!.id, valid_to: null, ended_reason: null })])
  })

  it('keeps the rule text that applied when the rule changes, and the whole history', async () => {
    const [before] = await list('rule=TOWN-LOTTERY-100')
    const rule = (await app.get('/api/rules?q=TOWN-LOTTERY-100')).body.rules[0]
    await app.patch(`/api/rules/${rule.id}`, { summary_zh: '改过的摘要。', severity: 'inspect' })
    const [after] = await list('rule=TOWN-LOTTERY-100')
    expect(after!.id).not.toBe(before!.id)
    expect(after!.properties).toMatchObject({ rule_version: 3, severity: 'inspect' })

    const old = (await app.get(`/api/findings/${before!.id}`)).body
    expect(old.rule).toMatchObject({ version: 2, summary_zh: '演示摘要。' })
    expect(old.finding.properties).toMatchObject({
      severity: 'prohibit',
      ended_reason: 'superseded',
      valid_to: after!.properties['valid_from' as never],
      last_confirmed_at: after!.properties['valid_from' as never],
    })
    const current = (await app.get(`/api/findings/${after!.id}`)).body
    expect(current.rule).toMatchObject({ version: 3, summary_zh: '改过的摘要。' })
    expect(current.history.map((h: { id: number }) => h.id)).toEqual([before!.id, after!.id])
    expect(current.history).toEqual(old.history)

    const bySeverity = await list('rule=TOWN-LOTTERY-100&ended=true&severity=prohibit')
    expect(bySeverity.map((row) => row.id)).toEqual([before!.id])

    // At the time nobody knew that it would end.
    const then = (await app.get(`/api/findings/${before!.id}?as_of=2026-11-10T00:00:00Z`)).body
    expect(then.finding.properties).toMatchObject({ valid_to: null, ended_reason: null })
    expect(then.history).toHaveLength(1)
    expect((await app.get(`/api/findings/${after!.id}?as_of=2026-11-10T00:00:00Z`)).status).toBe(404)
  })

  it('is confirmed by a full recompute, which changes nothing', async () => {
    const before = await list()
    expect(await recomputeAll(app.services.applyChange)).toEqual({ opened: 0, superseded: 0, ended: 0 })
    const after = await list()
    const confirmed = (rows: Row[]) => rows.map((row) => row.properties['last_confirmed_at' as never] as string)
    expect(new Set(confirmed(after)).size).toBe(1)
    expect(confirmed(after)[0]! > confirmed(before).toSorted().at(-1)!).toBe(true)
    expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id))
  })
})

describe('the past', () => {
  it('stays as it was known', async () => {
    const builtAt = '2026-11-10T00:00:00Z'
    const then = summary(await list(`as_of=${builtAt}`))
    const venue = await idOf('venues', '极速网吧')
    await app.patch(`/api/venues/${venue}`, { name: '极速电竞馆' })
    const renamedAt = new Date(now()).toISOString()
    await app.post(`/api/venues/${venue}/close`, { reason: '停业' })
    const closedAt = new Date(now()).toISOString()

    expect(summary(await list(`as_of=${builtAt}`))).toEqual(then)
    const names = async (query: string) => (await list(query)).map((row) => row.properties.venue_name)
    expect(await names(`as_of=${builtAt}&venue_id=${venue}`)).toEqual(['极速网吧'])
    expect(await names(`as_of=${renamedAt}&venue_id=${venue}`)).toEqual(['极速电竞馆'])
    expect(await names(`as_of=${closedAt}&venue_id=${venue}`)).toEqual([])
    expect(await names(`venue_id=${venue}`)).toEqual([])
    expect(await names(`venue_id=${venue}&ended=true`)).toHaveLength(2)
    expect(await names(`venue_id=${venue}&ended=true&as_of=${renamedAt}`)).toHaveLength(2)
    expect(await names(`venue_id=${venue}&ended=true&as_of=${builtAt}`)).toHaveLength(1)

    const at = async (as_of: string) => (await app.get(`/api/venues/${venue}?as_of=${as_of}`)).body.properties
    expect(await at(builtAt)).toMatchObject({ name: '极速网吧', status: 'open', findings: 1, version: 1 })
    expect(await at(renamedAt)).toMatchObject({ name: '极速电竞馆', status: 'open', findings: 1, version: 2 })
    expect(await at(closedAt)).toMatchObject({ name: '极速电竞馆', status: 'closed', findings: 0, version: 3 })
    const open = (await app.get(`/api/venues?as_of=${renamedAt}&state=suspected`)).body.features
    expect(open.map((f: { id: number }) => f.id)).toContain(venue)
  })
})
