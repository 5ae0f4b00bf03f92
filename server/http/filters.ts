import { type RawBuilder, sql } from 'kysely'
import type { Bbox } from '../geo/geojson.ts'
import { problems } from './problem.ts'

/** SQL conditions shared by list queries. Columns come from code, values are parameters. */
export type Condition = RawBuilder<unknown>

export function parseBbox(text: string): Bbox {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [minLon, minLat, maxLon, maxLat] = numbers
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) throw problems.request.badBbox(text)
  if (minLon! > maxLon! || minLat! > maxLat! || minLon! < -180 || maxLon! > 180 || minLat! < -90 || maxLat! > 90)
    throw problems.request.badBbox(text)
  return [minLon!, minLat!, maxLon!, maxLat!]
}

/** The bbox as a polygon; latitudes beyond max_lat are cut off, for projections without poles. */
export const envelopeOf = (text: string, max_lat = 90): Condition => {
  const bbox = parseBbox(text)
  const [minLon, maxLon] = [bbox[0], bbox[2]]
  const [minLat, maxLat] = [bbox[1], bbox[3]].map((lat) => Math.max(-max_lat, Math.min(max_lat, lat)))
  return sql`st_makeenvelope(${minLon}, ${minLat}, ${maxLon}, ${maxLat}, 4326)`
}

export const intersectsBbox = (column: string, text: string): Condition =>
  sql`${sql.ref(column)} && ${envelopeOf(text)}`

/**
 * What the codes of a region's subtree begin with: 419800 -> 4198, 419801000000 -> 419801. GB/T 2260 fills provinces,
 * cities and districts up to 6 digits with pairs of zeros, GB/T 10114 townships to 9 and 12 with triples; a township
 * that ends in 100 is a township, not the thirty whose codes begin with 1.
 */
export function regionPrefix(code: string): string {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(code)) return code
  const district = code.slice(0, 6)
  const below = code.slice(6).replace(/(000)+$/, '')
  return below === '' ? district.replace(/(00)+$/, '') : district + below
}

/** The subtree of an administrative code, or the rows of a police station area. */
export const inRegion = (alias: string, code: string): Condition =>
  sql`(${sql.ref(`${alias}.region_code`)} collate "C" like ${`${escapeLike(regionPrefix(code))}%`}
    or ${sql.ref(`${alias}.station_code`)} = ${code})`

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
