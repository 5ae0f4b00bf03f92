import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { containsText, heldAt, inRegion, intersectsBbox, isOneOf, tableAt } from '../http/filters.ts'
import { allOf, findingCounts, hasFinding, type PlaceConditions, placeFacets } from '../http/place-queries.ts'
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

const schoolFeature = sql<string>`json_build_object(
  'type', 'Feature', 'id', s.id,
  'geometry', st_asgeojson(coalesce(s.boundary, s.position), 9)::json,
  'properties', json_build_object(
    'name', s.name, 'kinds', s.kinds, 'status', s.status, 'region_code', s.region_code,
    'station_code', s.station_code, 'address', s.address, 'students', s.students,
    'established_on', s.established_on, 'closed_on', s.closed_on, 'closed_reason', s.closed_reason,
    'is_point_only', s.boundary is null, 'position', json_build_array(st_x(s.position), st_y(s.position)),
    'position_error_m', s.position_error_m, 'gates', coalesce(g.n, 0), 'findings', coalesce(f.n, 0),
    'source', s.source, 'external_id', s.external_id, 'source_crs', s.source_crs, 'conversion', s.conversion,
    'version', s.version, 'valid_from', s.valid_from))::text`

/** Features of the rows `select * from schools ...`, with their numbers of open gates and findings. */
const schoolFeatures = (rows: RawBuilder<unknown>, as_of: string | undefined) => sql`
  with page as materialized (${rows})
  select s.id, ${schoolFeature} as feature
  from page s
  left join (select g.school_id as id, count(*) as n from ${tableAt('school_gates', as_of)} g
             where g.status = 'open' and g.school_id in (select id from page) group by 1) as g on g.id = s.id
  left join (${findingCounts('school_id', as_of, sql`page`)}) as f on f.id = s.id
  order by s.id`

function schoolConditions(filter: SchoolFilter): PlaceConditions {
  return {
    shared: [
      ...(filter.bbox === undefined ? [] : [intersectsBbox('s.position', filter.bbox)]),
      ...(filter.q === undefined ? [] : [containsText(['s.name', 's.address'], filter.q)]),
    ],
    kind: filter.kind !== undefined && sql`s.kinds && ${filter.kind.split(',')}::text[]`,
    status: filter.status === undefined ? sql`s.status <> 'closed'` : isOneOf('s.status', filter.status),
    region: filter.region !== undefined && inRegion('s', filter.region),
    finding: hasFinding('s.id', 'school_id', filter),
  }
}

export async function listSchools(db: Db, filter: SchoolFilter): Promise<Page> {
  const where = allOf(schoolConditions(filter))
  const from = sql`${tableAt('schools', filter.as_of)} s`
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const page = sql`select s.* from ${from} where ${where} and ${afterId('s.id', filter.cursor)}
                   order by s.id limit ${limit + 1}`
  const rows = await rowsOf<{ id: number; feature: string }>(db, schoolFeatures(page, filter.as_of))
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

/** One campus as GeoJSON text with its bell times; undefined when there is none. */
export async function findSchool(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const row = sql`select s.* from ${tableAt('schools', as_of)} s where s.id = ${id}`
  const [found] = await rowsOf<{ feature: string }>(
    db,
    sql`
    select (jsonb_set(one.feature::jsonb, '{properties,bell_times}', coalesce((
        select jsonb_agg(jsonb_build_object('period', b.period, 'day_type', b.day_type, 'weekdays', b.weekdays,
                 'starts', to_char(b.starts, 'HH24:MI'), 'ends', to_char(b.ends, 'HH24:MI'), 'label', b.label)
                 order by b.day_type, b.weekdays, b.starts)
        from bell_times b where b.school_id = ${id} and ${heldAt('b', as_of)}), '[]'::jsonb)))::text as feature
    from (${schoolFeatures(row, as_of)}) as one`,
  )
  return found?.feature
}

export const schoolFacets = (db: Db, filter: SchoolFilter): Promise<Record<string, unknown>> =>
  placeFacets(db, {
    from: sql`${tableAt('schools', filter.as_of)} s`,
    alias: 's',
    key: 'school_id',
    kinds: sql`s.kinds`,
    conditions: schoolConditions(filter),
    filter,
  })

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
