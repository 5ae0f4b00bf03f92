import type { Geometry, Position } from 'geojson'

/** [lon, lat] in degrees, WGS-84 unless a name says otherwise. */
export type LonLat = [lon: number, lat: number]

const mapLine = (line: Position[], change: (position: Position) => Position) => line.map(change)
const mapLines = (lines: Position[][], change: (position: Position) => Position) =>
  lines.map((line) => mapLine(line, change))

/** A copy of the geometry with every position replaced; members other than type and coordinates are dropped. */
export function mapPositions(geometry: Geometry, change: (position: Position) => Position): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: change(geometry.coordinates) }
    case 'MultiPoint':
    case 'LineString':
      return { type: geometry.type, coordinates: mapLine(geometry.coordinates, change) }
    case 'MultiLineString':
    case 'Polygon':
      return { type: geometry.type, coordinates: mapLines(geometry.coordinates, change) }
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: geometry.coordinates.map((rings) => mapLines(rings, change)) }
    case 'GeometryCollection':
      return { type: 'GeometryCollection', geometries: geometry.geometries.map((part) => mapPositions(part, change)) }
  }
}

// Roughly China with its seas; its longitudes and latitudes do not overlap, so an interchange can be seen.
const CHINA_BBOX = { min_lon: 73, min_lat: 3, max_lon: 136, max_lat: 54 } as const

export const isInChinaBbox = ([lon, lat]: LonLat): boolean =>
  lon >= CHINA_BBOX.min_lon && lon <= CHINA_BBOX.max_lon && lat >= CHINA_BBOX.min_lat && lat <= CHINA_BBOX.max_lat

/** True for a position outside China whose mirror image [lat, lon] lies inside: most likely lat and lon were swapped. */
export const looksSwapped = ([lon, lat]: LonLat): boolean => !isInChinaBbox([lon, lat]) && isInChinaBbox([lat, lon])
