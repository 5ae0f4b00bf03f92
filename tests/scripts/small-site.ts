/** A small site with a past: a random city far from the default zone, then days of changes. */
import type { Database } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { seedSite } from '../../db/seed/seed.ts'
import { createApplyChange } from '../../server/findings/service.ts'
import type { ApplyChange } from '../../server/http/change.ts'
import { ALL } from '../../server/http/scope.ts'
import { singleRow } from '../../server/http/single.ts'
import { writeRegions } from '../../server/regions/service.ts'
import { writeRoads } from '../../server/roads/service.ts'
import { activateRules, createRules } from '../../server/rules/service.ts'
import { writeGates, writeSchools } from '../../server/schools/service.ts'
import { writeStalls, writeVenues } from '../../server/venues/service.ts'
import { type LonLat, move } from '../oracle/geodesic.ts'
import { random, randomCity } from '../oracle/random-city.ts'
import { PROVENANCE, RULES, SOURCE } from '../oracle/rules.ts'

const CENTRE: LonLat = [121.47, 31.23]
const DAY_MS = 86_400_000

const square = ([lon, lat]: LonLat, half: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [lon - half, lat - half],
      [lon + half, lat - half],
      [lon + half, lat + half],
      [lon - half, lat + half],
      [lon - half, lat - half],
    ],
  ],
})

async function loadCity(applyChange: ApplyChange, city: ReturnType<typeof randomCity>): Promise<void> {
  await applyChange('test.city', async (trx) => {
    const region = { code: '310101', kind: 'admin', level: 'district', name: '测试区', external_id: 'r' } as const
    await writeRegions(trx, [{ ...region, geometry: square(CENTRE, 0.2) }], PROVENANCE)
    const schools = city.schools.map((school) => school.input)
    await writeSchools(trx, schools, PROVENANCE)
    const gates = city.schools.flatMap((school) => school.gates.map((gate) => gate.input))
    await writeGates(trx, gates, PROVENANCE)
    const venues = city.venues.map(({ input }, n) => ({ ...input, name: `${input.name} "引号" \\ ${n}` }))
    await writeVenues(trx, venues, PROVENANCE)
    const stalls = city.stalls.map((stall) => stall.input)
    await writeStalls(trx, stalls, PROVENANCE)
    const line = { type: 'LineString' as const, coordinates: [CENTRE, move(CENTRE, 45, 900)] as number[][] }
    await writeRoads(trx, [{ external_id: 'e', name: '测试路', class: 'primary', geometry: line }], PROVENANCE)
    await createRules(trx, [SOURCE], RULES)
    const codes = RULES.map((rule) => rule.code)
    await activateRules(trx, codes)
    return { result: null, scope: ALL, layers: ['regions', 'schools', 'venues', 'stalls', 'roads', 'rules'] }
  })
}

/** Fills a fresh database: one load ten days ago, then a venue moved or closed every six hours. */
export async function fillSmallSite(database: Database, migrations: string): Promise<void> {
  await migrate(database.db, migrations)
  await seedSite(database.db)
  let moment = Date.now() - 10 * DAY_MS
  const applyChange = createApplyChange(database.db, { now: () => new Date(moment) })
  const city = randomCity(5, CENTRE, [50, 100, 200])
  await loadCity(applyChange, city)
  const next = random(9)
  for (const { input, position } of city.venues.slice(0, 30)) {
    moment += DAY_MS / 4
    const geometry = { type: 'Point' as const, coordinates: move(position, next() * 360, next() * 90) as number[] }
    const change = next() < 0.3 ? { ...input, status: 'closed' as const } : { ...input, geometry }
    await applyChange('test.edit', async (trx) => singleRow(await writeVenues(trx, [change], PROVENANCE)))
  }
}
