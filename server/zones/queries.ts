import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { all, containsText, envelopeOf, heldAt, inRegion, tableAt } from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface ZoneFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  school_id?: number
  rule?: string
  threshold_m?: number
}

const zoneFeature = sql<string>`json_build_object(
  'type', 'Feature', 'id', z.id, 'geometry', st_asgeojson(z.geom, 9)::json,
  'properties', json_build_object(
    'school_id', z.school_id, 'school_name', s.name, 'measure_from', z.measure_from, 'metric', z.metric,
    'threshold_m', z.threshold_m, 'rule_codes', z.rule_codes, 'region_code', z.region_code,
    'valid_from', z.valid_from))::text`

export async function listZones(db: Db, filter: ZoneFilter): Promise<Page> {
  const from = sql`zones z join ${tableAt('schools', filter.as_of)} s on s.id = z.school_id`
  const where = all([
    heldAt('z', filter.as_of),
    // The index is on the Web Mercator column, which has no poles.
    filter.bbox !== undefined && sql`z.geom_3857 && st_transform(${envelopeOf(filter.bbox, 85)}, 3857)`,
    filter.region !== undefined && inRegion('s', filter.region),
    filter.q !== undefined && containsText(['s.name', 's.address'], filter.q),
    filter.school_id !== undefined && sql`z.school_id = ${filter.school_id}`,
    filter.rule !== undefined && sql`z.rule_codes && ${filter.rule.split(',')}::text[]`,
    filter.threshold_m !== undefined && sql`z.threshold_m = ${filter.threshold_m}`,
  ])
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const rows = await rowsOf<{ id: number; feature: string }>(
    db,
    sql`select z.id, ${zoneFeature} as feature from ${from} where ${where} and ${afterId('z.id', filter.cursor)}
        order by z.id limit ${limit + 1}`,
  )
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}
