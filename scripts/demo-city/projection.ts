import { fromWgs84, type LonLat, toWgs84 } from '../../server/geo/crs.ts'
import type { Xy } from './plane.ts'
import type { Ring } from './ring.ts'

/** CGCS2000 / 3-degree Gauss-Krueger CM 114E, in which the plane of the city lies. */
const ZONE = 'EPSG:4547'
const CENTRE: LonLat = [114.9, 34.6]
const origin = fromWgs84(ZONE, CENTRE)

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits

/** 1e-7 degrees is a centimetre, and what road ends are matched by. */
export function lonLat(point: Xy, digits = 7): [number, number] {
  const [lon, lat] = toWgs84(ZONE, [point[0] + origin[0], point[1] + origin[1]])
  return [rounded(lon, digits), rounded(lat, digits)]
}

/** Nanometre-exact positions for what must stand on a threshold. */
export const exactLonLat = (point: Xy): [number, number] => lonLat(point, 13)

export function plane(position: readonly number[]): Xy {
  const [x, y] = fromWgs84(ZONE, [position[0]!, position[1]!])
  return [x - origin[0], y - origin[1]]
}

/** A point as it comes back after its position was rounded for output. */
export const settled = (point: Xy): Xy => plane(lonLat(point))

export const closedRing = (ring: Ring): [number, number][] => {
  const positions = ring.map((point) => lonLat(point))
  return [...positions, positions[0]!]
}

// Ellipsoid of CGCS2000. Scale of a transverse Mercator with k0 = 1: 1 + E^2/(2MN) + E^4/(24(MN)^2), Snyder (USGS PP 1395)
// eq. 8-7; under a micrometre off on 600 m here.
const A_M = 6_378_137
const E2 = 0.0066943800229

/** Metres on the ground for a plane distance between two points less than a kilometre apart. */
export function groundDistance(a: Xy, b: Xy): number {
  const east = (a[0] + b[0]) / 2 + origin[0] - 500_000
  const north = (a[1] + b[1]) / 2 + origin[1]
  // Latitude from the northing over the rectifying radius: within 0.15 degrees, which moves the scale by under 1e-8.
  const sin2 = Math.sin(north / 6_367_449.146) ** 2
  const x = (east * east * (1 - E2 * sin2) ** 2) / (A_M * A_M * (1 - E2))
  return Math.hypot(a[0] - b[0], a[1] - b[1]) / (1 + x / 2 + (x * x) / 24)
}

export const settledRing = (ring: Ring): Ring => ring.map(settled)
