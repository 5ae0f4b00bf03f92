import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { LonLat } from '../geo/crs.ts'
import { decodeCursor, encodeCursor } from '../http/collection.ts'
import { all, type Condition } from '../http/filters.ts'
import type { ImportLayer, ImportQuery, ImportRecord, ImportResult, ImportSummary } from './schemas.ts'
import type { Match } from './shift.ts'

type About = Pick<ImportResult, 'layer' | 'file_name' | 'file_sha256' | 'format' | 'encoding' | 'crs' | 'source'> & {
  options: object
  imported_by: string
}

/** Opens the import's record; its counts follow when the rows are written. */
export async function createImport(trx: Db, about: About): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into imports (layer, file_name, file_sha256, format, encoding, crs, source, options, imported_by,
                         accepted, created, updated, unchanged, rejected)
    values (${about.layer}, ${about.file_name}, ${about.file_sha256}, ${about.format}, ${about.encoding}, ${about.crs},
            ${about.source}, ${JSON.stringify(about.options)}::jsonb, ${about.imported_by}, 0, 0, 0, 0, 0)
    returning id`.execute(trx)
  return rows[0]!.id
}

export const completeImport = (trx: Db, id: number, result: ImportResult): Promise<unknown> =>
  sql`update imports set accepted = ${result.accepted}, created = ${result.created}, updated = ${result.updated},
        unchanged = ${result.unchanged}, rejected = ${result.rejected},
        rejections = ${JSON.stringify(result.rejections)}::jsonb, warnings = ${JSON.stringify(result.warnings)}::jsonb
      where id = ${id}`.execute(trx)

/** A row looked at for plausibility: what names it in its layer, and where it is (WGS-84). */
export interface SampleRow {
  key: string
  position: LonLat
}

const TABLES = {
  regions: { table: 'regions', key: 'code', place: sql`st_centroid(st_envelope(t.boundary))` },
  schools: {
    table: 'schools',
    key: 'name',
    place: sql`case when t.boundary is null then t.position else st_centroid(st_envelope(t.boundary)) end`,
  },
  venues: { table: 'venues', key: 'name', place: sql`t.position` },
} as const

const recordset = (rows: SampleRow[]) =>
  JSON.stringify(rows.map(({ key, position: [lon, lat] }, n) => ({ n, key, lon, lat })))

/** Pairs with the one stored row of the same name within about 3 km; names that several rows share say nothing. */
export async function matchByName(db: Db, layer: ImportLayer, sample: SampleRow[]): Promise<Match[]> {
  if (layer !== 'regions' && layer !== 'schools' && layer !== 'venues') return []
  const { table, key, place } = TABLES[layer]
  const { rows } = await sql<{ n: number; lon: number; lat: number }>`
    with sample as (select * from jsonb_to_recordset(${recordset(sample)}::jsonb) as s(n int, key text, lon float8, lat float8)),
    near as (
      select s.n, ${place} as place
      from sample s join ${sql.table(table)} t on ${sql.ref(`t.${key}`)} = s.key
      where abs(st_x(${place}) - s.lon) < 0.035 and abs(st_y(${place}) - s.lat) < 0.03
    )
    select n, min(st_x(place)) as lon, min(st_y(place)) as lat from near group by n having count(*) = 1`.execute(db)
  return rows.map(({ n, lon, lat }) => ({ file: sample[n]!.position, stored: [lon, lat] }))
}

/** Which positions no administrative region covers; undefined while no region is stored. */
export async function countOutside(db: Db, positions: LonLat[]): Promise<number | undefined> {
  const { rows } = await sql<{ regions: boolean; outside: number }>`
    select exists (select from regions where kind = 'admin') as regions,
           (select count(*) from jsonb_array_elements(${JSON.stringify(positions)}::jsonb) as p
            where not exists (
              select from regions r where r.kind = 'admin' and st_covers(r.boundary,
                st_setsrid(st_makepoint((p ->> 0)::float8, (p ->> 1)::float8), 4326)))) as outside`.execute(db)
  return rows[0]?.regions ? rows[0].outside : undefined
}

const WRITTEN: Record<ImportLayer, string[]> = {
  regions: ['regions'],
  schools: ['schools'],
  gates: ['school_gates'],
  venues: ['venues'],
  stalls: ['stall_sightings'],
  roads: ['road_nodes', 'road_edges'],
}

/**
 * Fresh statistics after a bulk write, seen by the rest of the transaction. Without them the planner takes a table
 * that was just filled for empty, and deriving 14,000 venues takes minutes instead of a second.
 */
export async function analyzeLayer(trx: Db, layer: ImportLayer): Promise<void> {
  for (const table of WRITTEN[layer]) await sql`analyze ${sql.table(table)}`.execute(trx)
}

export interface NamedPlace {
  n: number
  name: string
  lon: number
  lat: number
}

/** The nearest open school of the name within 2 km, for gates that name theirs. */
export async function findSchoolsByName(trx: Db, places: NamedPlace[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ n: number; id: number }>`
    select p.n, school.id
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(n int, name text, lon float8, lat float8)
    cross join lateral (select to_measure(st_setsrid(st_makepoint(p.lon, p.lat), 4326)) as place_m) as at
    cross join lateral (
      select s.id from schools s
      where s.name = p.name and s.status <> 'closed' and st_dwithin(coalesce(s.boundary_m, s.position_m), place_m, 2000)
      order by st_distance(coalesce(s.boundary_m, s.position_m), place_m), s.id limit 1) as school`.execute(trx)
  return new Map(rows.map(({ n, id }) => [n, id]))
}

const summary = sql`id, layer, file_name, file_sha256, format, encoding, crs, source, options, accepted, created,
  updated, unchanged, rejected, warnings, imported_by, to_jsonb(created_at) #>> '{}' as created_at`

/** Newest first; `next` is the cursor of the following page. */
export async function listImports(
  db: Db,
  { layer, limit = 100, cursor }: ImportQuery,
): Promise<{ matched: number; imports: ImportSummary[]; next: string | null }> {
  const inLayer: Condition | undefined = layer && sql`layer = ${layer}`
  const after = cursor === undefined ? undefined : sql`id < ${Number(decodeCursor(cursor, 1)[0])}`
  const counted = await sql<{ n: number }>`select count(*) as n from imports where ${all([inLayer])}`.execute(db)
  const { rows } = await sql<ImportSummary>`
    select ${summary} from imports where ${all([inLayer, after])} order by id desc limit ${limit + 1}`.execute(db)
  const imports = rows.slice(0, limit)
  const last = imports.at(-1)
  return {
    matched: counted.rows[0]?.n ?? 0,
    imports,
    next: rows.length > limit && last ? encodeCursor([last.id]) : null,
  }
}

export async function findImport(db: Db, id: number): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`select ${summary}, rejections from imports where id = ${id}`.execute(db)
  return rows[0]
}
