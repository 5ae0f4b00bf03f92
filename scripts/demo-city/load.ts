import type { ApplyChange, FindingsChanged, Provenance } from '../../server/http/change.ts'
import { ALL } from '../../server/http/scope.ts'
import type { Written } from '../../server/http/writing.ts'
import { writeRegions } from '../../server/regions/service.ts'
import { writeRoads } from '../../server/roads/service.ts'
import { activateRules, createRules } from '../../server/rules/service.ts'
import { writeGates, writeSchools } from '../../server/schools/service.ts'
import { markDemo } from '../../server/site/queries.ts'
import { writeStalls, writeVenues } from '../../server/venues/service.ts'
import { buildDemoCity } from './build.ts'

const PROVENANCE: Provenance = { source: 'demo', source_crs: 'wgs84', conversion: null, import_id: null }
const BATCH = 3000

type Writer<Row> = (trx: Parameters<typeof writeRoads>[0], rows: Row[], provenance: Provenance) => Promise<Written>

/** Loads the whole city in one change, then derives everything once. A refused row is a defect of the generator. */
export async function loadDemoCity(
  applyChange: ApplyChange,
  options: Parameters<typeof buildDemoCity>[0] = {},
): Promise<FindingsChanged> {
  const city = buildDemoCity(options)
  const { findings } = await applyChange('demo.load', async (trx) => {
    const load = async <Row>(write: Writer<Row>, rows: Row[]) => {
      for (let at = 0; at < rows.length; at += BATCH) {
        const { refused } = await write(trx, rows.slice(at, at + BATCH), PROVENANCE)
        if (refused[0]) throw new Error(`demo row ${at + refused[0].n}: ${refused[0].code} ${refused[0].detail}`)
      }
    }
    await load(writeRegions, city.regions)
    await load(writeSchools, city.schools)
    await load(writeGates, city.gates)
    await load(writeVenues, city.venues)
    await load(writeStalls, city.stalls)
    await load(writeRoads, city.roads)
    await createRules(trx, city.rules.sources, city.rules.rules)
    await activateRules(trx, city.rules.activate)
    await markDemo(trx)
    return { result: null, scope: ALL, layers: ['regions', 'schools', 'venues', 'stalls', 'roads', 'rules'] }
  })
  return findings
}
