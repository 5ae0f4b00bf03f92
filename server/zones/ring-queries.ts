import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Scope } from '../http/scope.ts'
import { FROM_ROLE } from './roles.ts'

/**
 * Brings the drawn rings of the schools in scope up to date: one per school and distinct (from, metric, threshold) of
 * the rules in force that count the school. For display only: 32 segments per quadrant cut a 200 m circle by 0.06 m.
 * Walking zones are drawn as the straight-line area that their screening uses.
 */
export async function redrawRings(trx: Db, scope: Scope): Promise<number> {
  if (scope.of === 'nothing' || scope.of === 'venues' || scope.of === 'stalls') return 0
  const ofEndpoints = scope.of === 'schools' ? sql`and e.school_id = any(${scope.ids}::bigint[])` : sql``
  const ofZones = scope.of === 'schools' ? sql`and z.school_id = any(${scope.ids}::bigint[])` : sql``
  await sql`create temp table if not exists desired_rings on commit delete rows as
      select school_id, measure_from, metric, threshold_m, rule_codes, region_code, geom
      from zones with no data`.execute(trx)
  await sql`truncate desired_rings`.execute(trx)
  await sql`insert into desired_rings (school_id, measure_from, metric, threshold_m, rule_codes, region_code, geom)
    ${desiredRings(ofEndpoints)}`.execute(trx)
  const { rows } = await sql<{ changed: number }>`
    with closed as (
      update zones z set valid_to = app_now()
      where z.valid_to is null ${ofZones} and not exists (
        select from desired_rings d
        where d.school_id = z.school_id and d.measure_from = z.measure_from and d.metric = z.metric
          and d.threshold_m = z.threshold_m and d.rule_codes = z.rule_codes and d.geom = z.geom
          and d.region_code is not distinct from z.region_code)
      returning 1)
    select count(*)::int as changed from closed`.execute(trx)
  const opened = await sql<{ changed: number }>`
    with opened as (
      insert into zones (school_id, measure_from, metric, threshold_m, rule_codes, region_code, geom, valid_from)
      select d.school_id, d.measure_from, d.metric, d.threshold_m, d.rule_codes, d.region_code, d.geom, app_now()
      from desired_rings d
      where not exists (
        select from zones z
        where z.valid_to is null and z.school_id = d.school_id and z.measure_from = d.measure_from
          and z.metric = d.metric and z.threshold_m = d.threshold_m)
      returning 1)
    select count(*)::int as changed from opened`.execute(trx)
  return (rows[0]?.changed ?? 0) + (opened.rows[0]?.changed ?? 0)
}

function desiredRings(ofEndpoints: RawBuilder<unknown>): RawBuilder<unknown> {
  const fromRole = sql`case r.measure_from ${sql.join(
    Object.entries(FROM_ROLE).map(([name, bit]) => sql`when ${sql.lit(name)} then ${sql.lit(bit)}`),
    sql` `,
  )} end`
  return sql`
    with rule as materialized (
      select r.*, ${fromRole} as from_role from rules_in_force r where r.threshold_m > 0
    ), ring as (
      select e.school_id, e.region_code, r.measure_from, r.metric, r.threshold_m,
             array_agg(distinct r.code order by r.code) as rule_codes,
             st_union(distinct e.geom_m) as origin_m
      from school_endpoints e
      join rule r on e.roles & r.from_role <> 0 and e.fallback_roles & r.from_role = 0
       and r.school_kinds && e.kinds and starts_with(coalesce(e.region_code, ''), r.jurisdiction_prefix)
      where true ${ofEndpoints}
      group by e.school_id, e.region_code, r.measure_from, r.metric, r.threshold_m
    )
    select school_id, measure_from, metric, threshold_m, rule_codes, region_code,
           st_multi(st_transform(st_buffer(origin_m, threshold_m, 'quad_segs=32'), 4326))
    from ring`
}
