// Where a row is: the geometry as delivered, converted to WGS-84, and whether it can be what the layer holds.
import type { Geometry, Position } from 'geojson'
import { type Crs, CrsError, conversionVersion, convertGeometry, type LonLat } from '../geo/crs.ts'
import type { ArealGeometry, PointGeometry } from '../geo/geojson.ts'
import { geometryProblem } from '../geo/validity.ts'
import type { SourceRow } from './formats/index.ts'
import { type Fault, faults } from './rejections.ts'
import type { ImportLayer } from './schemas.ts'

export interface Place {
  /** WGS-84, two-dimensional. */
  geometry: Geometry
  /** As delivered; left out when it is the same numbers. */
  source_geometry?: Geometry
}

type GeometryType = Geometry['type']

const AREAL: GeometryType[] = ['Polygon', 'MultiPolygon']
const ALLOWED: Record<ImportLayer, GeometryType[]> = {
  regions: AREAL,
  schools: ['Point', ...AREAL],
  gates: ['Point'],
  venues: ['Point', ...AREAL],
  stalls: ['Point'],
  roads: ['LineString'],
}

/** Square metres. Beyond these a polygon is a slip of the hand or belongs to another layer. */
const AREA_M2: Partial<Record<ImportLayer, [least: number, most: number]>> = {
  regions: [1_000, 2e12],
  schools: [50, 30e6],
  venues: [1, 5e6],
}

/** A collection of one is that one; programs like to write Multi everywhere. */
function simplest(geometry: Geometry): Geometry {
  if (geometry.type === 'MultiPoint' && geometry.coordinates.length === 1) {
    return { type: 'Point', coordinates: geometry.coordinates[0]! }
  }
  if (geometry.type === 'MultiLineString' && geometry.coordinates.length === 1) {
    return { type: 'LineString', coordinates: geometry.coordinates[0]! }
  }
  if (geometry.type === 'MultiPolygon' && geometry.coordinates.length === 1) {
    return { type: 'Polygon', coordinates: geometry.coordinates[0]! }
  }
  return geometry
}

const METRES_PER_DEGREE = 111_195

/** Plane approximation, good to a per cent for a campus: enough to tell a sliver from a district. */
function ringArea(ring: Position[]): number {
  const [lon0, lat0] = ring[0] as LonLat
  const metres = ring.map(
    ([lon, lat]): LonLat => [
      (lon! - lon0) * METRES_PER_DEGREE * Math.cos((lat0 * Math.PI) / 180),
      (lat! - lat0) * METRES_PER_DEGREE,
    ],
  )
  let twice = 0
  for (let i = 1; i < metres.length; i++) {
    const [a, b] = [metres[i - 1]!, metres[i]!]
    twice += a[0] * b[1] - b[0] * a[1]
  }
  return Math.abs(twice) / 2
}

const polygonArea = ([outer = [], ...holes]: Position[][]): number =>
  ringArea(outer) - holes.reduce((sum, hole) => sum + ringArea(hole), 0)

export const polygonsOf = (geometry: ArealGeometry): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

export const isAreal = (geometry: { type: string }): geometry is ArealGeometry =>
  geometry.type === 'Polygon' || geometry.type === 'MultiPolygon'

function areaFault(layer: ImportLayer, geometry: Geometry): Fault | undefined {
  const limits = AREA_M2[layer]
  if (!limits || !isAreal(geometry)) return undefined
  const area = polygonsOf(geometry).reduce((sum, polygon) => sum + polygonArea(polygon), 0)
  // The halves of a bow tie cancel out: a wide box with no area is for the database to judge.
  const { west, south, east, north } = boxOf(geometry)
  const boxArea = ringArea([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ])
  if (area < limits[0] && boxArea < 100 * limits[0]) return faults.areaTooSmall(area, limits[0])
  return area > limits[1] ? faults.areaTooLarge(area, limits[1]) : undefined
}

const isCrsFault = (error: unknown): error is CrsError => error instanceof CrsError

function crsFault(error: CrsError, crs: Crs): Fault {
  const code = error.detail.hint === 'swapped' ? 'lon_lat_swapped' : error.code
  const { message_zh, message_en } = error
  return { column: null, code, message_zh, message_en, expected: `${crs}: [东/east, 北/north]` }
}

/** The row's place in WGS-84, or why it has none. Whether a polygon crosses itself is left to the database. */
export function placeOf(layer: ImportLayer, crs: Crs, row: Pick<SourceRow, 'geometry' | 'problem'>): Place | Fault {
  if (row.problem) return { ...row.problem, expected: null }
  if (!row.geometry) return faults.geometryMissing()
  const delivered = simplest(row.geometry)
  if (!ALLOWED[layer].includes(delivered.type)) return faults.geometryType(delivered.type, ALLOWED[layer].join(', '))
  try {
    const geometry = convertGeometry(crs, delivered)
    const problem = geometryProblem(geometry as { type: string; coordinates: unknown })
    if (problem) return faults.geometry(problem)
    const fault = areaFault(layer, geometry)
    if (fault) return fault
    return conversionVersion(crs) === 'identity' ? { geometry } : { geometry, source_geometry: delivered }
  } catch (error) {
    if (isCrsFault(error)) return crsFault(error, crs)
    throw error
  }
}

/** Longitudes where the rings cross a latitude. */
function crossings(polygon: Position[][], lat: number): number[] {
  const found: number[] = []
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1] as LonLat, ring[i] as LonLat]
      if (a[1] > lat !== b[1] > lat) found.push(a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
    }
  }
  return found.toSorted((a, b) => a - b)
}

/**
 * A point inside an area: the middle of the widest stretch at half its height. For shops that are drawn as buildings;
 * their footprint is kept beside it.
 */
export function interiorPoint(geometry: ArealGeometry): PointGeometry {
  let best: [width: number, position: LonLat] = [-1, polygonsOf(geometry)[0]![0]![0] as LonLat]
  for (const polygon of polygonsOf(geometry)) {
    const lats = polygon[0]!.map((position) => position[1]!)
    const lat = (Math.min(...lats) + Math.max(...lats)) / 2
    const lons = crossings(polygon, lat)
    for (let i = 0; i + 1 < lons.length; i += 2) {
      const [west, east] = [lons[i]!, lons[i + 1]!]
      if (east - west > best[0]) best = [east - west, [(west + east) / 2, lat]]
    }
  }
  return { type: 'Point', coordinates: best[1] }
}

export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** Bounding box in degrees. */
export function boxOf(geometry: { coordinates: unknown }): Box {
  const box: Box = { west: 180, south: 90, east: -180, north: -90 }
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return
    const [lon, lat] = value as unknown[]
    if (typeof lon === 'number' && typeof lat === 'number') {
      box.west = Math.min(box.west, lon)
      box.east = Math.max(box.east, lon)
      box.south = Math.min(box.south, lat)
      box.north = Math.max(box.north, lat)
    } else for (const part of value) visit(part)
  }
  visit(geometry.coordinates)
  return box
}
