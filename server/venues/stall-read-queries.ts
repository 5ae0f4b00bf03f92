import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { all, containsText, inRegion, intersectsBbox, isOneOf, tableAt } from '../http/filters.ts'
import { findingCounts, hasFinding } from '../http/place-queries.ts'
import { rowsOf } from '../http/writing.ts'

export interface StallFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  status?: string
  state?: string
  rule?: string
}

const stallFeature = sql<string>`json_build_object(
  'type', 'Feature', 'id', t.id, 'geometry', st_asgeojson(t.position, 9)::json,
  'properties', json_build_object(
    'name', t.name, 'stall_type', t.stall_type, 'status', t.status, 'goods', t.goods, 'sighted_at', t.sighted_at,
    'cleared_on', t.cleared_on, 'cleared_reason', t.cleared_reason, 'region_code', t.region_code,
    'station_code', t.station_code, 'position_error_m', t.position_error_m, 'findings', coalesce(f.n, 0),
    'source', t.source, 'external_id', t.external_id, 'source_crs', t.source_crs, 'conversion', t.conversion,
    'version', t.version, 'valid_from', t.valid_from))::text`

/** Features of the rows `select * from stall_sightings ...`. */
const stallFeatures = (rows: RawBuilder<unknown>, as_of: string | undefined) => sql`
  with page as materialized (${rows})
  select t.id, ${stallFeature} as feature
  from page t
  left join (${findingCounts('stall_id', as_of, sql`page`)}) as f on f.id = t.id
  order by t.id`

export async function listStalls(db: Db, filter: StallFilter): Promise<Page> {
  const from = sql`${tableAt('stall_sightings', filter.as_of)} t`
  const where = all([
    filter.bbox !== undefined && intersectsBbox('t.position', filter.bbox),
    filter.region !== undefined && inRegion('t', filter.region),
    filter.q !== undefined && containsText(['t.name', 't.goods'], filter.q),
    filter.status === undefined ? sql`t.status = 'present'` : isOneOf('t.status', filter.status),
    hasFinding('t.id', 'stall_id', filter),
  ])
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const page = sql`select t.* from ${from} where ${where} and ${afterId('t.id', filter.cursor)}
                   order by t.id limit ${limit + 1}`
  const rows = await rowsOf<{ id: number; feature: string }>(db, stallFeatures(page, filter.as_of))
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

export async function findStall(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const row = sql`select t.* from ${tableAt('stall_sightings', as_of)} t where t.id = ${id}`
  const [found] = await rowsOf<{ feature: string }>(db, stallFeatures(row, as_of))
  return found?.feature
}

/** Version, status and exact position of the stored row, locked for a change. */
export async function lockStall(trx: Db, id: number) {
  const [row] = await rowsOf<{ version: number; status: string; geometry: object }>(
    trx,
    sql`select version, status, st_asgeojson(position, 15)::json as geometry
        from stall_sightings where id = ${id} for update`,
  )
  return row
}
