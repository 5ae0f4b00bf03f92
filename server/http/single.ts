import type { Db } from '../../db/connect.ts'
import { geometryProblem } from '../geo/validity.ts'
import type { Change } from './change.ts'
import { problems } from './problem.ts'
import { dayOfChange, type Written } from './writing.ts'

/** A bulk write of one row, seen as the change that a request asked for. A refused row becomes a problem. */
export function singleRow(written: Written): Change<number> {
  const [refused] = written.refused
  if (refused) throw problems.row.refused([{ field: refused.column, message: `${refused.code}: ${refused.detail}` }])
  return { result: written.written[0]!.id, scope: written.scope, layers: written.layers }
}

/** The same for a request to create: a row that turns out to be a stored one is a conflict, and nothing is written. */
export function createdRow(written: Written): Change<number> {
  const change = singleRow(written)
  if (written.written[0]!.outcome !== 'created') throw problems.row.duplicate(`stored as ${change.result}`)
  return change
}

/** Day of a close action: the day of the change unless an earlier one is given. Nothing is closed in advance. */
export async function closingDay(trx: Db, on: string | null | undefined): Promise<string> {
  const today = await dayOfChange(trx)
  if (on && on > today)
    throw problems.row.refused([{ field: 'on', message: `${on} is in the future`, expected: `${today} or earlier` }])
  return on ?? today
}

/** Names of the fields a PATCH sets to null. */
export const clearedBy = (change: object): string[] =>
  Object.entries(change)
    .filter(([, value]) => value === null)
    .map(([key]) => key)

const EXPECTED = {
  position_out_of_range: '[lon 73-136, lat 3-54] in WGS-84',
  lon_lat_swapped: '[lon, lat]: longitude first',
  ring_not_closed: 'the first and the last position of a ring are the same',
  too_few_positions: 'a line has 2 positions or more, a ring 4 or more',
  not_finite: 'two finite numbers',
} as const

/** Refuses geometries that are plainly wrong, naming the field and what would be right. */
export function assertPlausible(
  geometry: { type: string; coordinates: unknown } | null | undefined,
  field = 'geometry',
): void {
  if (!geometry) return
  const problem = geometryProblem(geometry)
  if (problem === null) return
  const text = JSON.stringify(problem.found) ?? 'nothing'
  throw problems.row.refused([
    { field, message: `${problem.code}: ${text.slice(0, 200)}`, expected: EXPECTED[problem.code] },
  ])
}

export function assertVersion(seen: number | undefined, stored: number): void {
  if (seen !== undefined && seen !== stored) throw problems.row.versionConflict(seen, stored)
}
