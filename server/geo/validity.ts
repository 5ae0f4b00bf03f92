import { isInChinaBbox, type LonLat, looksSwapped } from './positions.ts'

export interface GeometryProblem {
  code: 'position_out_of_range' | 'lon_lat_swapped' | 'ring_not_closed' | 'too_few_positions' | 'not_finite'
  found: unknown
}

interface AnyGeometry {
  type: string
  coordinates: unknown
}

const isPosition = (value: unknown): value is number[] => Array.isArray(value) && typeof value[0] === 'number'

/**
 * First thing wrong with a WGS-84 geometry that can be seen without a geometry engine: numbers, range (China), swapped
 * lon and lat, closed rings of at least four positions, lines of at least two. Null when nothing is.
 */
export function geometryProblem(geometry: AnyGeometry): GeometryProblem | null {
  return positionsProblem(geometry.coordinates) ?? shapeProblem(geometry)
}

function positionsProblem(coordinates: unknown): GeometryProblem | null {
  if (!isPosition(coordinates)) {
    if (!Array.isArray(coordinates)) return { code: 'not_finite', found: coordinates }
    for (const part of coordinates) {
      const problem = positionsProblem(part)
      if (problem) return problem
    }
    return null
  }
  if (coordinates.length < 2 || !coordinates.slice(0, 2).every(Number.isFinite))
    return { code: 'not_finite', found: coordinates }
  const position: LonLat = [coordinates[0]!, coordinates[1]!]
  if (isInChinaBbox(position)) return null
  return { code: looksSwapped(position) ? 'lon_lat_swapped' : 'position_out_of_range', found: position }
}

function shapeProblem({ type, coordinates }: AnyGeometry): GeometryProblem | null {
  switch (type) {
    case 'LineString':
      return (coordinates as number[][]).length < 2 ? { code: 'too_few_positions', found: coordinates } : null
    case 'Polygon':
      return ringsProblem(coordinates as number[][][])
    case 'MultiPolygon': {
      const polygons = coordinates as number[][][][]
      if (polygons.length === 0) return { code: 'too_few_positions', found: coordinates }
      return polygons.map(ringsProblem).find((problem) => problem !== null) ?? null
    }
    default:
      return null
  }
}

function ringsProblem(rings: number[][][]): GeometryProblem | null {
  if (rings.length === 0) return { code: 'too_few_positions', found: rings }
  for (const ring of rings) {
    if (ring.length < 4) return { code: 'too_few_positions', found: ring }
    const [first, last] = [ring[0]!, ring.at(-1)!]
    if (first[0] !== last[0] || first[1] !== last[1]) return { code: 'ring_not_closed', found: [first, last] }
  }
  return null
}
