import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../http/scope.ts'
import { FROM_ROLE, TO_ROLE } from '../zones/roles.ts'

/**
 * The detection statement: rules x schools x venues -> candidates, exact distance, state.
 *
 * Exactness. Distances are planar in a CGCS2000 3-degree zone divided by the projection's scale factor at the middle of
 * the measured line; within 3 degrees of the meridian this agrees with the geodesic (GeographicLib) to 0.01 mm.
 * Candidates use the scale at the venue, which is off by under 0.2 mm at 600 m, so a slack of 1 mm loses none, and every
 * number that decides or is stored comes from the measured line itself.
 *
 * Speed. `probe` is one row per distinct geometric test, so that rules sharing a radius share one index scan; places
 * with one endpoint only (nearly all) skip the sort that finds the nearest of several.
 */
const roleCase = (column: string, roles: Record<string, number>) =>
  sql`case ${sql.ref(column)} ${sql.join(
    Object.entries(roles).map(([name, bit]) => sql`when ${sql.lit(name)} then ${sql.lit(bit)}`),
    sql` `,
  )} end`

const SLACK_M = 0.001
/** Upper bound of the scale factor within 3.3 degrees of the meridian, any latitude. */
const MAX_SCALE = 1.002

export interface EndpointSources {
  /** Relations shaped like school_endpoints and venue_endpoints; siting checks pass an unsaved place instead. */
  schools: RawBuilder<unknown>
  venues: RawBuilder<unknown>
}

const STORED: EndpointSources = { schools: sql`school_endpoints`, venues: sql`venue_endpoints` }

/** CTEs ending in `candidate`: the nearest endpoint pair per rule, school and place within reach of the threshold. */
export function candidates(scope: Scope, sources: EndpointSources = STORED): RawBuilder<unknown> {
  const onlyRules = scope.of === 'rules' ? sql`where r.id = any(${scope.ids}::bigint[])` : sql``
  return sql`
    rule as materialized (
      select r.*, ${roleCase('r.measure_from', FROM_ROLE)} as from_role, ${roleCase('r.measure_to', TO_ROLE)} as to_role
      from rules_in_force r
      ${onlyRules}
    ), probe as materialized (
      select from_role, to_role, threshold_m, array_agg(distinct kind) as venue_kinds
      from rule, unnest(rule.venue_kinds) as kind
      group by from_role, to_role, threshold_m
    ), uncertainty as materialized (
      -- The largest combined position error, so that the search radius depends on neither side of the join.
      select sqrt(power(coalesce((select max(error_m) from ${sources.schools} as e), 0), 2)
                + power(coalesce((select max(error_m) from ${sources.venues} as e), 0), 2)) as reach_m
    ), pair as materialized (
      select p.from_role, p.to_role, p.threshold_m, s.id as school_endpoint_id, s.school_id, s.gate_id, s.kinds,
             s.region_code as school_region, v.venue_id, v.stall_id, v.door_id, v.target, v.kind, v.region_code,
             v.opened_on, v.licence_expires_on, v.is_internal, v.venue_version, v.geom_m as venue_geom_m,
             s.is_sole and v.is_sole as is_sole, sqrt(s.error_m * s.error_m + v.error_m * v.error_m) as uncertainty_m,
             st_distance(s.geom_m, v.geom_m) / v.scale as distance_m
      from probe p
      cross join uncertainty u
      ${probeJoin(scope, sources)}
    ), matched as materialized (
      select r.id as rule_id, pair.*,
             case when starts_with(coalesce(pair.school_region, ''), r.jurisdiction_prefix) then
                    case when starts_with(coalesce(pair.region_code, ''), r.jurisdiction_prefix) then 'both' else 'school' end
                  when starts_with(coalesce(pair.region_code, ''), r.jurisdiction_prefix) then 'venue' end as jurisdiction_basis
      from pair
      join rule r on r.from_role = pair.from_role and r.to_role = pair.to_role and r.threshold_m = pair.threshold_m
      where pair.distance_m <= pair.threshold_m + pair.uncertainty_m + ${sql.lit(SLACK_M)}
        and r.school_kinds && pair.kinds
        and pair.kind = any(r.venue_kinds)
    ), candidate as (
      select * from matched where is_sole and jurisdiction_basis is not null
      union all
      select * from (
        select distinct on (rule_id, school_id, venue_id, stall_id) *
        from matched where not is_sole and jurisdiction_basis is not null
        order by rule_id, school_id, venue_id, stall_id, distance_m, gate_id, door_id, target) as nearest
    )`
}

/**
 * Starts from the side the scope names, so that one moved venue costs one index probe; from the schools when everything
 * is asked for, because they are fewer. `offset 0` keeps the planner from turning the join round: it cannot estimate
 * st_dwithin, and 200,000 probes of a small index cost twenty times as much as 2,000 of a large one.
 */
function probeJoin(scope: Scope, { schools, venues }: EndpointSources): RawBuilder<unknown> {
  const within = sql`st_dwithin(s.geom_m, v.geom_m, (p.threshold_m + u.reach_m + ${sql.lit(SLACK_M)}) * ${sql.lit(MAX_SCALE)})`
  const school = sql`(s.roles & p.from_role) <> 0`
  const venue = sql`(v.roles & p.to_role) <> 0 and v.kind = any(p.venue_kinds)`
  if (scope.of === 'venues' || scope.of === 'stalls') {
    const named = scope.of === 'venues' ? sql`v.venue_id` : sql`v.stall_id`
    return sql`join ${venues} as v on ${venue} and ${named} = any(${scope.ids}::bigint[])
      cross join lateral (select s.* from ${schools} as s where ${school} and ${within} offset 0) as s`
  }
  const only = scope.of === 'schools' ? sql`and s.school_id = any(${scope.ids}::bigint[])` : sql``
  return sql`join ${schools} as s on ${school} ${only}
    cross join lateral (select v.* from ${venues} as v where ${venue} and ${within} offset 0) as v`
}

const certainlyInside = sql`case c.comparator when 'lt' then c.exact_m + c.uncertainty_m < c.threshold_m
                                              else c.exact_m + c.uncertainty_m <= c.threshold_m end`
const certainlyOutside = sql`case c.comparator when 'lt' then c.exact_m - c.uncertainty_m >= c.threshold_m
                                               else c.exact_m - c.uncertainty_m > c.threshold_m end`
const inside = sql`case c.comparator when 'lt' then c.exact_m < c.threshold_m else c.exact_m <= c.threshold_m end`

/** Why an existing venue is tolerated, by the rule's policy and dates on record; null when it is not. */
const tolerance = sql`case c.grandfather_policy
    when 'predates_school' then case when c.opened_on < c.established_on then 'predates_school' end
    when 'fixed_date' then case when c.opened_before and c.grandfather_until >= app_today() then 'fixed_date' end
    when 'guided_exit' then case when c.opened_before and coalesce(c.grandfather_until, 'infinity') >= app_today()
                            then 'guided_exit' end
    when 'until_licence_expiry' then case when c.opened_before and c.licence_expires_on >= app_today()
                                     then 'licence_running' end
    when 'at_renewal_or_change' then case when c.opened_before and c.licence_expires_on >= app_today()
                                     then 'licence_running' end
  end`

/** CTEs ending in `detected`: one row per finding that should be current, with evidence and state. */
export function detected(scope: Scope, sources: EndpointSources = STORED): RawBuilder<unknown> {
  return sql`${candidates(scope, sources)}, measured as (
      select c.*, s.origin, s.established_on, s.school_version, s.fallback_roles & c.from_role <> 0 as is_fallback,
             st_shortestline(s.geom_m, c.venue_geom_m) as line_m
      from candidate c
      join ${sources.schools} as s on s.id = c.school_endpoint_id
      offset 0
    ), ended as (
      select m.*, st_length(line_m) as planar_m, st_x(st_startpoint(line_m)) as x1, st_y(st_startpoint(line_m)) as y1,
             st_x(st_endpoint(line_m)) as x2, st_y(st_endpoint(line_m)) as y2
      from measured m offset 0
    ), judged as (
      select e.*, r.version as rule_version, r.comparator, r.metric, r.grandfather_policy, r.grandfather_until,
             r.exempts_internal and e.is_internal as is_exempt,
             e.planar_m / measure_scale((e.x1 + e.x2) / 2, (e.y1 + e.y2) / 2) as exact_m,
             r.grandfather_before is null or coalesce(e.opened_on < r.grandfather_before, false) as opened_before
      from ended e join rule r on r.id = e.rule_id offset 0
    ), detected as (
      select c.rule_id, c.rule_version, c.school_id, c.school_version, c.gate_id, c.origin, c.venue_id, c.stall_id,
             c.venue_version, c.door_id, c.target, c.kind as venue_kind, c.region_code,
             c.jurisdiction_basis,
             case when c.is_exempt then 'exempt'
                  when c.metric = 'walking' or c.is_fallback then 'needs_field_measure'
                  when not ${certainlyInside} then 'borderline'
                  when c.tolerated is not null then 'legacy'
                  else 'suspected' end as state,
             case when c.is_exempt then 'internal_facility'
                  when c.is_fallback then 'no_gate_recorded'
                  when c.metric = 'walking' then 'walking_not_measured'
                  when not ${certainlyInside} then 'within_uncertainty'
                  else c.tolerated end as reason,
             case when c.metric = 'walking' or c.is_fallback then null else ${inside} end as is_inside,
             c.exact_m as distance_m, c.uncertainty_m, c.threshold_m,
             case when c.tolerated is null or c.is_exempt then null
                  when c.tolerated = 'licence_running' then c.licence_expires_on
                  when c.tolerated = 'predates_school' then c.licence_expires_on
                  else c.grandfather_until end as legacy_until,
             c.line_m
      from (select c.*, ${tolerance} as tolerated from judged as c offset 0) as c
      where not ${certainlyOutside}
    )`
}
