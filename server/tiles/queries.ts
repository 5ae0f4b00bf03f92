import { CompiledQuery, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Bbox } from '../geo/geojson.ts'
import { type FeatureSelect, featureSelects, unitSize } from './feature-queries.ts'
import {
  BUFFER,
  DETAIL_ZOOM,
  EXTENT,
  LAYER_INFO,
  type SubLayer,
  sublayersAt,
  TILE_LAYERS,
  type TileLayer,
} from './layers.ts'

export interface TileAddress {
  layer: TileLayer
  z: number
  x: number
  y: number
}

/** A feature in tile units: GeoJSON geometry with y down, not clipped; the other members are its attributes. */
export interface TileRow {
  fid: number | null
  geom: { type: string; coordinates: unknown } | null
  [attribute: string]: unknown
}

const versionOf = (layer: TileLayer): string => {
  const datasets = LAYER_INFO[layer].depends_on.map((dataset) => `'${dataset}'`).join(', ')
  // Each dataset's version only grows, so the sum tells any two states of the layer apart.
  return `(select sum(version)::bigint from dataset_versions where layer in (${datasets}))`
}

const columnsOf = ({ columns }: FeatureSelect) =>
  Object.entries(columns)
    .map(([name, expression]) => `${expression} as "${name}"`)
    .join(', ')

/** One layer of the tile as MVT bytes; empty when it has no features. */
function mvtOf({ name }: SubLayer, z: number): string {
  const select = featureSelects[name]!(z)
  // As a subquery the envelope is computed once, also where a prepared plan does not know it.
  const box = `(select st_tileenvelope(${z}, $1::int, $2::int)::box2d)`
  const geom = `st_asmvtgeom(${select.geom}, ${box}, ${EXTENT}, ${BUFFER}, true)`
  const id = select.id ? `${select.id} as fid, ` : ''
  const rows = `${select.with ?? ''} select ${id}${columnsOf(select)}, ${geom} as geom ${select.from}`
  return `(select st_asmvt(feature, '${name}', ${EXTENT}, 'geom'${select.id ? ", 'fid'" : ''}) from (${rows}) feature)`
}

/**
 * One layer of the tile as a JSON array of TileRow. The steps before clipping are those of ST_AsMVTGeom (scale, round,
 * drop points on straight lines), done with PostGIS' own code: GEOS, which may throw on geometry that rounding made
 * invalid, is not called.
 */
function rowsOf({ name, geometry }: SubLayer, z: number): string {
  const select = featureSelects[name]!(z)
  const [scale, origin] = [1 / unitSize(z), (2 ** z * EXTENT) / 2]
  const snapped = `st_snaptogrid(st_affine(${select.geom}, ${scale}, 0, 0, -${scale},
    ${origin} - ${EXTENT} * $1::int, ${origin} - ${EXTENT} * $2::int), 1)`
  const geom = `st_asgeojson(${geometry === 'point' ? snapped : `st_simplify(${snapped}, 0)`}, 0, 0)::json`
  const rows = `${select.with ?? ''} select ${select.id ?? 'null'} as fid, ${columnsOf(select)}, ${geom} as geom ${select.from}`
  return `'${name}', (select coalesce(json_agg(feature), '[]') from (${rows}) feature)`
}

/** SQL of a tile in one statement; $1 and $2 are column and row. */
export function mvtStatement(layer: TileLayer, z: number): string {
  const tile = sublayersAt(layer, z).map((sublayer) => mvtOf(sublayer, z))
  // Parallel plans slow many small tiles down. set_config is parallel unsafe, so its presence alone rules them out.
  return `/* ${statementName(layer, z)} */ select ${versionOf(layer)} as version, ${tile.join(' || ')} as mvt
    from (select set_config('max_parallel_workers_per_gather', '0', true)) as serial`
}

function rowsStatement(layer: TileLayer, z: number): string {
  const layers = sublayersAt(layer, z).map((sublayer) => rowsOf(sublayer, z))
  return `select ${versionOf(layer)} as version, json_build_object(${layers.join(', ')}) as layers`
}

/** Counted tiles cover so much that their plan must know the extent; the others are worth preparing. */
const statementName = (layer: TileLayer, z: number): string =>
  `${z < DETAIL_ZOOM ? 'tile' : 'prepare tile'}_${layer}_${z}`

const texts = new Map<string, string>()
function textOf(build: (layer: TileLayer, z: number) => string, { layer, z }: TileAddress): string {
  const key = `${build.name} ${layer} ${z}`
  const text = texts.get(key) ?? build(layer, z)
  texts.set(key, text)
  return text
}

async function runTile<Row>(db: Db, text: string, { x, y }: TileAddress): Promise<Row> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [x, y]))
  return rows[0]!
}

/** The tile encoded by the database, and the version of the layer, from one snapshot. Needs ST_AsMVT. */
export const readMvt = (db: Db, address: TileAddress) =>
  runTile<{ version: number; mvt: Buffer }>(db, textOf(mvtStatement, address), address)

/** The tile's features by layer inside it, and the version of the layer, from one snapshot. */
export const readTileRows = (db: Db, address: TileAddress) =>
  runTile<{ version: number; layers: Record<string, TileRow[]> }>(db, textOf(rowsStatement, address), address)

/** The version each tile layer has now: what `?v=` of its URLs carries. */
export async function tileVersions(db: Db): Promise<Record<TileLayer, number>> {
  const { rows } = await sql<{ layer: string; version: number }>`
    select layer, version from dataset_versions`.execute(db)
  const versions = new Map(rows.map((row) => [row.layer, row.version]))
  const sum = (layer: TileLayer) =>
    LAYER_INFO[layer].depends_on.reduce((total, dataset) => total + (versions.get(dataset) ?? 0), 0)
  return Object.fromEntries(TILE_LAYERS.map((layer) => [layer, sum(layer)])) as Record<TileLayer, number>
}

/** Boxes in EPSG:4326 that together cover a layer. */
const extents: Record<TileLayer, string[]> = {
  regions: ['select st_extent(boundary) as box from regions'],
  roads: [`select st_extent(geom) as box from road_edges where status = 'open'`],
  schools: [`select st_extent(coalesce(boundary, position)) as box from schools where status <> 'closed'`],
  zones: ['select st_extent(geom) as box from zones where valid_to is null'],
  venues: [
    `select st_extent(position) as box from venues where status <> 'closed'`,
    `select st_extent(position) as box from stall_sightings where status = 'present'`,
  ],
  // Doors may lie away from the position of their venue: half a kilometre on every side for the measured lines.
  findings: [
    `select st_expand(st_extent(v.position), 0.005) as box from venues v
      where exists (select from findings f where f.venue_id = v.id and f.valid_to is null)`,
    `select st_expand(st_extent(t.position), 0.005) as box from stall_sightings t
      where exists (select from findings f where f.stall_id = t.id and f.valid_to is null)`,
  ],
}

/** West, south, east, north of everything a layer shows, degrees; null when it shows nothing. Reads whole tables. */
export async function layerBounds(db: Db, layer: TileLayer): Promise<Bbox | null> {
  const text = `select st_xmin(e) as west, st_ymin(e) as south, st_xmax(e) as east, st_ymax(e) as north
    from (select st_extent(box::geometry) as e from (${extents[layer].join(' union all ')}) boxes) extent
    where e is not null`
  type Row = { west: number; south: number; east: number; north: number }
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, []))
  const [box] = rows
  return box ? [box.west, box.south, box.east, box.north] : null
}
