import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { cutPage, decodeCursor, type Page } from '../http/collection.ts'
import {
  all,
  type Condition,
  containsText,
  heldAt,
  inRegion,
  intersectsBbox,
  isOneOf,
  tableAt,
} from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface SchoolFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  kind?: string
  status?: string
  state?: string
  rule?: string
}

const schoolFeature = (as_of: string | undefined) => sql<string>`json_build_object(
  'type', 'Feature', 'id', s.id,
  'geometry', st_asgeojson(coalesce(s.boundary, s.position), 9)::json,
  'properties', json_build_object(
    'name', s.name, 'kinds', s.kinds, 'status', s.status, 'region_code', s.region_code,
    'station_code', s.station_code, 'address', s.address, 'students', s.students,
    'established_on', s.established_on, 'closed_on', s.closed_on, 'closed_reason', s.closed_reason,
    'is_point_only', s.boundary is null, 'position', json_build_array(st_x(s.position), st_y(s.position)),
    'position_error_m', s.position_error_m,
    'gates', (select count(*) from ${tableAt('school_gates', as_of)} g where g.school_id = s.id and g.status = 'open'),
    'findings', (select count(*) from findings f where f.school_id = s.id and ${heldAt('f', as_of)}),
    'source', s.source, 'external_id', s.external_id, 'source_crs', s.source_crs, 'conversion', s.conversion,
    'version', s.version, 'valid_from', s.valid_from))::text`

/** Conditions of a filter, each named by its facet, so that a facet can leave its own out. */
export function schoolConditions(filter: SchoolFilter): Record<string, Condition | false> {
  const { as_of } = filter
  const hasFinding = (condition: Condition) => sql`exists (
    select from findings f join rules r on r.id = f.rule_id
    where f.school_id = s.id and ${heldAt('f', as_of)} and ${condition})`
  return {
    bbox: filter.bbox !== undefined && intersectsBbox('s.position', filter.bbox),
    region: filter.region !== undefined && inRegion('s', filter.region),
    q: filter.q !== undefined && containsText(['s.name', 's.address'], filter.q),
    kind: filter.kind !== undefined && sql`s.kinds && ${filter.kind.split(',')}::text[]`,
    status: filter.status === undefined ? sql`s.status <> 'closed'` : isOneOf('s.status', filter.status),
    state: filter.state !== undefined && hasFinding(isOneOf('f.state', filter.state)),
    rule: filter.rule !== undefined && hasFinding(isOneOf('r.code', filter.rule)),
  }
}

export async function listSchools(db: Db, filter: SchoolFilter): Promise<Page> {
  const where = all(Object.values(schoolConditions(filter)))
  const from = tableAt('schools', filter.as_of)
  const after = filter.cursor === undefined ? sql`true` : sql`s.id > ${decodeCursor(filter.cursor, 1)[0]}`
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} s where ${where}`,
  )
  const rows = await rowsOf<{ id: number; feature: string }>(
    db,
    sql`select s.id, ${schoolFeature(filter.as_of)} as feature from ${from} s where ${where} and ${after}
        order by s.id limit ${limit + 1}`,
  )
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

/** One campus as GeoJSON text with its bell times; undefined when there is none. */
export async function findSchool(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const [row] = await rowsOf<{ feature: string }>(
    db,
    sql`
    select (jsonb_set(f.feature::jsonb, '{properties,bell_times}', coalesce((
        select jsonb_agg(jsonb_build_object('period', b.period, 'day_type', b.day_type, 'weekdays', b.weekdays,
                 'starts', to_char(b.starts, 'HH24:MI'), 'ends', to_char(b.ends, 'HH24:MI'), 'label', b.label)
                 order by b.day_type, b.weekdays, b.starts)
        from bell_times b where b.school_id = ${id} and ${heldAt('b', as_of)}), '[]'::jsonb)))::text as feature
    from (select ${schoolFeature(as_of)} as feature from ${tableAt('schools', as_of)} s where s.id = ${id}) as f`,
  )
  return row?.feature
}

export async function schoolFacets(db: Db, filter: SchoolFilter): Promise<Record<string, unknown>> {
  const conditions = schoolConditions(filter)
  const without = (name: string) =>
    all(
      Object.entries(conditions)
        .filter(([key]) => key !== name)
        .map(([, c]) => c),
    )
  const from = tableAt('schools', filter.as_of)
  const facet = (values: Condition, name: string) => sql`(
    select coalesce(json_agg(json_build_object('value', value, 'count', n) order by n desc, value), '[]'::json) from (
      select value, count(distinct s.id)::int as n from ${from} s cross join lateral (${values}) as v(value)
      where value is not null and ${without(name)} group by value) as t)`
  const [row] = await rowsOf<Record<string, unknown>>(
    db,
    sql`select
      (select count(*)::int from ${from} s where ${all(Object.values(conditions))}) as "numberMatched",
      ${facet(sql`select unnest(s.kinds)`, 'kind')} as kind,
      ${facet(sql`select s.status`, 'status')} as status,
      ${facet(sql`select s.region_code`, 'region')} as region,
      ${facet(sql`select distinct f.state from findings f where f.school_id = s.id and ${heldAt('f', filter.as_of)}`, 'state')} as state`,
  )
  return row ?? {}
}

/** Version, status and exact geometry of the stored row, locked for a change. */
export async function lockSchool(trx: Db, id: number) {
  const [row] = await rowsOf<{ version: number; status: string; geometry: object }>(
    trx,
    sql`select version, status, st_asgeojson(coalesce(boundary, position), 15)::json as geometry
        from schools where id = ${id} for update`,
  )
  return row
}

export const ownersOfGates = (trx: Db, gateIds: number[]): Promise<{ id: number; school_id: number }[]> =>
  rowsOf(trx, sql`select id, school_id from school_gates where id = any(${gateIds}::bigint[])`)
