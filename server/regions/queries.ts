import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { all, containsText, escapeLike, intersectsBbox, isOneOf, regionPrefix, tableAt } from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface RegionFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  kind?: string
  level?: string
  parent?: string
}

const regionFeature = sql<string>`json_build_object(
  'type', 'Feature', 'id', r.id, 'geometry', st_asgeojson(r.boundary, 9)::json,
  'properties', json_build_object(
    'code', r.code, 'parent_code', r.parent_code, 'kind', r.kind, 'level', r.level, 'name', r.name,
    'name_en', r.name_en, 'source', r.source, 'external_id', r.external_id, 'source_crs', r.source_crs,
    'conversion', r.conversion, 'version', r.version, 'valid_from', r.valid_from))::text`

export async function listRegions(db: Db, filter: RegionFilter): Promise<Page> {
  const from = sql`${tableAt('regions', filter.as_of)} r`
  const where = all([
    filter.bbox !== undefined && intersectsBbox('r.boundary', filter.bbox),
    filter.region !== undefined &&
      sql`(r.code collate "C" like ${`${escapeLike(regionPrefix(filter.region))}%`} or r.parent_code = ${filter.region})`,
    filter.q !== undefined && containsText(['r.name', 'r.name_en', 'r.code'], filter.q),
    filter.kind !== undefined && isOneOf('r.kind', filter.kind),
    filter.level !== undefined && isOneOf('r.level', filter.level),
    filter.parent !== undefined && isOneOf('r.parent_code', filter.parent),
  ])
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const rows = await rowsOf<{ id: number; feature: string }>(
    db,
    sql`select r.id, ${regionFeature} as feature from ${from} where ${where} and ${afterId('r.id', filter.cursor)}
        order by r.id limit ${limit + 1}`,
  )
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

export async function findRegion(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const [row] = await rowsOf<{ feature: string }>(
    db,
    sql`select ${regionFeature} as feature from ${tableAt('regions', as_of)} r where r.id = ${id}`,
  )
  return row?.feature
}

/** Version and exact boundary of the stored row, locked for a change. */
export async function lockRegion(trx: Db, id: number) {
  const [row] = await rowsOf<{ version: number; geometry: object }>(
    trx,
    sql`select version, st_asgeojson(boundary, 15)::json as geometry from regions where id = ${id} for update`,
  )
  return row
}
