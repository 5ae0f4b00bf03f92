import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, type Page } from '../http/collection.ts'
import { containsText, inRegion, intersectsBbox, isOneOf, tableAt } from '../http/filters.ts'
import { allOf, findingCounts, hasFinding, type PlaceConditions, placeFacets } from '../http/place-queries.ts'
import { rowsOf } from '../http/writing.ts'

export interface VenueFilter {
  bbox?: string
  region?: string
  q?: string
  as_of?: string
  limit?: number
  cursor?: string
  kind?: string
  status?: string
  state?: string
  rule?: string
  expires_before?: string
}

const properties = sql`
    'name', v.name, 'kind', v.kind, 'kind_source', v.kind_source, 'kind_confidence', v.kind_confidence,
    'kind_matched', v.kind_matched, 'status', v.status, 'region_code', v.region_code, 'station_code', v.station_code,
    'address', v.address, 'licence_no', v.licence_no, 'licence_issued_on', v.licence_issued_on,
    'licence_expires_on', v.licence_expires_on, 'opened_on', v.opened_on, 'closed_on', v.closed_on,
    'closed_reason', v.closed_reason, 'is_internal', v.is_internal, 'position_error_m', v.position_error_m,
    'findings', coalesce(f.n, 0), 'source', v.source, 'external_id', v.external_id, 'source_crs', v.source_crs,
    'conversion', v.conversion, 'version', v.version, 'valid_from', v.valid_from`

/** Features of the rows `select * from venues ...`; `more` adds properties. */
const venueFeatures = (rows: RawBuilder<unknown>, as_of: string | undefined, more: RawBuilder<unknown> = sql``) => sql`
  with page as materialized (${rows})
  select v.id, json_build_object('type', 'Feature', 'id', v.id, 'geometry', st_asgeojson(v.position, 9)::json,
                                 'properties', json_build_object(${properties}${more}))::text as feature
  from page v
  left join (${findingCounts('venue_id', as_of, sql`page`)}) as f on f.id = v.id
  order by v.id`

function venueConditions(filter: VenueFilter): PlaceConditions {
  return {
    shared: [
      ...(filter.bbox === undefined ? [] : [intersectsBbox('v.position', filter.bbox)]),
      ...(filter.q === undefined ? [] : [containsText(['v.name', 'v.address'], filter.q)]),
      ...(filter.expires_before === undefined ? [] : [sql`v.licence_expires_on < ${filter.expires_before}::date`]),
    ],
    kind: filter.kind !== undefined && isOneOf('v.kind', filter.kind),
    status: filter.status === undefined ? sql`v.status <> 'closed'` : isOneOf('v.status', filter.status),
    region: filter.region !== undefined && inRegion('v', filter.region),
    finding: hasFinding('v.id', 'venue_id', filter),
  }
}

export async function listVenues(db: Db, filter: VenueFilter): Promise<Page> {
  const where = allOf(venueConditions(filter))
  const from = sql`${tableAt('venues', filter.as_of)} v`
  const limit = filter.limit ?? 100
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const page = sql`select v.* from ${from} where ${where} and ${afterId('v.id', filter.cursor)}
                   order by v.id limit ${limit + 1}`
  const rows = await rowsOf<{ id: number; feature: string }>(db, venueFeatures(page, filter.as_of))
  return cutPage(rows, limit, count?.matched ?? 0, (row) => [row.id])
}

/** One venue as GeoJSON text with its open doors and its footprint; undefined when there is none. */
export async function findVenue(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const row = sql`select v.* from ${tableAt('venues', as_of)} v where v.id = ${id}`
  const more = sql`, 'footprint', st_asgeojson(v.footprint, 9)::json, 'doors', coalesce((
      select json_agg(json_build_object('kind', d.kind,
               'position', json_build_array(st_x(d.position), st_y(d.position)),
               'position_error_m', d.position_error_m)
               order by array_position(array['main', 'side', 'fire_exit'], d.kind), d.id)
      from ${tableAt('venue_doors', as_of)} d where d.venue_id = ${id} and d.status = 'open'), '[]'::json)`
  const [found] = await rowsOf<{ feature: string }>(db, venueFeatures(row, as_of, more))
  return found?.feature
}

export const venueFacets = (db: Db, filter: VenueFilter): Promise<Record<string, unknown>> =>
  placeFacets(db, {
    from: sql`${tableAt('venues', filter.as_of)} v`,
    alias: 'v',
    key: 'venue_id',
    kinds: sql`array[v.kind]`,
    conditions: venueConditions(filter),
    filter,
  })

/** Version, status and exact position of the stored row, locked for a change. */
export async function lockVenue(trx: Db, id: number) {
  const [row] = await rowsOf<{ version: number; status: string; geometry: object }>(
    trx,
    sql`select version, status, st_asgeojson(position, 15)::json as geometry
        from venues where id = ${id} for update`,
  )
  return row
}
