import { createRequire } from 'node:module'

/**
 * The referee of the tests: brute-force distances with GeographicLib (Karney 2013) on WGS-84, nothing shared with the
 * engine. Polygon edges are geodesics.
 */
interface Geodesic {
  Inverse(lat1: number, lon1: number, lat2: number, lon2: number): { s12: number; azi1: number }
  Direct(lat1: number, lon1: number, azi1: number, s12: number): { lat2: number; lon2: number }
  InverseLine(
    lat1: number,
    lon1: number,
    lat2: number,
    lon2: number,
  ): { s13: number; Position(s: number): { lat2: number; lon2: number } }
}
const library = createRequire(import.meta.url)('geographiclib-geodesic') as { Geodesic: { WGS84: Geodesic } }
const wgs84 = library.Geodesic.WGS84

export type LonLat = [lon: number, lat: number]
export type Polygon = LonLat[][]

export const distance = (a: LonLat, b: LonLat): number => wgs84.Inverse(a[1], a[0], b[1], b[0]).s12

/** The position s metres from a along the azimuth (degrees from north). */
export function move(a: LonLat, azimuth: number, s: number): LonLat {
  const { lon2, lat2 } = wgs84.Direct(a[1], a[0], azimuth, s)
  return [lon2, lat2]
}

export const azimuth = (a: LonLat, b: LonLat): number => wgs84.Inverse(a[1], a[0], b[1], b[0]).azi1

/** Metres from a position to a geodesic segment, by golden-section search (the distance is unimodal on short edges). */
export function distanceToSegment(p: LonLat, a: LonLat, b: LonLat): number {
  const line = wgs84.InverseLine(a[1], a[0], b[1], b[0])
  const at = (s: number) => {
    const { lon2, lat2 } = line.Position(s)
    return distance(p, [lon2, lat2])
  }
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [0, line.s13]
  let [x1, x2] = [high - ratio * (high - low), low + ratio * (high - low)]
  let [f1, f2] = [at(x1), at(x2)]
  while (high - low > 1e-5) {
    if (f1 < f2) {
      ;[high, x2, f2] = [x2, x1, f1]
      x1 = high - ratio * (high - low)
      f1 = at(x1)
    } else {
      ;[low, x1, f1] = [x1, x2, f2]
      x2 = low + ratio * (high - low)
      f2 = at(x2)
    }
  }
  return Math.min(f1, f2, at(0), at(line.s13))
}

/** Even-odd rule over all rings, so holes are outside. */
export function isInside([x, y]: LonLat, rings: Polygon): boolean {
  let inside = false
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
  return inside
}

export function distanceToPolygon(p: LonLat, rings: Polygon): number {
  if (isInside(p, rings)) return 0
  return Math.min(...rings.flatMap((ring) => ring.slice(1).map((b, i) => distanceToSegment(p, ring[i]!, b))))
}
