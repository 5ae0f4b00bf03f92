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
    n int, id bigint, is_new boolean, clear text[], source text, external_id text, name text, kind text,
    kind_source text, kind_confidence float8, kind_matched text, status text, address text, licence_no text,
    licence_issued_on date, licence_expires_on date, opened_on date, closed_on date, closed_reason text,
    is_internal boolean, codes jsonb, position_error_m float8, footprint jsonb, geometry jsonb, source_geometry jsonb)`

/** Matches rows to stored venues: by id, by (source, external_id), or by the same name within 50 m. */
export const resolveVenues = (trx: Db, rows: object[], provenance: Provenance): Promise<Resolved[]> =>
  rowsOf<Resolved>(
    trx,
    sql`/* prepare resolve_venues */
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom, ${geometryOf('i.footprint')} as area
      from ${inputOf(toRecordset(rows, provenance))}
    )
    select i.n, case when i.area is not null and not st_isvalid(i.area) then st_isvalidreason(i.area) end as problem,
           coalesce(i.id, external.id, near.id) is null as is_new,
           coalesce(i.id, external.id, near.id, nextval(pg_get_serial_sequence('venues', 'id'))) as id
    from input i
    left join venues external on i.id is null and external.source = i.source and external.external_id = i.external_id
    left join lateral (
      select v.id from venues v
      where i.id is null and external.id is null and v.name = i.name and v.status <> 'closed'
        and (i.external_id is null or v.external_id is null)
        and v.position && st_expand(i.geom, 0.0008)
        and st_dwithin(v.position_m, to_measure(i.geom), 50)
      order by v.id limit 1) as near on true
    order by i.n`,
  )

/** Writes resolved rows; returns those that were inserted or really changed. */
export const writeVenueRows = (trx: Db, rows: object[], provenance: Provenance): Promise<{ id: number }[]> =>
  rowsOf<{ id: number }>(
    trx,
    sql`/* prepare write_venues */
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as position,
             st_multi(${geometryOf('i.footprint')}) as area, ${deliveredGeometry} as source_geom
      from ${inputOf(toRecordset(rows, provenance))}
    ), placed as materialized (
      select l.*, region_at(l.position, 'admin') as region_code, region_at(l.position, 'police') as station_code
      from input l
    ), updated as (
      update venues v set
        name = coalesce(i.name, v.name), kind = coalesce(i.kind, v.kind),
        kind_source = coalesce(i.kind_source, v.kind_source),
        kind_confidence = coalesce(i.kind_confidence, v.kind_confidence), kind_matched = ${kept('kind_matched', 'v')},
        status = coalesce(i.status, v.status), address = ${kept('address', 'v')},
        licence_no = ${kept('licence_no', 'v')}, licence_issued_on = ${kept('licence_issued_on', 'v')},
        licence_expires_on = ${kept('licence_expires_on', 'v')}, opened_on = ${kept('opened_on', 'v')},
        closed_on = ${kept('closed_on', 'v')}, closed_reason = ${kept('closed_reason', 'v')},
        is_internal = coalesce(i.is_internal, v.is_internal), codes = coalesce(i.codes, v.codes),
        position_error_m = coalesce(i.position_error_m, v.position_error_m), position = i.position,
        footprint = case when 'footprint' = any(i.clear) then null else coalesce(i.area, v.footprint) end,
        region_code = i.region_code, station_code = i.station_code,
        ${provenanceOf('v', sql`v.position = i.position`, provenance)},
        ${adoptedIdentity('v')}
      from placed i
      where v.id = i.id and not i.is_new
        and (v.name, v.kind, v.kind_source, v.kind_confidence, v.kind_matched, v.status, v.address, v.licence_no,
             v.licence_issued_on, v.licence_expires_on, v.opened_on, v.closed_on, v.closed_reason, v.is_internal,
             v.codes, v.position_error_m, v.position, v.footprint, v.region_code, v.station_code)
          is distinct from
            (coalesce(i.name, v.name), coalesce(i.kind, v.kind), coalesce(i.kind_source, v.kind_source),
             coalesce(i.kind_confidence, v.kind_confidence), ${kept('kind_matched', 'v')},
             coalesce(i.status, v.status), ${kept('address', 'v')}, ${kept('licence_no', 'v')},
             ${kept('licence_issued_on', 'v')}, ${kept('licence_expires_on', 'v')}, ${kept('opened_on', 'v')},
             ${kept('closed_on', 'v')}, ${kept('closed_reason', 'v')}, coalesce(i.is_internal, v.is_internal),
             coalesce(i.codes, v.codes), coalesce(i.position_error_m, v.position_error_m), i.position,
             case when 'footprint' = any(i.clear) then null else coalesce(i.area, v.footprint) end,
             i.region_code, i.station_code)
      returning v.id
    ), inserted as (
      insert into venues (id, name, kind, kind_source, kind_confidence, kind_matched, status, address, licence_no,
                          licence_issued_on, licence_expires_on, opened_on, is_internal, codes, position_error_m,
                          position, footprint, region_code, station_code, source, external_id, source_crs, source_geom,
                          conversion, import_id, closed_on, closed_reason)
      overriding system value
      select i.id, i.name, i.kind, coalesce(i.kind_source, 'given'), coalesce(i.kind_confidence, 1), i.kind_matched,
             coalesce(i.status, 'open'), i.address, i.licence_no, i.licence_issued_on, i.licence_expires_on,
             i.opened_on, coalesce(i.is_internal, false), coalesce(i.codes, '{}'), coalesce(i.position_error_m, 30),
             i.position, i.area, i.region_code, i.station_code, i.source, i.external_id, ${provenance.source_crs},
             i.source_geom, ${provenance.conversion}, ${provenance.import_id}::bigint, i.closed_on, i.closed_reason
      from placed i where i.is_new
      returning id
    )
    select id from updated union all select id from inserted`,
  )

/**
 * Makes the open doors of the venues that carry a list equal to it: doors are the same when kind, position and error
 * are. Returns the venues whose doors changed.
 */
export const writeDoors = (trx: Db, rows: { id: number; doors: object[] }[]): Promise<{ id: number }[]> =>
  rowsOf<{ id: number }>(
    trx,
    sql`
    with given as materialized (
      select id as venue_id, doors from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id bigint, doors jsonb)
    ), input as materialized (
      select g.venue_id, d.kind, coalesce(d.position_error_m, 3) as position_error_m,
             st_setsrid(st_makepoint((d.position ->> 0)::float8, (d.position ->> 1)::float8), 4326) as position
      from given g cross join lateral jsonb_to_recordset(g.doors)
        as d(kind text, position jsonb, position_error_m float8)
    ), closed as (
      update venue_doors o set status = 'closed'
      from given g
      where o.venue_id = g.venue_id and o.status = 'open' and not exists (
        select from input i where i.venue_id = o.venue_id and i.kind = o.kind and i.position = o.position
                              and i.position_error_m = o.position_error_m)
      returning o.venue_id
    ), inserted as (
      insert into venue_doors (venue_id, kind, position, position_error_m)
      select distinct i.venue_id, i.kind, i.position, i.position_error_m from input i
      where not exists (
        select from venue_doors o where o.venue_id = i.venue_id and o.status = 'open' and o.kind = i.kind
                                    and o.position = i.position and o.position_error_m = i.position_error_m)
      returning venue_id
    )
    select distinct venue_id as id from (select venue_id from closed union all select venue_id from inserted) as changed`,
  )

/** A change of doors is a change of the venue's evidence: its version goes up with it. */
export const touchVenues = (trx: Db, ids: number[]): Promise<unknown> =>
  sql`update venues set version = version where id = any(${ids}::bigint[])`.execute(trx)
