import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Layer, Provenance } from '../http/change.ts'
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
    n int, id bigint, is_new boolean, clear text[], source text, external_id text, code text, parent_code text,
    kind text, level text, name text, name_en text, geometry jsonb, source_geometry jsonb)`

/** A region is known by its code. */
export const resolveRegions = (trx: Db, rows: object[], provenance: Provenance): Promise<Resolved[]> =>
  rowsOf<Resolved>(
    trx,
    sql`
    with input as materialized (
      select i.*, ${geometryOf('i.geometry')} as geom from ${inputOf(toRecordset(rows, provenance))}
    )
    select i.n, case when not st_isvalid(i.geom) then st_isvalidreason(i.geom) end as problem,
           coalesce(i.id, stored.id) is null as is_new,
           coalesce(i.id, stored.id, nextval(pg_get_serial_sequence('regions', 'id'))) as id
    from input i left join regions stored on i.id is null and stored.code = i.code
    order by i.n`,
  )

export const writeRegionRows = (trx: Db, rows: object[], provenance: Provenance): Promise<{ id: number }[]> =>
  rowsOf(
    trx,
    sql`
    with input as materialized (
      select i.*, st_multi(${geometryOf('i.geometry')}) as boundary, ${deliveredGeometry} as source_geom
      from ${inputOf(toRecordset(rows, provenance))}
    ), updated as (
      update regions r set
        code = coalesce(i.code, r.code), parent_code = ${kept('parent_code', 'r')}, kind = coalesce(i.kind, r.kind),
        level = coalesce(i.level, r.level), name = coalesce(i.name, r.name), name_en = ${kept('name_en', 'r')},
        boundary = i.boundary, ${provenanceOf('r', sql`r.boundary = i.boundary`, provenance)}
      from input i
      where r.id = i.id and not i.is_new
        and (r.code, r.parent_code, r.kind, r.level, r.name, r.name_en, r.boundary)
          is distinct from
            (coalesce(i.code, r.code), ${kept('parent_code', 'r')}, coalesce(i.kind, r.kind),
             coalesce(i.level, r.level), coalesce(i.name, r.name), ${kept('name_en', 'r')}, i.boundary)
      returning r.id
    ), inserted as (
      insert into regions (id, code, parent_code, kind, level, name, name_en, boundary, source, external_id, source_crs,
                           source_geom, conversion, import_id)
      overriding system value
      select i.id, i.code, i.parent_code, i.kind, i.level, i.name, i.name_en, i.boundary, i.source, i.external_id,
             ${provenance.source_crs}, i.source_geom, ${provenance.conversion}, ${provenance.import_id}::bigint
      from input i where i.is_new
      returning id
    )
    select id from updated union all select id from inserted`,
  )

/** Files every place under the region that covers it, where that is another one than before; names the moved layers. */
export async function reassignRegions(trx: Db): Promise<Layer[]> {
  const tables = { schools: 'schools', venues: 'venues', stalls: 'stall_sightings' } as const
  const moved: Layer[] = []
  for (const [layer, table] of Object.entries(tables)) {
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} t set region_code = r.region_code, station_code = r.station_code
      from (select id, region_at(position, 'admin') as region_code, region_at(position, 'police') as station_code
            from ${sql.table(table)}) as r
      where r.id = t.id and (t.region_code, t.station_code) is distinct from (r.region_code, r.station_code)`.execute(
      trx,
    )
    if (numAffectedRows) moved.push(layer as keyof typeof tables)
  }
  return moved
}

/** Longitude of the middle of what the site covers; null when nothing is stored. */
export async function middleLongitude(trx: Db): Promise<number | null> {
  const { rows } = await sql<{ lon: number | null }>`
    select (st_xmin(box) + st_xmax(box)) / 2 as lon
    from (select coalesce((select st_extent(boundary) from regions), (select st_extent(position) from schools)) as box) as t`.execute(
    trx,
  )
  return rows[0]?.lon ?? null
}
