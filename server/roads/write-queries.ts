import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Provenance } from '../http/change.ts'
import {
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
    n int, id bigint, is_new boolean, clear text[], source text, external_id text, name text, class text, oneway text,
    is_bridge boolean, crossing text, foot boolean, bicycle boolean, car boolean, status text, geometry jsonb,
    source_geometry jsonb)`

/** Matches by id, by (source, external_id), or by the identical line. */
export const resolveRoads = (trx: Db, rows: object[], provenance: Provenance): Promise<Resolved[]> =>
  rowsOf<Resolved>(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom from ${inputOf(toRecordset(rows, provenance))}
    )
    select i.n, case when st_length(i.geom) = 0 then 'the line has no length' end as problem,
           coalesce(i.id, external.id, same.id) is null as is_new,
           coalesce(i.id, external.id, same.id, nextval(pg_get_serial_sequence('road_edges', 'id'))) as id
    from input i
    left join road_edges external on i.id is null and external.source = i.source
                                 and external.external_id = i.external_id
    left join lateral (
      select e.id from road_edges e
      where i.id is null and i.external_id is null and e.external_id is null and e.geom ~= i.geom and e.geom = i.geom
      order by e.id limit 1) as same on true
    order by i.n`,
  )

/** Ends of edges become shared nodes where they agree to 1e-7 degrees (1 cm). */
const writeNodes = (trx: Db, rows: string): Promise<unknown> =>
  sql`
    insert into road_nodes (position)
    select distinct st_snaptogrid(p, 1e-7)
    from ${inputOf(rows)}
    cross join lateral (select ${geometryOf('i.geometry')} as geom) as g
    cross join lateral (values (st_startpoint(g.geom)), (st_endpoint(g.geom))) as ends(p)
    on conflict (position) do nothing`.execute(trx)

export async function writeRoadRows(trx: Db, rows: object[], provenance: Provenance): Promise<{ id: number }[]> {
  const recordset = toRecordset(rows, provenance)
  await writeNodes(trx, recordset)
  return rowsOf(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom, ${deliveredGeometry} as source_geom
      from ${inputOf(recordset)}
    ), noded as materialized (
      select i.*, a.id as from_node, b.id as to_node, st_length(i.geom::geography) as length_m
      from input i
      join road_nodes a on a.position = st_snaptogrid(st_startpoint(i.geom), 1e-7)
      join road_nodes b on b.position = st_snaptogrid(st_endpoint(i.geom), 1e-7)
    ), updated as (
      update road_edges e set
        name = ${kept('name', 'e')}, class = coalesce(i.class, e.class), oneway = coalesce(i.oneway, e.oneway),
        is_bridge = coalesce(i.is_bridge, e.is_bridge), crossing = ${kept('crossing', 'e')},
        foot = coalesce(i.foot, e.foot), bicycle = coalesce(i.bicycle, e.bicycle), car = coalesce(i.car, e.car),
        status = coalesce(i.status, e.status), geom = i.geom, from_node = i.from_node, to_node = i.to_node,
        length_m = i.length_m, ${provenanceOf('e', sql`e.geom = i.geom`, provenance)}
      from noded i
      where e.id = i.id and not i.is_new
        and (e.name, e.class, e.oneway, e.is_bridge, e.crossing, e.foot, e.bicycle, e.car, e.status, e.geom)
          is distinct from
            (${kept('name', 'e')}, coalesce(i.class, e.class), coalesce(i.oneway, e.oneway),
             coalesce(i.is_bridge, e.is_bridge), ${kept('crossing', 'e')}, coalesce(i.foot, e.foot),
             coalesce(i.bicycle, e.bicycle), coalesce(i.car, e.car), coalesce(i.status, e.status), i.geom)
      returning e.id
    ), inserted as (
      insert into road_edges (id, name, class, oneway, is_bridge, crossing, foot, bicycle, car, geom, from_node, to_node,
                              length_m, source, external_id, source_crs, source_geom, conversion, import_id)
      overriding system value
      select i.id, i.name, i.class, coalesce(i.oneway, 'no'), coalesce(i.is_bridge, false), i.crossing,
             coalesce(i.foot, true), coalesce(i.bicycle, true), coalesce(i.car, true), i.geom, i.from_node, i.to_node,
             i.length_m, i.source, i.external_id, ${provenance.source_crs}, i.source_geom, ${provenance.conversion},
             ${provenance.import_id}::bigint
      from noded i where i.is_new
      returning id
    )
    select id from updated union all select id from inserted`,
  )
}
