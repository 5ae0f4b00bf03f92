import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/connect.ts'
import { createApplyChange, recomputeAll } from '../../server/findings/service.ts'
import type { ApplyChange } from '../../server/http/change.ts'
import { ALL } from '../../server/http/scope.ts'
import { activateRules, createRules } from '../../server/rules/service.ts'
import { writeGates, writeSchools } from '../../server/schools/service.ts'
import { writeStalls, writeVenues } from '../../server/venues/service.ts'
import { openTestDatabase, type TestDatabase } from '../harness.ts'
import { expectedPairs, type Pair } from './expected.ts'
import type { LonLat } from './geodesic.ts'
import { randomCity } from './random-city.ts'
import { PROVENANCE, RULES, SOURCE } from './rules.ts'

/** Centres from 18 to 53 degrees north, some close to the edge of their 3-degree zone. */
const CENTRES: LonLat[] = [
  [109.5, 18.3],
  [113.26, 22.9],
  [119.97, 26.1],
  [103.4, 30.6],
  [114.9, 34.6],
  [121.4, 38.9],
  [87.6, 43.8],
  [129.5, 47.4],
  [124.5, 53.0],
]

interface StoredPair extends Pair {
  state: string
}

const stored = async ({ db }: Database): Promise<StoredPair[]> =>
  (
    await sql<StoredPair>`
      select r.code as rule, s.external_id as school, coalesce(v.external_id, t.external_id) as place, f.distance_m,
             f.is_inside, f.state
      from findings f join rules r on r.id = f.rule_id join schools s on s.id = f.school_id
      left join venues v on v.id = f.venue_id left join stall_sightings t on t.id = f.stall_id
      where f.valid_to is null`.execute(db)
  ).rows

const keyOf = ({ rule, school, place }: Pair) => `${rule} ${school} ${place}`

describe.each(CENTRES.map((centre, seed) => ({ centre, seed })))('a random city around $centre', ({ centre, seed }) => {
  let database: TestDatabase
  let applyChange: ApplyChange

  beforeAll(async () => {
    database = await openTestDatabase()
    applyChange = createApplyChange(database.db)
  })
  afterAll(() => database.drop())

  it('flags exactly what the geodesic flags, and measures it to the centimetre', async () => {
    const city = randomCity(seed, centre, [50, 100, 200])
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
      await writeStalls(
        trx,
        city.stalls.map((stall) => stall.input),
        PROVENANCE,
      )
      await createRules(trx, [SOURCE], RULES)
      await activateRules(
        trx,
        RULES.map((rule) => rule.code),
      )
      return { result: null, scope: ALL, layers: ['schools', 'venues', 'rules'] }
    })
    const expected = new Map(expectedPairs(city, RULES).map((pair) => [keyOf(pair), pair]))
    const found = new Map((await stored(database)).map((pair) => [keyOf(pair), pair]))
    expect(expected.size).toBeGreaterThan(60)
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort())
    let worst = 0
    for (const [key, pair] of expected) {
      worst = Math.max(worst, Math.abs(found.get(key)!.distance_m - pair.distance_m))
      expect(found.get(key)!.is_inside, key).toBe(pair.is_inside)
    }
    expect(worst).toBeLessThan(0.001)
    expect(await recomputeAll(applyChange)).toEqual({ opened: 0, superseded: 0, ended: 0 })
  })
})
