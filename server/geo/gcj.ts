// GCJ-02 (Amap, Tencent) and BD-09 (Baidu) to and from WGS-84. gcoord gives the forward formulas; the inverses are
// iterated here, because gcoord stops at 1e-6 degrees (0.1 m) and its BD-09 inverse is a one-step approximation.
//
// The trap: the published formula shifts only inside a box around China and is the identity outside it, so it jumps
// by several hundred metres at the box edge. A GCJ-02 position within that distance of the edge may have two WGS-84
// origins (the inverse takes the one inside the box) or none (it returns the smooth continuation). All of China lies
// more than a degree inside.
import gcoordModule from 'gcoord'
import type { LonLat } from './positions.ts'

// gcoord declares an ES default export but ships CommonJS: what Node imports is already the inner object.
const { transform, CRSTypes } = gcoordModule as unknown as typeof gcoordModule.default

/** The box in which gcoord 1.0.7 applies the shift: [minLon, minLat, maxLon, maxLat], degrees. */
export const GCJ_BBOX = [72.004, 0.8293, 137.8347, 55.8271] as const

// A tenth of a micrometre: far below the 1e-9 degrees asked for, still above the rounding of a double at 137 degrees.
const TOLERANCE_DEG = 1e-12
const MAX_STEPS = 30

type Forward = (position: LonLat) => LonLat

const forwardGcj: Forward = (position) => transform([...position], CRSTypes.WGS84, CRSTypes.GCJ02) as LonLat
const forwardBd: Forward = (position) => transform([...position], CRSTypes.GCJ02, CRSTypes.BD09) as LonLat

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)

const intoBox = ([lon, lat]: LonLat): LonLat => [
  clamp(lon, GCJ_BBOX[0], GCJ_BBOX[2]),
  clamp(lat, GCJ_BBOX[1], GCJ_BBOX[3]),
]

// The margin lets an origin on the edge itself survive the rounding of the iteration.
const EDGE_MARGIN_DEG = 1e-9

const isInBox = ([lon, lat]: LonLat): boolean =>
  lon >= GCJ_BBOX[0] - EDGE_MARGIN_DEG &&
  lon <= GCJ_BBOX[2] + EDGE_MARGIN_DEG &&
  lat >= GCJ_BBOX[1] - EDGE_MARGIN_DEG &&
  lat <= GCJ_BBOX[3] + EDGE_MARGIN_DEG

/**
 * Fixed-point inverse of a map close to the identity: origin = target - shift(origin). The shift varies by less than
 * 3 % of the step, so every round gains a digit and a half; five or six rounds reach the tolerance.
 */
function invert(forward: Forward, target: LonLat, shiftAt: (origin: LonLat) => LonLat): LonLat {
  let origin = target
  for (let step = 0; step < MAX_STEPS; step++) {
    const at = shiftAt(origin)
    const there = forward(at)
    const next: LonLat = [target[0] - (there[0] - at[0]), target[1] - (there[1] - at[1])]
    const moved = Math.max(Math.abs(next[0] - origin[0]), Math.abs(next[1] - origin[1]))
    origin = next
    if (moved < TOLERANCE_DEG) break
  }
  return origin
}

/** WGS-84 degrees to GCJ-02 degrees; identity outside GCJ_BBOX. */
export const wgs84ToGcj02 = (position: LonLat): LonLat => forwardGcj(position)

/** GCJ-02 degrees to WGS-84 degrees, exact to 1e-9 degrees inside GCJ_BBOX; identity outside. */
export function gcj02ToWgs84(position: LonLat): LonLat {
  // The clamp keeps the shift defined while the iteration is near the edge, where the forward formula jumps to zero.
  const origin = invert(forwardGcj, position, intoBox)
  return isInBox(origin) || isInBox(position) ? origin : position
}

/** WGS-84 degrees to BD-09 degrees. Baidu's second shift applies everywhere, also outside China. */
export const wgs84ToBd09 = (position: LonLat): LonLat => forwardBd(forwardGcj(position))

/** BD-09 degrees to WGS-84 degrees, exact to 1e-9 degrees inside GCJ_BBOX. */
export const bd09ToWgs84 = (position: LonLat): LonLat => gcj02ToWgs84(invert(forwardBd, position, (origin) => origin))
