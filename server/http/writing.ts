import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Layer, Provenance, RefusedRow, WrittenRow } from './change.ts'
import type { Scope } from './scope.ts'

/** What a bulk writer answers. */
export interface Written {
  written: WrittenRow[]
  refused: RefusedRow[]
  scope: Scope
  layers: Layer[]
}

/** Row id and input position after matching; `is_new` rows carry an id drawn from the table's sequence. */
export interface Resolved {
  n: number
  id: number
  is_new: boolean
  problem: string | null
}

/** Options of a single-row write: fields of the stored row to set to null, given by name. */
export interface WriteExtras {
  id?: number
  clear?: string[]
}

/** A new value when given, null when cleared, else the stored one. Column names come from code. */
export const kept = (column: string, table: string, input = 'i'): RawBuilder<unknown> =>
  sql`case when ${sql.lit(column)} = any(${sql.ref(`${input}.clear`)}) then null
      else coalesce(${sql.ref(`${input}.${column}`)}, ${sql.ref(`${table}.${column}`)}) end`

/** Rows as the jsonb parameter of jsonb_to_recordset, numbered by position and stamped with their provenance. */
export const toRecordset = (rows: object[], provenance: Provenance): string =>
  JSON.stringify(
    rows.map((row, n) => ({
      source: provenance.source,
      clear: [],
      ...withoutUndefined(row),
      n,
    })),
  )

const withoutUndefined = (row: object) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null))

/**
 * A column of GeoJSON as a plane WGS-84 geometry. Heights are dropped; a crs member has no meaning (RFC 7946 §4) and must
 * not reach the geometry.
 */
export const geometryOf = (column: string): RawBuilder<unknown> =>
  sql`st_setsrid(st_force2d(st_geomfromgeojson(${sql.ref(column)}::text)), 4326)`

/** SQL for the geometry as delivered: only when it is not WGS-84. */
export const deliveredGeometry = sql`case when i.source_geometry is null then null
  else st_setsrid(st_geomfromgeojson(i.source_geometry::text), 0) end`

/**
 * Assignments that say where an updated row's coordinates came from. They stay when a person changes other things than
 * the geometry; an import always tells.
 */
export function provenanceOf(table: string, isUnmoved: RawBuilder<unknown>, given: Provenance): RawBuilder<unknown> {
  const keep = given.import_id === null ? isUnmoved : sql`false`
  const column = (name: string, value: RawBuilder<unknown>) =>
    sql`${sql.ref(name)} = case when ${keep} then ${sql.ref(`${table}.${name}`)} else ${value} end`
  return sql.join([
    column('source_crs', sql`${given.source_crs}`),
    column('source_geom', sql`i.source_geom`),
    column('conversion', sql`${given.conversion}`),
    sql`import_id = coalesce(${given.import_id}::bigint, ${sql.ref(`${table}.import_id`)})`,
  ])
}

/** A row without an external id takes the one that is delivered, with its source: the pair finds it the next time. */
export const adoptedIdentity = (table: string): RawBuilder<unknown> => {
  const stored = sql.ref(`${table}.external_id`)
  return sql`external_id = coalesce(${stored}, i.external_id),
        source = case when ${stored} is null and i.external_id is not null then i.source
                      else ${sql.ref(`${table}.source`)} end`
}

export function outcomeOf(resolved: Resolved[], changed: { id: number }[]): WrittenRow[] {
  const changedIds = new Set(changed.map((row) => row.id))
  return resolved
    .filter((row) => row.problem === null)
    .map((row) => ({
      n: row.n,
      id: row.id,
      outcome: row.is_new ? 'created' : changedIds.has(row.id) ? 'updated' : 'unchanged',
    }))
}

export const refusedOf = (resolved: Resolved[], column = 'geometry', code = 'invalid_geometry'): RefusedRow[] =>
  resolved.filter((row) => row.problem !== null).map((row) => ({ n: row.n, column, code, detail: row.problem! }))

/** Rows that were not refused, with their ids. */
export const acceptedRows = <Row extends object>(rows: Row[], resolved: Resolved[]) =>
  resolved.filter((row) => row.problem === null).map((row) => ({ ...rows[row.n]!, id: row.id, is_new: row.is_new }))

export const touched = (written: WrittenRow[]): number[] =>
  written.filter((row) => row.outcome !== 'unchanged').map((row) => row.id)

/** Runs a statement that returns rows. */
export async function rowsOf<Row>(trx: Db, statement: RawBuilder<unknown>): Promise<Row[]> {
  return (await statement.execute(trx)).rows as Row[]
}

/** Calendar day of the change in the time zone of the offices, YYYY-MM-DD. */
export async function dayOfChange(trx: Db): Promise<string> {
  const [row] = await rowsOf<{ today: string }>(trx, sql`select app_today() as today`)
  return row!.today
}
