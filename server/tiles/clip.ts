/** Clipping in tile units, to the tile with its margin. Points are [x, y], rings are closed. Pure. */
import { BUFFER, EXTENT } from './layers.ts'

export type Point = [x: number, y: number]

const low = -BUFFER
const high = EXTENT + BUFFER

export const isInside = ([x, y]: Point): boolean => x >= low && x <= high && y >= low && y <= high

/** Where the segment a-b meets the line that fixes the coordinate of `axis`. */
function crossing(a: Point, b: Point, axis: 0 | 1, edge: number): Point {
  const t = (edge - a[axis]) / (b[axis] - a[axis])
  const along = a[1 - axis]! + t * (b[1 - axis]! - a[1 - axis]!)
  return axis === 0 ? [edge, along] : [along, edge]
}

/** Sutherland and Hodgman (1974): one pass per side. What leaves the box comes back along its edge. */
function cutRing(ring: Point[], axis: 0 | 1, edge: number, isKept: (value: number) => boolean): Point[] {
  const kept: Point[] = []
  for (const [at, point] of ring.entries()) {
    const before = ring.at(at - 1)!
    const enters = isKept(point[axis])
    if (enters !== isKept(before[axis])) kept.push(crossing(before, point, axis, edge))
    if (enters) kept.push(point)
  }
  return kept
}

const rounded = ([x, y]: Point): Point => [Math.round(x), Math.round(y)]

/** Rounds to whole units and leaves out points equal to the one before. */
function snap(points: Point[]): Point[] {
  const snapped: Point[] = []
  for (const point of points.map(rounded)) {
    const last = snapped.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) snapped.push(point)
  }
  return snapped
}

/** Twice the signed area; positive when the ring runs clockwise on a screen (y down), as MVT wants outer rings. */
function doubleArea(ring: Point[]): number {
  let sum = 0
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    sum += x * nextY - nextX * y
  }
  return sum
}

/** A ring inside the box, closed and turned as asked; undefined when nothing with an area is left. */
function clipRing(ring: Point[], isOuter: boolean): Point[] | undefined {
  let open = ring.slice(0, -1)
  if (!open.every(isInside)) {
    for (const axis of [0, 1] as const) {
      open = cutRing(open, axis, low, (value) => value >= low)
      open = cutRing(open, axis, high, (value) => value <= high)
    }
    open = snap(open)
  }
  const area = doubleArea(open)
  if (area === 0) return undefined
  if (area > 0 !== isOuter) open.reverse()
  return [...open, open[0]!]
}

/** Rings of the polygon inside the box: the outer one first, clockwise on a screen. Empty when it lies outside. */
export function clipPolygon([outer, ...holes]: Point[][]): Point[][] {
  const clipped = outer && clipRing(outer, true)
  if (!clipped) return []
  return [clipped, ...holes.map((hole) => clipRing(hole, false)).filter((hole) => hole !== undefined)]
}

/** The part of a segment inside the box (Liang and Barsky, 1984), or undefined. */
function clipSegment(a: Point, b: Point): [Point, Point] | undefined {
  let [from, to] = [0, 1]
  for (const axis of [0, 1] as const) {
    const delta = b[axis] - a[axis]
    if (delta === 0) {
      if (a[axis] < low || a[axis] > high) return undefined
      continue
    }
    const [first, second] = [(low - a[axis]) / delta, (high - a[axis]) / delta]
    from = Math.max(from, Math.min(first, second))
    to = Math.min(to, Math.max(first, second))
  }
  if (from > to) return undefined
  const at = (t: number): Point => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
  return [from === 0 ? a : at(from), to === 1 ? b : at(to)]
}

/** The parts of a line inside the box; a part that shrinks to a point is dropped. */
export function clipLine(line: Point[]): Point[][] {
  if (line.every(isInside)) return line.length > 1 ? [line] : []
  const parts: Point[][] = []
  let part: Point[] = []
  for (let at = 1; at < line.length; at++) {
    const segment = clipSegment(line[at - 1]!, line[at]!)
    if (!segment) continue
    // The part goes on when the segment begins where the last one ended, at an unclipped corner.
    if (part.at(-1) !== segment[0]) {
      parts.push(part)
      part = [segment[0]]
    }
    part.push(segment[1])
  }
  return [...parts, part].map(snap).filter((points) => points.length > 1)
}
