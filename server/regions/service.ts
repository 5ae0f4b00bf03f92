import type { Db } from '../../db/connect.ts'
import { metricSridFor } from '../geo/crs.ts'
import type { Provenance } from '../http/change.ts'
import { ALL, NOTHING } from '../http/scope.ts'
import { acceptedRows, outcomeOf, refusedOf, touched, type WriteExtras, type Written } from '../http/writing.ts'
import type { RegionInput } from './schemas.ts'
import * as queries from './write-queries.ts'

/**
 * Writes regions and files every place under the new ones. Findings depend on regions only through the jurisdiction a
 * place stands in: when none changes its region there is nothing to derive again.
 */
export async function writeRegions(
  trx: Db,
  rows: (RegionInput & WriteExtras & { source_geometry?: unknown })[],
  provenance: Provenance,
): Promise<Written> {
  const resolved = await queries.resolveRegions(trx, rows, provenance)
  const changed = await queries.writeRegionRows(trx, acceptedRows(rows, resolved), provenance)
  const written = outcomeOf(resolved, changed)
  const isChanged = touched(written).length > 0
  const moved = isChanged ? await queries.reassignRegions(trx) : []
  return {
    written,
    refused: refusedOf(resolved),
    scope: moved.length > 0 ? ALL : NOTHING,
    layers: isChanged ? ['regions', ...moved] : [],
  }
}

/** The CGCS2000 zone that fits what is stored; undefined while nothing is. */
export async function suitableSrid(db: Db): Promise<number | undefined> {
  const lon = await queries.middleLongitude(db)
  return lon === null ? undefined : metricSridFor(lon)
}
