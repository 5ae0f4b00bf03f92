import type { Db } from '../../db/connect.ts'
import type { Provenance } from '../http/change.ts'
import { scopeOf } from '../http/scope.ts'
import { acceptedRows, outcomeOf, refusedOf, touched, type WriteExtras, type Written } from '../http/writing.ts'
import type { StallInput, VenueInput } from './schemas.ts'
import { resolveStalls, writeStallRows } from './stall-queries.ts'
import { resolveVenues, touchVenues, writeDoors, writeVenueRows } from './write-queries.ts'

type Delivered<Input> = Input & WriteExtras & { source_geometry?: unknown }

export async function writeVenues(
  trx: Db,
  rows: (Delivered<VenueInput> & { closed_on?: string | null; closed_reason?: string | null })[],
  provenance: Provenance,
): Promise<Written> {
  const resolved = await resolveVenues(trx, rows, provenance)
  const accepted = acceptedRows(rows, resolved)
  const changed = await writeVenueRows(trx, accepted, provenance)
  const withDoors = accepted.flatMap(({ id, doors }) => (doors ? [{ id, doors }] : []))
  const rehung = withDoors.length > 0 ? await writeDoors(trx, withDoors) : []
  const changedIds = new Set(changed.map((row) => row.id))
  const onlyDoors = rehung.map((row) => row.id).filter((id) => !changedIds.has(id))
  if (onlyDoors.length > 0) await touchVenues(trx, onlyDoors)
  const written = outcomeOf(resolved, [...changed, ...rehung])
  const ids = touched(written)
  return {
    written,
    refused: refusedOf(resolved, 'footprint'),
    scope: scopeOf('venues', ids),
    layers: ids.length > 0 ? ['venues'] : [],
  }
}

export async function writeStalls(
  trx: Db,
  rows: (Delivered<StallInput> & { status?: string; cleared_on?: string | null; cleared_reason?: string | null })[],
  provenance: Provenance,
): Promise<Written> {
  const resolved = await resolveStalls(trx, rows, provenance)
  const changed = await writeStallRows(trx, acceptedRows(rows, resolved), provenance)
  const written = outcomeOf(resolved, changed)
  const ids = touched(written)
  return {
    written,
    refused: refusedOf(resolved),
    scope: scopeOf('stalls', ids),
    layers: ids.length > 0 ? ['stalls'] : [],
  }
}
