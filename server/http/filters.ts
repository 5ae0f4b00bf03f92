import { type RawBuilder, sql } from 'kysely'
import type { Bbox } from '../geo/geojson.ts'
import { problems } from './problem.ts'

/** SQL conditions shared by list queries. Columns come from code, values are parameters. */
export type Condition = RawBuilder<unknown>

export function parseBbox(text: string): Bbox {
  const numbers = text.split(',').map(Number)
  const [minLon, minLat, maxLon, maxLat] = numbers
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) throw problems.request.badBbox(text)
  if (minLon! > maxLon! || minLat! > maxLat! || minLon! < -180 || maxLon! > 180 || minLat! < -90 || maxLat! > 90)
    throw problems.request.badBbox(text)
  return [minLon!, minLat!, maxLon!, maxLat!]
}

export const intersectsBbox = (column: string, text: string): Condition => {
  const [minLon, minLat, maxLon, maxLat] = parseBbox(text)
  return sql`${sql.ref(column)} && st_makeenvelope(${minLon}, ${minLat}, ${maxLon}, ${maxLat}, 4326)`
}

/** The subtree of an administrative code (419800 -> 4198...), or the rows of a police station area. */
export const inRegion = (alias: string, code: string): Condition => {
  const prefix = code.replace(/(00)+$/, '')
  return sql`(${sql.ref(`${alias}.region_code`)} collate "C" like ${`${escapeLike(prefix)}%`}
    or ${sql.ref(`${alias}.station_code`)} = ${code})`
}

/** Case-insensitive part of any of the columns. */
export const containsText = (columns: string[], text: string): Condition =>
  sql`(${sql.join(
    columns.map((column) => sql`${sql.ref(column)} ilike ${`%${escapeLike(text)}%`}`),
    sql` or `,
  )})`

export const isOneOf = (column: string, list: string): Condition =>
  sql`${sql.ref(column)} = any(${list.split(',')}::text[])`

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** Conjunction of the conditions that are there; true when none is. */
export const all = (conditions: (Condition | false | undefined)[]): Condition => {
  const present = conditions.filter((condition): condition is Condition => Boolean(condition))
  return present.length === 0 ? sql`true` : sql.join(present, sql` and `)
}

/** A table as it is now, or as it was known at a past moment. */
export const tableAt = (table: string, as_of: string | undefined): RawBuilder<unknown> =>
  as_of === undefined ? sql.table(table) : sql`${sql.raw(`${table}_at`)}(${as_of}::timestamptz)`

/** Current rows of a derived table (findings, zones), or those that held at a past moment. */
export const heldAt = (alias: string, as_of: string | undefined): Condition =>
  as_of === undefined
    ? sql`${sql.ref(`${alias}.valid_to`)} is null`
    : sql`${sql.ref(`${alias}.valid_from`)} <= ${as_of}::timestamptz
        and (${sql.ref(`${alias}.valid_to`)} is null or ${sql.ref(`${alias}.valid_to`)} > ${as_of}::timestamptz)`
