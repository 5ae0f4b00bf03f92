import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedSite } from '../../db/seed/seed.ts'
import { loadDemoCity } from '../../scripts/demo-city/load.ts'
import { SPECIAL_CASES, type SpecialCase } from '../../scripts/demo-city/special-cases.ts'
import { createApplyChange, recomputeAll } from '../../server/findings/service.ts'
import { openTestDatabase, type TestDatabase } from '../harness.ts'

interface Found {
  state: string
  reason: string | null
  is_inside: boolean | null
  distance_m: number
}

/** The engine's answer to the cases that scripts/demo-city/README.md lists by name. */
describe('the demo city in the database', () => {
  let database: TestDatabase
  const now = () => new Date('2026-11-23T02:00:00Z')

  beforeAll(async () => {
    database = await openTestDatabase()
    await seedSite(database.db)
    await loadDemoCity(createApplyChange(database.db, { now }), { today: '2026-11-23' })
  })
  afterAll(() => database.drop())

  const find = async (each: SpecialCase): Promise<Found | undefined> =>
    (
      await sql<Found>`
        select f.state, f.reason, f.is_inside, f.distance_m
        from findings f
        join rules r on r.id = f.rule_id and r.code = ${each.rule_code}
        join schools s on s.id = f.school_id and s.external_id = ${each.school_external_id}
        left join venues v on v.id = f.venue_id
        left join stall_sightings t on t.id = f.stall_id
        where f.valid_to is null
          and (v.external_id = ${each.venue_external_id ?? null} or t.external_id = ${each.stall_external_id ?? null})`.execute(
        database.db,
      )
    ).rows[0]

  it.each(
    SPECIAL_CASES.map(
      (each) =>
        [`${each.case}: ${each.venue_external_id ?? each.stall_external_id} under ${each.rule_code}`, each] as const,
    ),
  )('%s', async (_name, each) => {
    const found = await find(each)
    const { state, reason, distance_m, is_inside } = each.expected
    if (state === 'none') return expect(found).toBeUndefined()
    expect(found).toMatchObject({ state, ...(reason && { reason }), ...(is_inside !== undefined && { is_inside }) })
    if (distance_m !== undefined) expect(Math.abs((found?.distance_m ?? Number.NaN) - distance_m)).toBeLessThan(0.002)
  })

  it('names every case that exists, and recomputes to the same set', async () => {
    expect(new Set(SPECIAL_CASES.map((each) => each.case)).size).toBeGreaterThanOrEqual(12)
    expect(await recomputeAll(createApplyChange(database.db, { now }))).toEqual({ opened: 0, superseded: 0, ended: 0 })
  })

  it('flags what a city of this size plausibly has', async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from findings where valid_to is null`.execute(
      database.db,
    )
    expect(rows[0]?.n).toBeGreaterThan(40)
    expect(rows[0]?.n).toBeLessThan(200)
  })
})
