import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/connect.ts'
import { createApplyChange, recomputeAll } from '../../server/findings/service.ts'
import type { ApplyChange, Change } from '../../server/http/change.ts'
import { ALL } from '../../server/http/scope.ts'
import { singleRow } from '../../server/http/single.ts'
import { activateRules, changeRule, createRules } from '../../server/rules/service.ts'
import { writeGates, writeSchools } from '../../server/schools/service.ts'
import { writeVenues } from '../../server/venues/service.ts'
import { openTestDatabase, type TestDatabase } from '../harness.ts'
import { type LonLat, move } from './geodesic.ts'
import { type RandomCity, random, randomCity } from './random-city.ts'
import { PROVENANCE, RULES, SOURCE } from './rules.ts'

const CENTRE: LonLat = [114.9, 34.6]
const START = Date.UTC(2026, 4, 6, 1, 0, 0)

/** Everything about the current findings but their ids and the times of filing. */
const snapshot = async ({ db }: Database, as_of?: string) =>
  (
    await sql<Record<string, unknown>>`
      select rule_id, rule_version, school_id, school_version, gate_id, origin, place_key, venue_version, door_id, target,
             state, reason, is_inside, distance_m, uncertainty_m, legacy_until, st_astext(line_m) as line
      from findings
      where ${as_of === undefined ? sql`valid_to is null` : sql`valid_from <= ${as_of}::timestamptz and (valid_to is null or valid_to > ${as_of}::timestamptz)`}
      order by rule_id, school_id, place_key`.execute(db)
  ).rows

describe('random edits of a city', () => {
  let database: TestDatabase
  let applyChange: ApplyChange
  let city: RandomCity
  let moment = START

  beforeAll(async () => {
    database = await openTestDatabase()
    applyChange = createApplyChange(database.db, { now: () => new Date(moment) })
    city = randomCity(77, CENTRE, [50, 100, 200])
    await applyChange('test.city', async (trx) => {
      await writeSchools(
        trx,
        city.schools.map((school) => school.input),
        PROVENANCE,
      )
      await writeGates(
        trx,
        city.schools.flatMap((school) => school.gates.map((gate) => gate.input)),
        PROVENANCE,
      )
      await writeVenues(
        trx,
        city.venues.map((venue) => venue.input),
        PROVENANCE,
      )
      await createRules(trx, [SOURCE], RULES)
      await activateRules(
        trx,
        RULES.map((rule) => rule.code),
      )
      return { result: null, scope: ALL, layers: ['schools', 'venues', 'rules'] }
    })
  })
  afterAll(() => database.drop())

  it('keeps findings equal to a recompute from scratch, and the past as it was known', async () => {
    const next = random(2026)
    const past: { at: string; findings: unknown[] }[] = []
    let moved = 0
    for (let edit = 0; edit < 60; edit++) {
      moment += 60_000
      const outcome = await applyChange('test.edit', editOf(city, next, edit))
      moved += outcome.findings.opened + outcome.findings.ended + outcome.findings.superseded
      past.push({ at: new Date(moment).toISOString(), findings: await snapshot(database) })
      if (edit % 10 === 9) {
        moment += 1000
        expect(await recomputeAll(applyChange)).toEqual({ opened: 0, superseded: 0, ended: 0 })
      }
    }
    expect(moved).toBeGreaterThan(60)
    for (const { at, findings } of past) expect(await snapshot(database, at)).toEqual(findings)
    const kept = await snapshot(database)
    await sql`truncate findings`.execute(database.db)
    await recomputeAll(applyChange)
    expect(await snapshot(database)).toEqual(kept)
  })
})

type Work = Parameters<ApplyChange>[1]

/** One random change of a venue, its doors, a school, a gate or a rule. */
function editOf(city: RandomCity, next: () => number, edit: number): Work {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const change = async (written: ReturnType<typeof writeVenues>): Promise<Change<unknown>> => singleRow(await written)
  const shift = (p: LonLat) => move(p, next() * 360, next() * 120)
  const kind = next()
  if (kind < 0.4) {
    const { input, position } = pick(city.venues)
    const geometry = { type: 'Point' as const, coordinates: shift(position) }
    return (trx) => change(writeVenues(trx, [{ ...input, geometry }], PROVENANCE))
  }
  if (kind < 0.55) {
    const { input } = pick(city.venues)
    const status = next() < 0.6 ? ('closed' as const) : ('open' as const)
    return (trx) => change(writeVenues(trx, [{ ...input, status }], PROVENANCE))
  }
  if (kind < 0.65) {
    const { input, position } = pick(city.venues)
    const doors = [
      { kind: 'main' as const, position: shift(position) as number[], position_error_m: next() < 0.5 ? 0 : 5 },
    ]
    return (trx) => change(writeVenues(trx, [{ ...input, doors }], PROVENANCE))
  }
  if (kind < 0.8) {
    const { input } = pick(city.schools)
    const status = next() < 0.3 ? ('planned' as const) : ('open' as const)
    return (trx) =>
      change(writeSchools(trx, [{ ...input, status, position_error_m: Math.round(next() * 10) }], PROVENANCE))
  }
  if (kind < 0.92) {
    const school = pick(city.schools)
    const gate = {
      external_id: `new-${edit}`,
      school_external_id: school.input.external_id!,
      kind: 'side' as const,
      position_error_m: 0,
      geometry: { type: 'Point' as const, coordinates: shift(school.point) },
    }
    return (trx) => change(writeGates(trx, [gate], PROVENANCE))
  }
  const threshold_m = Math.round(50 + next() * 150)
  return async (trx) => {
    const { rows } = await sql<{ id: number }>`select id from rules where code = ${pick(RULES).code}`.execute(trx)
    return changeRule(trx, rows[0]!.id, { threshold_m }, undefined)
  }
}
