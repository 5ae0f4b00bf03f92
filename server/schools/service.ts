import type { Db } from '../../db/connect.ts'
import type { Provenance } from '../http/change.ts'
import { scopeOf } from '../http/scope.ts'
import { acceptedRows, outcomeOf, refusedOf, touched, type WriteExtras, type Written } from '../http/writing.ts'
import { resolveGates, touchSchools, writeGateRows } from './gate-queries.ts'
import { ownersOfGates } from './queries.ts'
import type { GateInput, SchoolInput } from './schemas.ts'
import { resolveSchools, writeBellTimes, writeSchoolRows } from './write-queries.ts'

type Delivered<Input> = Input & WriteExtras & { source_geometry?: unknown }
/** Closing is a write like any other, not part of what a client may put into a row. */
type Closing = { closed_on?: string | null; closed_reason?: string | null }

export async function writeSchools(
  trx: Db,
  rows: (Delivered<SchoolInput> & Closing)[],
  provenance: Provenance,
): Promise<Written> {
  const resolved = await resolveSchools(trx, rows, provenance)
  const accepted = acceptedRows(rows, resolved)
  const changed = await writeSchoolRows(trx, accepted, provenance)
  const withTimes = accepted.flatMap(({ id, bell_times }) => (bell_times ? [{ id, bell_times }] : []))
  const retimed = withTimes.length > 0 ? await writeBellTimes(trx, withTimes) : []
  const written = outcomeOf(resolved, [...changed, ...retimed])
  const ids = touched(written)
  return {
    written,
    refused: refusedOf(resolved),
    scope: scopeOf(
      'schools',
      changed.map((row) => row.id),
    ),
    layers: ids.length > 0 ? ['schools'] : [],
  }
}

export async function writeGates(
  trx: Db,
  rows: (Delivered<GateInput> & Closing & { status?: string })[],
  provenance: Provenance,
): Promise<Written> {
  const resolved = await resolveGates(trx, rows, provenance)
  const owners = new Map(resolved.map((row) => [row.n, row.school_id]))
  const accepted = resolved
    .filter((row) => row.problem === null)
    .map((row) => ({ ...rows[row.n]!, id: row.id, is_new: row.is_new, school_id: owners.get(row.n)! }))
  const before = await ownersOfGates(
    trx,
    accepted.filter((row) => !row.is_new).map((row) => row.id),
  )
  const changed = await writeGateRows(trx, accepted, provenance)
  const written = outcomeOf(resolved, changed)
  const changedIds = new Set(changed.map((row) => row.id))
  const schools = [
    ...accepted.filter((row) => changedIds.has(row.id)).map((row) => row.school_id),
    ...before.filter((row) => changedIds.has(row.id)).map((row) => row.school_id),
  ]
  const ids = [...new Set(schools)]
  if (ids.length > 0) await touchSchools(trx, ids)
  return {
    written,
    refused: refusedOf(resolved, 'school_id', 'unknown_school'),
    scope: scopeOf('schools', ids),
    layers: ids.length > 0 ? ['schools'] : [],
  }
}
