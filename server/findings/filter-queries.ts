import { type RawBuilder, sql } from 'kysely'
import {
  all,
  type Condition,
  containsText,
  escapeLike,
  heldAt,
  isOneOf,
  parseBbox,
  regionPrefix,
  tableAt,
} from '../http/filters.ts'

export interface FindingFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  state?: string
  rule?: string
  kind?: string
  school_kind?: string
  severity?: string
  school_id?: number
  venue_id?: number
  stall_id?: number
  inside?: boolean
  ended?: boolean
  sort?: 'id' | 'distance_m'
}

export interface FindingConditions {
  /** Filters without a facet of their own. */
  shared: Condition[]
  state: Condition | false
  venue_kind: Condition | false
  rule: Condition | false
  school_kind: Condition | false
  region: Condition | false
}

export const allOf = ({ shared, ...faceted }: FindingConditions): Condition =>
  all([...shared, ...Object.values(faceted)])

/** findings f, with the names of both ends only when a text is looked for. */
export const fromFindings = ({ q, as_of }: FindingFilter): RawBuilder<unknown> =>
  q === undefined
    ? sql`findings f`
    : sql`findings f
        join ${tableAt('schools', as_of)} qs on qs.id = f.school_id
        left join ${tableAt('venues', as_of)} qv on qv.id = f.venue_id
        left join ${tableAt('stall_sightings', as_of)} qt on qt.id = f.stall_id`

/** Half the width of the metric zone that is searched, in degrees of longitude; places lie within 3.3. */
const ZONE_REACH_DEG = 5

/**
 * Whether the measured line meets the bbox. The bbox is brought to the metric CRS once per query; far from the zone's
 * meridian there is no such projection, and no finding. A line of no length (a venue inside the campus) is invalid to
 * GEOS, which then answers now so, now otherwise: its end decides.
 */
function lineMeets(text: string): Condition {
  const [minLon, minLat, maxLon, maxLat] = parseBbox(text)
  const box = sql`(
    select case when ${minLon}::float8 < lon + ${sql.lit(ZONE_REACH_DEG)}
                 and ${maxLon}::float8 > lon - ${sql.lit(ZONE_REACH_DEG)}
      then to_measure(st_segmentize(st_makeenvelope(
             greatest(${minLon}::float8, lon - ${sql.lit(ZONE_REACH_DEG)}), greatest(${minLat}::float8, -80),
             least(${maxLon}::float8, lon + ${sql.lit(ZONE_REACH_DEG)}), least(${maxLat}::float8, 84), 4326), 0.1)) end
    from (select 75 + 3 * (value::text::int - 4534) as lon from settings where key = 'measure_srid') as zone)`
  return sql`(st_intersects(${box}, st_endpoint(f.line_m)) or st_intersects(${box}, f.line_m))`
}

function rowsHeld({ ended, as_of }: FindingFilter): Condition {
  if (!ended) return heldAt('f', as_of)
  return as_of === undefined ? sql`true` : sql`f.valid_from <= ${as_of}::timestamptz`
}

/** Rows where the venue stands in the region's subtree, or in a police station's area. */
const standsIn = (code: string, as_of: string | undefined): Condition => sql`(
  f.region_code like ${`${escapeLike(regionPrefix(code))}%`}
  or f.venue_id in (select id from ${tableAt('venues', as_of)} v where v.station_code = ${code})
  or f.stall_id in (select id from ${tableAt('stall_sightings', as_of)} t where t.station_code = ${code}))`

/** Conditions of a filter, each named by its facet, so that a facet can leave its own out. */
export function conditionsOf(filter: FindingFilter): FindingConditions {
  const { as_of } = filter
  const shared = [
    rowsHeld(filter),
    filter.bbox !== undefined && lineMeets(filter.bbox),
    filter.q !== undefined && containsText(['qs.name', 'qv.name', 'qv.address', 'qt.name', 'qt.goods'], filter.q),
    // The severity that applied is that of the rule's version, on file when the rule has changed since.
    filter.severity !== undefined &&
      sql`(f.rule_id, f.rule_version) in (
        select r.id, r.version from rules r where ${isOneOf('r.severity', filter.severity)}
        union all select r.id, r.version from rules_history r where ${isOneOf('r.severity', filter.severity)})`,
    filter.school_id !== undefined && sql`f.school_id = ${filter.school_id}`,
    filter.venue_id !== undefined && sql`f.venue_id = ${filter.venue_id}`,
    filter.stall_id !== undefined && sql`f.stall_id = ${filter.stall_id}`,
    filter.inside !== undefined && sql`f.is_inside = ${filter.inside}`,
  ]
  return {
    shared: shared.filter((condition): condition is Condition => condition !== false),
    state: filter.state !== undefined && isOneOf('f.state', filter.state),
    venue_kind: filter.kind !== undefined && isOneOf('f.venue_kind', filter.kind),
    rule:
      filter.rule !== undefined && sql`f.rule_id in (select r.id from rules r where ${isOneOf('r.code', filter.rule)})`,
    school_kind:
      filter.school_kind !== undefined &&
      sql`f.school_id in (select s.id from ${tableAt('schools', as_of)} s
                          where s.kinds && ${filter.school_kind.split(',')}::text[])`,
    region: filter.region !== undefined && standsIn(filter.region, as_of),
  }
}
