import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Scope } from '../http/scope.ts'
import { FROM_ROLE, TO_ROLE } from './roles.ts'

/**
 * Rebuilds the endpoint rows of the schools, venues and stalls in scope from the reference tables, as of app_today().
 * A full rebuild writes them in spatial order (geometry's own `<` is a Hilbert order): neighbours on one page.
 */
export async function rebuildEndpoints(trx: Db, scope: Scope): Promise<void> {
  switch (scope.of) {
    case 'nothing':
    case 'rules':
      return
    case 'schools':
      await sql`delete from school_endpoints where school_id = any(${scope.ids}::bigint[])`.execute(trx)
      return insertSchoolEndpoints(trx, sql`and s.id = any(${scope.ids}::bigint[])`)
    case 'venues':
      await sql`delete from venue_endpoints where venue_id = any(${scope.ids}::bigint[])`.execute(trx)
      return insertVenueEndpoints(trx, sql`and v.id = any(${scope.ids}::bigint[])`, sql`and false`)
    case 'stalls':
      await sql`delete from venue_endpoints where stall_id = any(${scope.ids}::bigint[])`.execute(trx)
      return insertVenueEndpoints(trx, sql`and false`, sql`and t.id = any(${scope.ids}::bigint[])`)
    case 'all':
      await sql`truncate school_endpoints, venue_endpoints`.execute(trx)
      await insertSchoolEndpoints(trx, sql``)
      await insertVenueEndpoints(trx, sql``, sql``)
      await sql`analyze school_endpoints`.execute(trx)
      await sql`analyze venue_endpoints`.execute(trx)
  }
}

const schoolIsOpen = sql`s.status = 'open' and (s.closed_on is null or s.closed_on > app_today())`
const gateIsOpen = sql`g.status = 'open' and (g.opened_on is null or g.opened_on <= app_today())
  and (g.closed_on is null or g.closed_on > app_today())`

/** Boundary (or point), gates and drawn zones of open campuses. */
async function insertSchoolEndpoints(trx: Db, only: RawBuilder<unknown>): Promise<void> {
  await sql`/* prepare school_endpoints */
    insert into school_endpoints (school_id, gate_id, origin, roles, fallback_roles, kinds, region_code, established_on,
                                  school_version, is_sole, error_m, geom_m)
    with school as (
      select s.*, gate.n as gate_count, gate.main_count, gate.student_count
      from schools s
      cross join lateral (
        select count(*) as n, count(*) filter (where g.kind = 'main') as main_count,
               count(*) filter (where g.is_student_gate) as student_count
        from school_gates g where g.school_id = s.id and ${gateIsOpen}) as gate
      where ${schoolIsOpen} ${only}
    ), endpoint as (
      -- Where no such gate is recorded the boundary stands in, and the finding asks for a field measurement.
      select s.id as school_id, null::bigint as gate_id,
             case when s.boundary is null then 'point' else 'boundary' end as origin,
             ${sql.lit(FROM_ROLE.boundary_any | FROM_ROLE.campus_inside)} | missing.roles as roles,
             missing.roles as fallback_roles, true as is_sole, s.position_error_m as error_m,
             coalesce(s.boundary_m, s.position_m) as geom_m, s.version, s.kinds, s.region_code, s.established_on
      from school s
      cross join lateral (select case when s.gate_count = 0 then ${sql.lit(FROM_ROLE.gate_any)} else 0 end
                               | case when s.main_count = 0 then ${sql.lit(FROM_ROLE.gate_main)} else 0 end
                               | case when s.student_count = 0 then ${sql.lit(FROM_ROLE.gate_student)} else 0 end
                               as roles) as missing
      union all
      select s.id, g.id, 'gate',
             ${sql.lit(FROM_ROLE.gate_any)}
             | case when g.kind = 'main' then ${sql.lit(FROM_ROLE.gate_main)} else 0 end
             | case when g.is_student_gate then ${sql.lit(FROM_ROLE.gate_student)} else 0 end,
             0, s.gate_count = 1, g.position_error_m, g.position_m, s.version, s.kinds, s.region_code, s.established_on
      from school s join school_gates g on g.school_id = s.id and ${gateIsOpen}
      union all
      select s.id, null, 'drawn_zone', ${sql.lit(FROM_ROLE.drawn_polygon)}, 0,
             count(*) over (partition by s.id) = 1, 0, d.boundary_m, s.version, s.kinds, s.region_code, s.established_on
      from school s join drawn_zones d on d.school_id = s.id and d.status = 'open'
    )
    select e.school_id, e.gate_id, e.origin, e.roles, e.fallback_roles, e.kinds, e.region_code, e.established_on,
           e.version, e.is_sole, e.error_m, e.geom_m
    from endpoint e
    order by e.geom_m`.execute(trx)
}

/** Doors, footprint and licence point of open venues; the position of stalls that are still there. */
async function insertVenueEndpoints(trx: Db, venues: RawBuilder<unknown>, stalls: RawBuilder<unknown>): Promise<void> {
  const doorRoles = TO_ROLE.door_nearest | TO_ROLE.door_any | TO_ROLE.door_main
  await sql`/* prepare venue_endpoints */
    insert into venue_endpoints (venue_id, stall_id, door_id, target, roles, kind, region_code, opened_on,
                                 licence_expires_on, is_internal, venue_version, is_sole, error_m, scale, geom_m)
    with venue as (
      select v.*, door.entrances, door.mains, door.n as door_count
      from venues v
      left join (
        select venue_id, count(*) as n, count(*) filter (where kind <> 'fire_exit') as entrances,
               count(*) filter (where kind = 'main') as mains
        from venue_doors where status = 'open' group by venue_id) as door on door.venue_id = v.id
      where v.status = 'open' and (v.closed_on is null or v.closed_on > app_today())
        and (v.opened_on is null or v.opened_on <= app_today()) ${venues}
    ), endpoint as (
      -- The licence point stands in for doors and footprint that are not recorded.
      select v.id as venue_id, null::bigint as door_id, 'position' as target,
             ${sql.lit(TO_ROLE.licence_point | TO_ROLE.any)}
             | case when coalesce(v.entrances, 0) = 0 then ${sql.lit(TO_ROLE.door_nearest)} else 0 end
             | case when coalesce(v.door_count, 0) = 0 then ${sql.lit(TO_ROLE.door_any)} else 0 end
             | case when coalesce(v.mains, 0) = 0 then ${sql.lit(TO_ROLE.door_main)} else 0 end
             | case when v.footprint is null then ${sql.lit(TO_ROLE.footprint_edge)} else 0 end as roles,
             v.door_count is null and v.footprint is null as is_sole, v.position_error_m as error_m,
             v.position_m as geom_m, v.kind, v.region_code, v.opened_on, v.licence_expires_on, v.is_internal, v.version
      from venue v
      union all
      select v.id, d.id, 'door',
             case d.kind when 'fire_exit' then ${sql.lit(TO_ROLE.door_any | TO_ROLE.any)}
                         when 'main' then ${sql.lit(doorRoles | TO_ROLE.any)}
                         else ${sql.lit(TO_ROLE.door_nearest | TO_ROLE.door_any | TO_ROLE.any)} end,
             false, d.position_error_m, d.position_m, v.kind, v.region_code, v.opened_on, v.licence_expires_on, v.is_internal, v.version
      from venue v join venue_doors d on d.venue_id = v.id and d.status = 'open'
      union all
      select v.id, null, 'footprint', ${sql.lit(TO_ROLE.footprint_edge | TO_ROLE.any)}, false, v.position_error_m,
             v.footprint_m, v.kind, v.region_code, v.opened_on, v.licence_expires_on, v.is_internal, v.version
      from venue v where v.footprint is not null
    ), everything as (
      select e.venue_id, null::bigint as stall_id, e.door_id, e.target, e.roles, e.kind, e.region_code, e.opened_on,
             e.licence_expires_on, e.is_internal, e.version, e.is_sole, e.error_m, e.geom_m
      from endpoint e
      union all
      select null, t.id, null, 'stall', ${sql.lit(doorRoles | TO_ROLE.footprint_edge | TO_ROLE.licence_point | TO_ROLE.any)},
             'street_stall', t.region_code, null, null, false, t.version, true, t.position_error_m, t.position_m
      from stall_sightings t
      where t.status = 'present' ${stalls}
    )
    select venue_id, stall_id, door_id, target, roles, kind, region_code, opened_on, licence_expires_on, is_internal,
           version, is_sole, error_m, measure_scale(st_x(p), st_y(p)), geom_m
    from (select e.*, case when st_dimension(e.geom_m) = 0 then e.geom_m else st_centroid(e.geom_m) end as p
          from everything e offset 0) as located
    order by geom_m`.execute(trx)
}
