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
    n int, id bigint, is_new boolean, clear text[], source text, external_id text, name text, stall_type text,
    status text, goods text, sighted_at timestamptz, cleared_on date, cleared_reason text, position_error_m float8,
    geometry jsonb, source_geometry jsonb)`

/** Matches by id, by (source, external_id), or by the same moment, type and place (10 m): one sighting, one row. */
export const resolveStalls = (trx: Db, rows: object[], provenance: Provenance): Promise<Resolved[]> =>
  rowsOf<Resolved>(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom from ${inputOf(toRecordset(rows, provenance))}
    )
    select i.n, null as problem, coalesce(i.id, external.id, near.id) is null as is_new,
           coalesce(i.id, external.id, near.id, nextval(pg_get_serial_sequence('stall_sightings', 'id'))) as id
    from input i
    left join stall_sightings external on i.id is null and external.source = i.source
                                      and external.external_id = i.external_id
    left join lateral (
      select t.id from stall_sightings t
      where i.id is null and external.id is null and t.sighted_at = i.sighted_at
        and t.stall_type = coalesce(i.stall_type, 'mobile') and (i.external_id is null or t.external_id is null)
        and t.position && st_expand(i.geom, 0.0002) and st_dwithin(t.position_m, to_measure(i.geom), 10)
      order by t.id limit 1) as near on true
    order by i.n`,
  )

export const writeStallRows = (trx: Db, rows: object[], provenance: Provenance): Promise<{ id: number }[]> =>
  rowsOf<{ id: number }>(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as position, ${deliveredGeometry} as source_geom
      from ${inputOf(toRecordset(rows, provenance))}
    ), placed as materialized (
      select l.*, region_at(l.position, 'admin') as region_code, region_at(l.position, 'police') as station_code
      from input l
    ), updated as (
      update stall_sightings t set
        name = ${kept('name', 't')}, stall_type = coalesce(i.stall_type, t.stall_type),
        status = coalesce(i.status, t.status), goods = ${kept('goods', 't')},
        sighted_at = coalesce(i.sighted_at, t.sighted_at), cleared_on = ${kept('cleared_on', 't')},
        cleared_reason = ${kept('cleared_reason', 't')},
        position_error_m = coalesce(i.position_error_m, t.position_error_m), position = i.position,
        region_code = i.region_code, station_code = i.station_code,
        ${provenanceOf('t', sql`t.position = i.position`, provenance)},
        ${adoptedIdentity('t')}
      from placed i
      where t.id = i.id and not i.is_new
        and (t.name, t.stall_type, t.status, t.goods, t.sighted_at, t.cleared_on, t.cleared_reason, t.position_error_m,
             t.position, t.region_code, t.station_code)
          is distinct from
            (${kept('name', 't')}, coalesce(i.stall_type, t.stall_type), coalesce(i.status, t.status),
             ${kept('goods', 't')}, coalesce(i.sighted_at, t.sighted_at), ${kept('cleared_on', 't')},
             ${kept('cleared_reason', 't')}, coalesce(i.position_error_m, t.position_error_m), i.position,
             i.region_code, i.station_code)
      returning t.id
    ), inserted as (
      insert into stall_sightings (id, name, stall_type, goods, sighted_at, position_error_m, position, region_code,
                                   station_code, source, external_id, source_crs, source_geom, conversion, import_id)
      overriding system value
      select i.id, i.name, coalesce(i.stall_type, 'mobile'), i.goods, i.sighted_at, coalesce(i.position_error_m, 5),
             i.position, i.region_code, i.station_code, i.source, i.external_id, ${provenance.source_crs},
             i.source_geom, ${provenance.conversion}, ${provenance.import_id}::bigint
      from placed i where i.is_new
      returning id
    )
    select id from updated union all select id from inserted`,
  )
