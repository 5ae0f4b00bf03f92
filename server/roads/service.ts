import type { Db } from '../../db/connect.ts'
import type { Provenance } from '../http/change.ts'
import { NOTHING } from '../http/scope.ts'
import { acceptedRows, outcomeOf, refusedOf, touched, type WriteExtras, type Written } from '../http/writing.ts'
import type { RoadInput } from './schemas.ts'
import * as queries from './write-queries.ts'

export async function writeRoads(
  trx: Db,
  rows: (RoadInput & WriteExtras & { source_geometry?: unknown })[],
  provenance: Provenance,
): Promise<Written> {
  const resolved = await queries.resolveRoads(trx, rows, provenance)
  const changed = await queries.writeRoadRows(trx, acceptedRows(rows, resolved), provenance)
  const written = outcomeOf(resolved, changed)
  return { written, refused: refusedOf(resolved), scope: NOTHING, layers: touched(written).length > 0 ? ['roads'] : [] }
}
