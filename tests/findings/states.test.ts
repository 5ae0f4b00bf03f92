import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../db/connect.ts'
import { createApplyChange, recomputeAll, recomputeIfDayTurned } from '../../server/findings/service.ts'
import type { ApplyChange, Change } from '../../server/http/change.ts'
import { writeRegions } from '../../server/regions/service.ts'
import type { RuleInput } from '../../server/rules/schemas.ts'
import { activateRules, changeRule, createRules } from '../../server/rules/service.ts'
import type { SchoolInput } from '../../server/schools/schemas.ts'
import { writeGates, writeSchools } from '../../server/schools/service.ts'
import type { VenueInput } from '../../server/venues/schemas.ts'
import { writeStalls, writeVenues } from '../../server/venues/service.ts'
import { openTestDatabase, type TestDatabase } from '../harness.ts'
import { type LonLat, move } from '../oracle/geodesic.ts'
import { PROVENANCE, SOURCE } from '../oracle/rules.ts'

/** North-west corner of a square campus of 100 m; its east wall runs through the second corner. */
const CORNER: LonLat = [114.9, 34.6]
const EAST = move(CORNER, 90, 100)
const RING = [CORNER, move(CORNER, 180, 100), move(EAST, 180, 100), EAST, CORNER]
/** A position so many metres east of the middle of the east wall. */
const eastOfWall = (metres: number) => move(move(EAST, 180, 50), 90, metres)

const school = (change: Partial<SchoolInput> = {}): SchoolInput => ({
  external_id: 'S',
  name: '实验小学',
  kinds: ['primary'],
  position_error_m: 0,
  geometry: { type: 'Polygon', coordinates: [RING] },
  ...change,
})
const venue = (metres: number, change: Partial<VenueInput> = {}): VenueInput => ({
  external_id: 'V',
  name: '飞鱼网吧',
  kind: 'internet_cafe',
  position_error_m: 0,
  geometry: { type: 'Point', coordinates: eastOfWall(metres) },
  ...change,
})
const rule = (change: Partial<RuleInput> = {}): RuleInput => ({
  code: 'R',
  source_code: 'TEST',
  title_zh: '规则',
  title_en: 'rule',
  summary_zh: '规则',
  summary_en: 'rule',
  evidence_grade: 'C',
  jurisdiction: '000000',
  venue_kinds: ['internet_cafe'],
  school_kinds: ['primary'],
  threshold_m: 200,
  comparator: 'lte',
  measure_from: 'boundary_any',
  measure_to: 'door_nearest',
  metric: 'straight',
  severity: 'prohibit',
  owner_department: '文化和旅游局',
  effective_from: '2000-01-01',
  ...change,
})

describe('the state of a finding', () => {
  let database: TestDatabase
  let applyChange: ApplyChange
  let now = new Date('2026-05-06T02:00:00Z')

  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.drop())
  afterEach(async () => {
    now = new Date('2026-05-06T02:00:00Z')
    await sql`truncate findings, zones, school_endpoints, venue_endpoints, schools, school_gates, bell_times, venues, venue_doors, stall_sightings, rules,
              regions, drawn_zones, detection_runs cascade`.execute(database.db)
  })

  const change = (work: (trx: Db) => Promise<Change<unknown>>) => {
    applyChange ??= createApplyChange(database.db, { now: () => now })
    return applyChange('test', work)
  }
  const set = async (...parts: { rules?: RuleInput[]; schools?: SchoolInput[]; venues?: VenueInput[] }[]) => {
    for (const { rules = [], schools = [], venues = [] } of parts) {
      await change((trx) => createRules(trx, [SOURCE], rules))
      await change((trx) =>
        activateRules(
          trx,
          rules.map((each) => each.code),
        ),
      )
      await change(async (trx) => ({ result: null, ...(await writeSchools(trx, schools, PROVENANCE)) }))
      await change(async (trx) => ({ result: null, ...(await writeVenues(trx, venues, PROVENANCE)) }))
    }
  }
  const current = async () =>
    (
      await sql<{
        state: string
        reason: string | null
        is_inside: boolean | null
        distance_m: number
        uncertainty_m: number
        legacy_until: string | null
        origin: string
        target: string
        jurisdiction_basis: string
      }>`
        select state, reason, is_inside, distance_m, uncertainty_m, legacy_until, origin, target, jurisdiction_basis
        from findings where valid_to is null`.execute(database.db)
    ).rows
  const ended = async () =>
    (
      await sql<{
        ended_reason: string
      }>`select ended_reason from findings where valid_to is not null order by id`.execute(database.db)
    ).rows.map((row) => row.ended_reason)

  it.each([
    ['lte', 199.999, 'suspected'],
    ['lte', 200.001, undefined],
    ['lt', 199.999, 'suspected'],
    ['lt', 200.001, undefined],
  ] as const)('%s 200 at %f m is %s', async (comparator, metres, state) => {
    await set({ rules: [rule({ comparator })], schools: [school()], venues: [venue(metres)] })
    const [finding] = await current()
    expect(finding?.state).toBe(state)
    if (state) expect(finding?.distance_m).toBeCloseTo(metres, 4)
  })

  it.each([
    [150, 'suspected', true],
    [195, 'borderline', true],
    [205, 'borderline', false],
  ] as const)('at %d m with 6 and 8 m of uncertainty it is %s', async (metres, state, inside) => {
    await set({
      rules: [rule()],
      schools: [school({ position_error_m: 6 })],
      venues: [venue(metres, { position_error_m: 8 })],
    })
    const [finding] = await current()
    expect(finding).toMatchObject({ state, is_inside: inside })
    expect(finding?.uncertainty_m).toBeCloseTo(10, 9)
  })
  it('is compliant, and not stored, beyond the uncertainty', async () => {
    await set({
      rules: [rule()],
      schools: [school({ position_error_m: 6 })],
      venues: [venue(211, { position_error_m: 8 })],
    })
    expect(await current()).toEqual([])
  })
  it('waits for a field measurement under a walking rule', async () => {
    await set({ rules: [rule({ metric: 'walking' })], schools: [school()], venues: [venue(120)] })
    expect((await current())[0]).toMatchObject({
      state: 'needs_field_measure',
      reason: 'walking_not_measured',
      is_inside: null,
    })
  })
  it('waits for a field measurement when the rule asks for a gate that is not recorded', async () => {
    await set({
      rules: [rule({ measure_from: 'gate_main', threshold_m: 100 })],
      schools: [school()],
      venues: [venue(90)],
    })
    expect((await current())[0]).toMatchObject({
      state: 'needs_field_measure',
      reason: 'no_gate_recorded',
      origin: 'boundary',
    })
    const gate = {
      school_external_id: 'S',
      kind: 'main' as const,
      position_error_m: 0,
      geometry: { type: 'Point' as const, coordinates: eastOfWall(0) },
    }
    await change(async (trx) => ({ result: null, ...(await writeGates(trx, [gate], PROVENANCE)) }))
    expect((await current())[0]).toMatchObject({ state: 'suspected', origin: 'gate', is_inside: true })
  })
  it('measures a point-only campus from its point', async () => {
    await set({
      rules: [rule()],
      schools: [school({ geometry: { type: 'Point', coordinates: CORNER } })],
      venues: [venue(50)],
    })
    expect((await current())[0]).toMatchObject({ origin: 'point', state: 'suspected' })
  })
  it('is exempt for an internal facility where the rule says so', async () => {
    await set({
      rules: [rule({ exempts_internal: true })],
      schools: [school()],
      venues: [venue(50, { is_internal: true })],
    })
    expect((await current())[0]).toMatchObject({ state: 'exempt', reason: 'internal_facility' })
  })
  it.each([
    [
      'until_licence_expiry',
      { grandfather_before: '2021-06-01' },
      { opened_on: '2019-03-01', licence_expires_on: '2027-03-01' },
      'licence_running',
      '2027-03-01',
    ],
    [
      'at_renewal_or_change',
      { grandfather_before: '2021-06-01' },
      { opened_on: '2019-03-01', licence_expires_on: '2027-03-01' },
      'licence_running',
      '2027-03-01',
    ],
    ['guided_exit', {}, { opened_on: '2019-03-01' }, 'guided_exit', null],
    ['fixed_date', { grandfather_until: '2026-12-31' }, { opened_on: '2019-03-01' }, 'fixed_date', '2026-12-31'],
    [
      'predates_school',
      {},
      { opened_on: '2009-01-01', licence_expires_on: '2028-01-01' },
      'predates_school',
      '2028-01-01',
    ],
  ] as const)('is legacy under %s', async (grandfather_policy, ruleChange, venueChange, reason, until) => {
    await set({
      rules: [rule({ grandfather_policy, ...ruleChange })],
      schools: [school({ established_on: '2010-09-01' })],
      venues: [venue(50, venueChange)],
    })
    expect((await current())[0]).toMatchObject({ state: 'legacy', reason, legacy_until: until, is_inside: true })
  })
  it('is suspected again on the day after the licence ran out', async () => {
    await set({
      rules: [rule({ grandfather_policy: 'until_licence_expiry' })],
      schools: [school()],
      venues: [venue(50, { opened_on: '2019-03-01', licence_expires_on: '2026-05-06' })],
    })
    await recomputeAll(applyChange)
    expect((await current())[0]?.state).toBe('legacy')
    now = new Date('2026-05-06T16:00:01Z')
    await sql`update detection_runs set evaluated_on = '2026-05-06'`.execute(database.db)
    expect(await recomputeIfDayTurned(database.db, applyChange)).toMatchObject({ superseded: 1 })
    expect((await current())[0]?.state).toBe('suspected')
  })
  it('takes the nearest door, and a fire exit only where the rule counts it', async () => {
    const doors = [
      { kind: 'main' as const, position: eastOfWall(148), position_error_m: 0 },
      { kind: 'side' as const, position: eastOfWall(91.5), position_error_m: 0 },
      { kind: 'fire_exit' as const, position: eastOfWall(60), position_error_m: 0 },
    ]
    await set({
      rules: [
        rule(),
        rule({ code: 'R-ANY', measure_to: 'door_any' }),
        rule({ code: 'R-MAIN', measure_to: 'door_main' }),
      ],
      schools: [school()],
      venues: [venue(120, { doors })],
    })
    expect((await current()).map((finding) => Math.round(finding.distance_m * 10) / 10).sort((a, b) => a - b)).toEqual([
      60, 91.5, 148,
    ])
  })
  it('flags a venue inside the campus at 0 m', async () => {
    await set({
      rules: [rule({ measure_from: 'campus_inside', threshold_m: 0 })],
      schools: [school()],
      venues: [venue(-40), venue(5, { external_id: 'W', name: '门外网吧' })],
    })
    expect(await current()).toMatchObject([{ state: 'suspected', distance_m: 0 }])
  })
  it('flags stalls while they are there', async () => {
    const stall = {
      external_id: 'T',
      sighted_at: '2026-05-06T07:30:00+08:00',
      position_error_m: 0,
      geometry: { type: 'Point' as const, coordinates: eastOfWall(49.99) },
    }
    await set({ rules: [rule({ venue_kinds: ['street_stall'], threshold_m: 50 })], schools: [school()] })
    await change(async (trx) => ({ result: null, ...(await writeStalls(trx, [stall], PROVENANCE)) }))
    expect(await current()).toMatchObject([{ state: 'suspected', target: 'stall' }])
    await change(async (trx) => ({
      result: null,
      ...(await writeStalls(trx, [{ ...stall, status: 'cleared' }], PROVENANCE)),
    }))
    expect(await ended()).toEqual(['venue_closed'])
  })
  it('counts no school, kind or status that the rule does not name', async () => {
    await set({
      rules: [rule()],
      schools: [school({ kinds: ['kindergarten'] }), school({ external_id: 'P', name: '筹建小学', status: 'planned' })],
      venues: [venue(50), venue(60, { external_id: 'B', name: '酒吧', kind: 'bar' })],
    })
    expect(await current()).toEqual([])
  })
  it('knows whose territory a rule covers when school and venue lie in different districts', async () => {
    const west = [move(CORNER, 270, 5000), move(CORNER, 90, 150)]
    const box = (w: LonLat, e: LonLat) => ({
      type: 'Polygon' as const,
      coordinates: [
        [
          [w[0], 34.5],
          [e[0], 34.5],
          [e[0], 34.7],
          [w[0], 34.7],
          [w[0], 34.5],
        ],
      ],
    })
    const region = (code: string, geometry: ReturnType<typeof box>) => ({
      code,
      kind: 'admin' as const,
      level: 'district' as const,
      name: code,
      geometry,
    })
    await change(async (trx) => ({
      result: null,
      ...(await writeRegions(
        trx,
        [region('419802', box(west[0]!, west[1]!)), region('419803', box(west[1]!, move(CORNER, 90, 9000)))],
        PROVENANCE,
      )),
    }))
    await set({
      rules: [
        rule({ jurisdiction: '419802' }),
        rule({ code: 'R2', jurisdiction: '419803' }),
        rule({ code: 'R3', jurisdiction: '419800' }),
        rule({ code: 'R4', jurisdiction: '110000' }),
      ],
      schools: [school()],
      venues: [venue(100)],
    })
    expect((await current()).map((finding) => finding.jurisdiction_basis).sort()).toEqual(['both', 'school', 'venue'])
  })
  it('ends with a reason when venue, school or rule ends, and remembers its first detection', async () => {
    await set({ rules: [rule()], schools: [school()], venues: [venue(50)] })
    now = new Date('2026-05-07T02:00:00Z')
    await set({ venues: [venue(60)] })
    now = new Date('2026-05-08T02:00:00Z')
    await set({ venues: [venue(60, { status: 'closed' })] })
    expect(await ended()).toEqual(['superseded', 'venue_closed'])
    now = new Date('2026-05-09T02:00:00Z')
    await set({ venues: [venue(60, { status: 'open' })] })
    now = new Date('2026-05-10T02:00:00Z')
    const { rows } = await sql<{ id: number }>`select id from rules`.execute(database.db)
    await change((trx) => changeRule(trx, rows[0]!.id, { status: 'retired' }, undefined))
    expect(await ended()).toEqual(['superseded', 'venue_closed', 'rule_not_in_force'])
    const history = await sql<{
      first: Date
      valid_from: Date
    }>`select first_detected_at as first, valid_from from findings order by id`.execute(database.db)
    expect(
      history.rows.map((row) => [row.first.toISOString().slice(8, 10), row.valid_from.toISOString().slice(8, 10)]),
    ).toEqual([
      ['06', '06'],
      ['06', '07'],
      ['09', '09'],
    ])
  })
  it('draws one ring per school and distinct test of the rules in force', async () => {
    await set({
      rules: [rule(), rule({ code: 'R-BAR', venue_kinds: ['bar'] }), rule({ code: 'R-50', threshold_m: 50 })],
      schools: [school()],
      venues: [],
    })
    const { rows } = await sql<{ threshold_m: number; rule_codes: string[]; reach: number }>`
      select threshold_m, rule_codes, st_distance(st_exteriorring(st_geometryn(geom, 1))::geography, s.boundary::geography) as reach
      from zones z join schools s on s.id = z.school_id where z.valid_to is null order by threshold_m`.execute(
      database.db,
    )
    expect(rows.map((row) => [row.threshold_m, row.rule_codes])).toEqual([
      [50, ['R-50']],
      [200, ['R', 'R-BAR']],
    ])
    for (const row of rows) expect(Math.abs(row.reach - row.threshold_m)).toBeLessThan(0.2)
  })
})
