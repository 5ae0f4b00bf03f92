import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Provenance } from '../http/change.ts'
import {
  adoptedIdentity,
  deliveredGeometry,
  geometryOf,
  kept,
  provenanceOf,
  type Resolved,
  rowsOf,
  toRecordset,
} from '../http/writing.ts'

const inputOf = (rows: string) => sql`
  jsonb_to_recordset(${rows}::jsonb) as i(
    n int, id bigint, is_new boolean, clear text[], source text, external_id text, name text, kinds text[], status text,
    address text, students int, established_on date, closed_on date, closed_reason text, position_error_m float8,
    geometry jsonb, source_geometry jsonb)`

/**
 * Matches rows to stored campuses: by id, by (source, external_id), or by the same name within 50 m; and names what is
 * wrong with a boundary. New rows get their id here.
 */
export const resolveSchools = (trx: Db, rows: object[], provenance: Provenance): Promise<Resolved[]> =>
  rowsOf<Resolved>(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom from ${inputOf(toRecordset(rows, provenance))}
    ), checked as materialized (
      select i.n, i.id, i.source, i.external_id, i.name,
             case when st_dimension(geom) = 2 and not st_isvalid(geom) then st_isvalidreason(geom) end as problem,
             case when st_dimension(geom) = 0 then geom else st_centroid(st_envelope(geom)) end as place,
             st_envelope(geom) as box
      from input i
    )
    select c.n, c.problem, coalesce(c.id, external.id, near.id) is null as is_new,
           coalesce(c.id, external.id, near.id, nextval(pg_get_serial_sequence('schools', 'id'))) as id
    from checked c
    left join schools external on c.id is null and external.source = c.source and external.external_id = c.external_id
    left join lateral (
      select s.id from schools s
      where c.id is null and external.id is null and s.name = c.name and s.status <> 'closed'
        and (c.external_id is null or s.external_id is null)
        and s.position && st_expand(c.box, 0.0006)
        and st_dwithin(to_measure(coalesce(s.boundary, s.position)), to_measure(c.place), 50)
      order by s.id limit 1) as near on true
    order by c.n`,
  )

/** Writes resolved rows; returns those that were inserted or really changed. */
export const writeSchoolRows = (trx: Db, rows: object[], provenance: Provenance): Promise<{ id: number }[]> =>
  rowsOf<{ id: number }>(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom from ${inputOf(toRecordset(rows, provenance))}
    ), located as materialized (
      select i.*, case when st_dimension(geom) = 2 then st_multi(geom) end as boundary,
             case when st_dimension(geom) = 2 then st_pointonsurface(geom) else geom end as position,
             ${deliveredGeometry} as source_geom
      from input i
    ), placed as materialized (
      select l.*, region_at(l.position, 'admin') as region_code, region_at(l.position, 'police') as station_code
      from located l
    ), updated as (
      update schools s set
        name = coalesce(i.name, s.name), kinds = coalesce(i.kinds, s.kinds), status = coalesce(i.status, s.status),
        address = ${kept('address', 's')}, students = ${kept('students', 's')},
        established_on = ${kept('established_on', 's')}, closed_on = ${kept('closed_on', 's')},
        closed_reason = ${kept('closed_reason', 's')},
        position_error_m = coalesce(i.position_error_m, s.position_error_m),
        boundary = i.boundary, position = i.position, region_code = i.region_code, station_code = i.station_code,
        ${provenanceOf('s', sql`(s.boundary, s.position) is not distinct from (i.boundary, i.position)`, provenance)},
        ${adoptedIdentity('s')}
      from placed i
      where s.id = i.id and not i.is_new
        and (s.name, s.kinds, s.status, s.address, s.students, s.established_on, s.closed_on, s.closed_reason,
             s.position_error_m, s.boundary, s.position, s.region_code, s.station_code)
          is distinct from
            (coalesce(i.name, s.name), coalesce(i.kinds, s.kinds), coalesce(i.status, s.status),
             ${kept('address', 's')}, ${kept('students', 's')}, ${kept('established_on', 's')},
             ${kept('closed_on', 's')}, ${kept('closed_reason', 's')}, coalesce(i.position_error_m, s.position_error_m),
             i.boundary, i.position, i.region_code, i.station_code)
      returning s.id
    ), inserted as (
      insert into schools (id, name, kinds, status, address, students, established_on, position_error_m, boundary,
                           position, region_code, station_code, source, external_id, source_crs, source_geom,
                           conversion, import_id)
      overriding system value
      select i.id, i.name, i.kinds, coalesce(i.status, 'open'), i.address, i.students, i.established_on,
             coalesce(i.position_error_m, case when i.boundary is null then 30 else 3 end), i.boundary, i.position,
             i.region_code, i.station_code, i.source, i.external_id, ${provenance.source_crs}, i.source_geom,
             ${provenance.conversion}, ${provenance.import_id}::bigint
      from placed i where i.is_new
      returning id
    )
    select id from updated union all select id from inserted`,
  )

/** Replaces bell times of the rows that carry any, where they differ; returns the schools whose times changed. */
export const writeBellTimes = (trx: Db, rows: { id: number; bell_times: object[] }[]): Promise<{ id: number }[]> =>
  rowsOf<{ id: number }>(
    trx,
    sql`
    with input as materialized (
      select r.id as school_id, b.period, coalesce(b.day_type, 'term') as day_type, b.weekdays, b.starts, b.ends, b.label
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id bigint, bell_times jsonb)
      cross join lateral jsonb_to_recordset(r.bell_times)
        as b(period text, day_type text, weekdays smallint[], starts time, ends time, label text)
    ), given as (
      select id as school_id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id bigint)
    ), differing as materialized (
      select g.school_id from given g
      where exists (select school_id, period, day_type, weekdays, starts, ends, label from input i
                    where i.school_id = g.school_id
                    except select school_id, period, day_type, weekdays, starts, ends, label from bell_times b
                    where b.school_id = g.school_id and b.valid_to is null)
         or exists (select school_id, period, day_type, weekdays, starts, ends, label from bell_times b
                    where b.school_id = g.school_id and b.valid_to is null
                    except select school_id, period, day_type, weekdays, starts, ends, label from input i
                    where i.school_id = g.school_id)
    ), closed as (
      update bell_times b set valid_to = app_now() from differing d
      where b.school_id = d.school_id and b.valid_to is null
    ), inserted as (
      insert into bell_times (school_id, period, day_type, weekdays, starts, ends, label)
      select i.* from input i join differing d on d.school_id = i.school_id
    )
    select school_id as id from differing`,
  )
