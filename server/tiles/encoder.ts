import { type Feature, fromVectorTileJs, GeoJSONWrapper } from '@maplibre/vt-pbf'
import type { Db } from '../../db/connect.ts'
import { clipLine, clipPolygon, isInside, type Point } from './clip.ts'
import { EXTENT } from './layers.ts'
import { readMvt, readTileRows, type TileAddress, type TileRow } from './queries.ts'

export interface EncodedTile {
  /** Of the layer, from the snapshot the features were read in. */
  version: number
  /** Mapbox Vector Tile 2.1, not compressed; empty when there are no features. */
  mvt: Buffer
}

/** Reads and encodes a tile: in the database where it has ST_AsMVT, else here. Both give the same features. */
export async function encodeTile(db: Db, hasMvt: boolean, address: TileAddress): Promise<EncodedTile> {
  if (hasMvt) return readMvt(db, address)
  const { version, layers } = await readTileRows(db, address)
  return { version, mvt: encodeRows(layers) }
}

/** Clips and encodes features in tile units. Layers without features are left out, as ST_AsMVT does. */
function encodeRows(layers: Record<string, TileRow[]>): Buffer {
  const encoded: Record<string, GeoJSONWrapper> = {}
  for (const [name, rows] of Object.entries(layers)) {
    const features = rows.flatMap((row) => toFeature(row) ?? [])
    if (features.length === 0) continue
    encoded[name] = new GeoJSONWrapper(features, { version: 2, extent: EXTENT })
    encoded[name].name = name
  }
  return Buffer.from(fromVectorTileJs({ layers: encoded }))
}

function toFeature({ fid, geom, ...attributes }: TileRow): Feature | undefined {
  const shape = geom && clip(geom)
  if (!shape || shape.geometry.length === 0) return undefined
  // The encoder leaves out attributes that are null.
  const tags = attributes as Feature['tags']
  return { ...shape, tags, ...(fid === null ? {} : { id: fid }) } as Feature
}

/** Geometry types as numbered in the MVT specification, 4.3.4. */
const [POINT, LINE, POLYGON] = [1, 2, 3] as const

function clip({ type, coordinates }: NonNullable<TileRow['geom']>) {
  switch (type) {
    case 'Point':
      return { type: POINT, geometry: [coordinates as Point].filter(isInside) }
    case 'LineString':
      return { type: LINE, geometry: clipLine(coordinates as Point[]) }
    case 'MultiLineString':
      return { type: LINE, geometry: (coordinates as Point[][]).flatMap(clipLine) }
    case 'Polygon':
      return { type: POLYGON, geometry: clipPolygon(coordinates as Point[][]) }
    case 'MultiPolygon':
      return { type: POLYGON, geometry: (coordinates as Point[][][]).flatMap(clipPolygon) }
    default:
      throw new Error(`tiles have no features of type ${type}`)
  }
}
