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
    n int, id bigint, is_new boolean, clear text[], source text, external_id text, school_id bigint,
    school_external_id text, name text, kind text, is_student_gate boolean, status text, opened_on date, closed_on date,
    closed_reason text, position_error_m float8, geometry jsonb, source_geometry jsonb)`

/** Finds each gate's school (id, external id, or the nearest campus within 100 m) and the gate itself. */
export const resolveGates = (
  trx: Db,
  rows: object[],
  provenance: Provenance,
): Promise<(Resolved & { school_id: number | null })[]> =>
  rowsOf(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom from ${inputOf(toRecordset(rows, provenance))}
    ), owned as materialized (
      select i.*, coalesce(given.id, named.id, nearest.id) as owner_id
      from input i
      left join schools given on given.id = i.school_id
      left join schools named on i.school_id is null and named.external_id = i.school_external_id
                             and named.source = i.source
      left join lateral (
        select s.id from schools s
        where i.school_id is null and i.school_external_id is null and s.status <> 'closed'
          and coalesce(s.boundary, s.position) && st_expand(i.geom, 0.0025)
          and st_dwithin(coalesce(s.boundary_m, s.position_m), to_measure(i.geom), 100)
        order by st_distance(coalesce(s.boundary_m, s.position_m), to_measure(i.geom)), s.id limit 1) as nearest on true
    )
    select i.n, i.owner_id as school_id, coalesce(i.id, external.id, near.id) is null as is_new,
           case when i.owner_id is null then 'no such school, and no campus within 100 m' end as problem,
           coalesce(i.id, external.id, near.id, nextval(pg_get_serial_sequence('school_gates', 'id'))) as id
    from owned i
    left join school_gates external on i.id is null and external.source = i.source
                                   and external.external_id = i.external_id
    left join lateral (
      select g.id from school_gates g
      where i.id is null and external.id is null and g.school_id = i.owner_id and g.status = 'open'
        and (i.external_id is null or g.external_id is null)
        and st_dwithin(g.position_m, to_measure(i.geom), 5)
      order by g.id limit 1) as near on true
    order by i.n`,
  )

export const writeGateRows = (trx: Db, rows: object[], provenance: Provenance): Promise<{ id: number }[]> =>
  rowsOf(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as position, ${deliveredGeometry} as source_geom
      from ${inputOf(toRecordset(rows, provenance))}
    ), updated as (
      update school_gates g set
        school_id = i.school_id, name = ${kept('name', 'g')}, kind = coalesce(i.kind, g.kind),
        is_student_gate = coalesce(i.is_student_gate, g.is_student_gate), status = coalesce(i.status, g.status),
        opened_on = ${kept('opened_on', 'g')}, closed_on = ${kept('closed_on', 'g')},
        closed_reason = ${kept('closed_reason', 'g')},
        position_error_m = coalesce(i.position_error_m, g.position_error_m), position = i.position,
        ${provenanceOf('g', sql`g.position = i.position`, provenance)},
        ${adoptedIdentity('g')}
      from input i
      where g.id = i.id and not i.is_new
        and (g.school_id, g.name, g.kind, g.is_student_gate, g.status, g.opened_on, g.closed_on, g.closed_reason,
             g.position_error_m, g.position)
          is distinct from
            (i.school_id, ${kept('name', 'g')}, coalesce(i.kind, g.kind),
             coalesce(i.is_student_gate, g.is_student_gate), coalesce(i.status, g.status), ${kept('opened_on', 'g')},
             ${kept('closed_on', 'g')}, ${kept('closed_reason', 'g')},
             coalesce(i.position_error_m, g.position_error_m), i.position)
      returning g.id
    ), inserted as (
      insert into school_gates (id, school_id, name, kind, is_student_gate, opened_on, position_error_m, position,
                                source, external_id, source_crs, source_geom, conversion, import_id)
      overriding system value
      select i.id, i.school_id, i.name, i.kind, coalesce(i.is_student_gate, true), i.opened_on,
             coalesce(i.position_error_m, 3), i.position, i.source, i.external_id, ${provenance.source_crs},
             i.source_geom, ${provenance.conversion}, ${provenance.import_id}::bigint
      from input i where i.is_new
      returning id
    )
    select id from updated union all select id from inserted`,
  )

/** A change of gates is a change of what the school can be measured from: its version goes up with it. */
export const touchSchools = (trx: Db, ids: number[]): Promise<unknown> =>
  sql`update schools set version = version where id = any(${ids}::bigint[])`.execute(trx)
