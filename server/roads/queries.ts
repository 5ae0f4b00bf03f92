import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { all, containsText, intersectsBbox, isOneOf, tableAt } from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface RoadFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  class?: string
}

const roadFeature = sql<string>`json_build_object(
  'type', 'Feature', 'id', e.id, 'geometry', st_asgeojson(e.geom, 9)::json,
  'properties', json_build_object(
    'name', e.name, 'class', e.class, 'oneway', e.oneway, 'is_bridge', e.is_bridge, 'crossing', e.crossing,
    'foot', e.foot, 'bicycle', e.bicycle, 'car', e.car, 'length_m', e.length_m, 'source', e.source,
    'external_id', e.external_id, 'source_crs', e.source_crs, 'conversion', e.conversion, 'version', e.version,
    'valid_from', e.valid_from))::text`

export async function listRoads(db: Db, filter: RoadFilter): Promise<Page> {
  const from = sql`${tableAt('road_edges', filter.as_of)} e`
  const where = all([
    sql`e.status = 'open'`,
    filter.bbox !== undefined && intersectsBbox('e.geom', filter.bbox),
    // Roads cross borders, so they carry no region code: those that touch the region.
    filter.region !== undefined &&
      sql`exists (select from ${tableAt('regions', filter.as_of)} r where r.code = ${filter.region}
                    and r.boundary && e.geom and st_intersects(r.boundary, e.geom))`,
    filter.q !== undefined && containsText(['e.name'], filter.q),
    filter.class !== undefined && isOneOf('e.class', filter.class),
  ])
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const rows = await rowsOf<{ id: number; feature: string }>(
    db,
    sql`select e.id, ${roadFeature} as feature from ${from} where ${where} and ${afterId('e.id', filter.cursor)}
        order by e.id limit ${limit + 1}`,
  )
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

export async function findRoad(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const [row] = await rowsOf<{ feature: string }>(
    db,
    sql`select ${roadFeature} as feature from ${tableAt('road_edges', as_of)} e where e.id = ${id}`,
  )
  return row?.feature
}
