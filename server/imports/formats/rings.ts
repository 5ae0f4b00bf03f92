// Shapefile polygons arrive as a bag of rings: outer ones clockwise, holes the other way, in any order (ESRI Shapefile
// Technical Description, 1998, p. 8). Here they become GeoJSON polygons, outer rings counter-clockwise (RFC 7946 3.1.6).
import type { Position } from 'geojson'

type Ring = Position[]

interface Shell {
  ring: Ring
  area: number
  bbox: [number, number, number, number]
  holes: Ring[]
}

/** Twice the signed area, positive for counter-clockwise. */
function signedArea(ring: Ring): number {
  const [originX, originY] = ring[0] as [number, number]
  let sum = 0
  for (let index = 1; index < ring.length; index++) {
    const [x1, y1] = ring[index - 1] as [number, number]
    const [x2, y2] = ring[index] as [number, number]
    // Relative to the first vertex: metres with seven digits before the point would lose the small rings.
    sum += (x1 - originX) * (y2 - originY) - (x2 - originX) * (y1 - originY)
  }
  return sum
}

function bboxOf(ring: Ring): Shell['bbox'] {
  const box: Shell['bbox'] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring as [number, number][]) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}

const boxHolds = (outer: Shell['bbox'], inner: Shell['bbox']) =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]

/** 1 inside, -1 outside, 0 on the boundary. */
function locate([x, y]: Position, ring: Ring): number {
  let inside = false
  for (let index = 1; index < ring.length; index++) {
    const [x1, y1] = ring[index - 1] as [number, number]
    const [x2, y2] = ring[index] as [number, number]
    const cross = (x2 - x1) * ((y as number) - y1) - (y2 - y1) * ((x as number) - x1)
    const isBetween =
      (x as number) >= Math.min(x1, x2) &&
      (x as number) <= Math.max(x1, x2) &&
      (y as number) >= Math.min(y1, y2) &&
      (y as number) <= Math.max(y1, y2)
    if (cross === 0 && isBetween) return 0
    if (y1 > (y as number) !== y2 > (y as number) && cross > 0 === y2 > y1) inside = !inside
  }
  return inside ? 1 : -1
}

const midpoint = (a: Position, b: Position): Position => [
  ((a[0] as number) + (b[0] as number)) / 2,
  ((a[1] as number) + (b[1] as number)) / 2,
]

/** Rings may touch: the first vertex or edge midpoint that lies clearly on one side decides. */
function isWithin(inner: Ring, outer: Ring): boolean {
  for (const vertex of inner) {
    const side = locate(vertex, outer)
    if (side !== 0) return side > 0
  }
  for (let index = 1; index < inner.length; index++) {
    const side = locate(midpoint(inner[index - 1] as Position, inner[index] as Position), outer)
    if (side !== 0) return side > 0
  }
  return true
}

const shellOf = (ring: Ring, area: number): Shell => ({ ring, area: Math.abs(area), bbox: bboxOf(ring), holes: [] })

/** The smallest shell around a ring, or undefined. `shells` is sorted by area, smallest first. */
const shellAround = (ring: Shell, shells: Shell[]): Shell | undefined =>
  shells.find(
    (shell) =>
      shell !== ring && shell.area > ring.area && boxHolds(shell.bbox, ring.bbox) && isWithin(ring.ring, shell.ring),
  )

const oriented = (ring: Ring, counterClockwise: boolean): Ring =>
  signedArea(ring) > 0 === counterClockwise ? ring : ring.toReversed()

/**
 * Polygons, each its outer ring and holes, from closed rings. Programs that ignore the winding rule are common: a
 * hole without a shell becomes a polygon itself, and when nothing is clockwise, nesting alone decides.
 * Rings without area are dropped; the result may be empty.
 */
export function assembleRings(rings: Ring[]): Ring[][] {
  const measured = rings.map((ring) => ({ ring, area: signedArea(ring) })).filter(({ area }) => area !== 0)
  const hasClockwise = measured.some(({ area }) => area < 0)
  const all = measured.map(({ ring, area }) => ({ shell: shellOf(ring, area), isOuter: area < 0 || !hasClockwise }))
  if (!hasClockwise) markByNesting(all)
  const shells = all.filter(({ isOuter }) => isOuter).map(({ shell }) => shell)
  const bySize = shells.toSorted((a, b) => a.area - b.area)
  for (const { shell: hole } of all.filter(({ isOuter }) => !isOuter)) {
    const around = shellAround(hole, bySize)
    if (around) around.holes.push(hole.ring)
    else shells.push(hole)
  }
  return shells.map(({ ring, holes }) => [oriented(ring, true), ...holes.map((hole) => oriented(hole, false))])
}

// A ring inside an odd number of others is a hole.
function markByNesting(all: { shell: Shell; isOuter: boolean }[]): void {
  for (const entry of all) {
    const depth = all.filter(({ shell }) => shellAround(entry.shell, [shell])).length
    entry.isOuter = depth % 2 === 0
  }
}
