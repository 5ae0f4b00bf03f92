import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { all, type Condition, escapeLike } from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface SearchHit {
  type: 'school' | 'venue' | 'stall' | 'region' | 'road'
  id: number
  name: string
  detail: string | null
  position: [number, number]
  bbox?: [number, number, number, number] | null
}

/**
 * Rows of one layer that are ranked at all. A word such as 店 is in every second name: the first thousand are as good
 * an answer as any, and ranking a million would take seconds.
 */
const CANDIDATES = 1000

/** Every word of the query is part of one of the columns. */
const hasWords = (columns: string[], words: string[]): Condition =>
  all(
    words.map((word) => {
      const pattern = `%${escapeLike(word)}%`
      return sql`(${sql.join(
        columns.map((column) => sql`${sql.ref(column)} ilike ${pattern}`),
        sql` or `,
      )})`
    }),
  )

const regionName = (code: string) => sql`(select r.name from regions r where r.code = ${sql.ref(code)})`

const boxOf = (geometry: RawBuilder<unknown>) => sql`json_build_array(
  st_xmin(${geometry}), st_ymin(${geometry}), st_xmax(${geometry}), st_ymax(${geometry}))`

/** Open schools, venues, stalls, regions and roads by words in name or address; the best matches first. */
export async function searchPlaces(db: Db, q: string, limit: number): Promise<SearchHit[]> {
  const words = q.split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const venue = sql`select 'venue' as type, 1 as layer, v.id, v.name, v.address, v.region_code, v.position as place,
                           null::geometry as area from venues v where v.status <> 'closed'`
  const candidates = sql.lit(CANDIDATES)
  return rowsOf<SearchHit>(
    db,
    sql`
    with school as (
      select 'school' as type, 0 as layer, s.id, s.name, s.address, s.region_code, s.position as place, s.boundary as area
      from schools s where s.status <> 'closed' and ${hasWords(['s.name', 's.address'], words)} limit ${candidates}
    ), named_venue as materialized (
      ${venue} and ${hasWords(['v.name'], words)} limit ${candidates}
    ), addressed_venue as (
      -- Only names have an index; addresses are read when names do not fill the answer.
      ${venue} and (select count(*) from named_venue) < ${limit} and not (${hasWords(['v.name'], words)})
        and ${hasWords(['v.name', 'v.address'], words)} limit ${candidates}
    ), stall as (
      select 'stall' as type, 2 as layer, t.id, coalesce(t.name, t.goods) as name, t.goods as address, t.region_code,
             t.position as place, null::geometry as area
      from stall_sightings t where t.status = 'present' and ${hasWords(['t.name', 't.goods'], words)} limit ${candidates}
    ), region as (
      select 'region' as type, 3 as layer, r.id, r.name, null::text as address, r.parent_code as region_code,
             st_pointonsurface(r.boundary) as place, r.boundary as area
      from regions r where ${hasWords(['r.name', 'r.name_en', 'r.code'], words)} limit ${candidates}
    ), edge as (
      -- Edges of one name within about 1 km of each other are one street.
      select e.*, st_clusterdbscan(e.geom, 0.01, 1) over (partition by e.name) as street
      from (select id, name, geom from road_edges e where e.status = 'open' and ${hasWords(['e.name'], words)}
            limit ${candidates}) as e
    ), road as (
      select 'road' as type, 4 as layer, min(e.id) as id, e.name, null::text as address, null::text as region_code,
             (array_agg(st_lineinterpolatepoint(e.geom, 0.5) order by e.id))[1] as place,
             st_collect(e.geom) as area
      from edge e group by e.name, e.street
    ), hit as (
      select * from school union all select * from named_venue union all select * from addressed_venue
      union all select * from stall union all select * from region union all select * from road
    ), best as (
      select *, row_number() over (order by (name = ${q}) desc, starts_with(name, ${words[0]}) desc, layer,
                                            length(name), name, id) as rank
      from hit order by rank limit ${limit}
    )
    select type, id, name,
           coalesce(address, ${regionName('best.region_code')},
                    case when type = 'road' then (select r.name from regions r
                                                  where r.code = region_at(place, 'admin')) end) as detail,
           json_build_array(st_x(place), st_y(place)) as position,
           case when area is not null then ${boxOf(sql`area`)} end as bbox
    from best order by rank`,
  )
}
