import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { all, containsText, inRegion, intersectsBbox, isOneOf, tableAt } from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface GateFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  school_id?: number
  status?: string
}

const gateFeature = sql<string>`json_build_object(
  'type', 'Feature', 'id', g.id, 'geometry', st_asgeojson(g.position, 9)::json,
  'properties', json_build_object(
    'school_id', g.school_id, 'name', g.name, 'kind', g.kind, 'is_student_gate', g.is_student_gate, 'status', g.status,
    'opened_on', g.opened_on, 'closed_on', g.closed_on, 'closed_reason', g.closed_reason,
    'position_error_m', g.position_error_m, 'source', g.source, 'external_id', g.external_id,
    'source_crs', g.source_crs, 'conversion', g.conversion, 'version', g.version, 'valid_from', g.valid_from))::text`

export async function listGates(db: Db, filter: GateFilter): Promise<Page> {
  const from = sql`${tableAt('school_gates', filter.as_of)} g join ${tableAt('schools', filter.as_of)} s on s.id = g.school_id`
  const where = all([
    filter.bbox !== undefined && intersectsBbox('g.position', filter.bbox),
    filter.region !== undefined && inRegion('s', filter.region),
    filter.q !== undefined && containsText(['g.name', 's.name'], filter.q),
    filter.school_id !== undefined && sql`g.school_id = ${filter.school_id}`,
    filter.status === undefined ? sql`g.status = 'open'` : isOneOf('g.status', filter.status),
  ])
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const rows = await rowsOf<{ id: number; feature: string }>(
    db,
    sql`select g.id, ${gateFeature} as feature from ${from} where ${where} and ${afterId('g.id', filter.cursor)}
        order by g.id limit ${limit + 1}`,
  )
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

export async function findGate(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const [row] = await rowsOf<{ feature: string }>(
    db,
    sql`select ${gateFeature} as feature from ${tableAt('school_gates', as_of)} g where g.id = ${id}`,
  )
  return row?.feature
}

export async function lockGate(trx: Db, id: number) {
  const [row] = await rowsOf<{ version: number; status: string; school_id: number; geometry: object }>(
    trx,
    sql`select version, status, school_id, st_asgeojson(position, 15)::json as geometry
        from school_gates where id = ${id} for update`,
  )
  return row
}
