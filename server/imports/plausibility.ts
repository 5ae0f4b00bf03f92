// Looks at a sample of the rows beside what is stored: same names elsewhere, places outside every region.
import type { Db } from '../../db/connect.ts'
import type { Crs } from '../geo/crs.ts'
import { countOutside, matchByName, type SampleRow } from './queries.ts'
import type { ImportLayer, Warning } from './schemas.ts'
import { otherSystems, reread, shiftWarning } from './shift.ts'
import { warnings } from './warnings.ts'

/** Rows outside all regions are normal at the edge of a city; more than this share is not. */
const USUAL_OUTSIDE = 0.02

export async function plausibilityWarnings(
  trx: Db,
  layer: ImportLayer,
  crs: Crs,
  sample: SampleRow[],
): Promise<Warning[]> {
  const shift = shiftWarning(crs, await matchByName(trx, layer, sample))
  const outside = layer === 'regions' ? undefined : await outsideWarning(trx, crs, sample)
  return [shift, outside].filter((warning) => warning !== undefined)
}

async function outsideWarning(trx: Db, crs: Crs, sample: SampleRow[]): Promise<Warning | undefined> {
  const positions = sample.map(({ position }) => position)
  const outside = await countOutside(trx, positions)
  if (outside === undefined || outside <= positions.length * USUAL_OUTSIDE) return undefined
  for (const other of otherSystems(crs)) {
    const moved = positions.map((position) => reread(crs, other, position))
    const rest = (await countOutside(trx, moved)) ?? outside
    if (rest * 4 < outside) return warnings.outsideRegions(outside, positions.length, other)
  }
  return warnings.outsideRegions(outside, positions.length, undefined)
}
