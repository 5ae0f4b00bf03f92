import {
  along,
  cross,
  crossing,
  distance,
  dot,
  leftOf,
  mix,
  nearestOnSegment,
  subtract,
  unit,
  type Xy,
} from './plane.ts'

/** A closed polygon without its repeated last point. Outer rings run anticlockwise. */
export type Ring = readonly Xy[]

export const edgeOf = (ring: Ring, index: number): [Xy, Xy] => [ring[index]!, ring[(index + 1) % ring.length]!]

export function signedArea(ring: Ring): number {
  let twice = 0
  for (let index = 0; index < ring.length; index++) twice += cross(...edgeOf(ring, index))
  return twice / 2
}

export function centroid(ring: Ring): Xy {
  const first = ring[0]!
  let [x, y, twice] = [0, 0, 0]
  for (let index = 0; index < ring.length; index++) {
    const [a, b] = edgeOf(ring, index)
    const part = cross(subtract(a, first), subtract(b, first))
    x += part * (a[0] + b[0] + first[0])
    y += part * (a[1] + b[1] + first[1])
    twice += part
  }
  return [x / (3 * twice), y / (3 * twice)]
}

export function isInside(point: Xy, ring: Ring): boolean {
  const [x, y] = point
  let inside = false
  let a = ring.at(-1)!
  for (const b of ring) {
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside
    a = b
  }
  return inside
}

/** The nearest point of a ring's outline. */
export function nearestOnRing(point: Xy, ring: Ring): { point: Xy; edge: number; distance: number } {
  let [best, edge, away] = [ring[0]!, 0, Infinity]
  for (let index = 0; index < ring.length; index++) {
    const near = nearestOnSegment(point, ring[index]!, ring[index + 1 < ring.length ? index + 1 : 0]!)
    const here = distance(point, near)
    if (here >= away) continue
    ;[best, edge, away] = [near, index, here]
  }
  return { point: best, edge, distance: away }
}

export function isSimple(ring: Ring): boolean {
  for (let first = 0; first < ring.length; first++) {
    for (let second = first + 2; second < ring.length; second++) {
      const isNeighbour = first === 0 && second === ring.length - 1
      if (!isNeighbour && crossing(...edgeOf(ring, first), ...edgeOf(ring, second))) return false
    }
  }
  return true
}

interface Box {
  centre: Xy
  /** Unit vector of the longer side. */
  direction: Xy
  length: number
  width: number
}

// Dividing land asks for the same box several times; rings never change.
const boxes = new WeakMap<Ring, Box>()

/** The smallest box around a ring among those parallel to one of its longer edges. */
export function orientedBox(ring: Ring): Box {
  const known = boxes.get(ring)
  if (known) return known
  const box = smallestBox(ring)
  boxes.set(ring, box)
  return box
}

function smallestBox(ring: Ring): Box {
  const longest = Math.max(...ring.map((_, index) => distance(...edgeOf(ring, index))))
  let best: Box | undefined
  for (let index = 0; index < ring.length; index++) {
    const [a, b] = edgeOf(ring, index)
    if (distance(a, b) < longest * 0.4) continue
    const box = boxAlong(ring, unit(subtract(b, a)))
    if (!best || box.length * box.width < best.length * best.width) best = box
  }
  return best!
}

function boxAlong(ring: Ring, direction: Xy): Box {
  const normal = leftOf(direction)
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const point of ring) {
    const [u, v] = [dot(point, direction), dot(point, normal)]
    if (u < u0) u0 = u
    if (u > u1) u1 = u
    if (v < v0) v0 = v
    if (v > v1) v1 = v
  }
  const centre = along(along([0, 0], direction, (u0 + u1) / 2), normal, (v0 + v1) / 2)
  const isLong = u1 - u0 >= v1 - v0
  return {
    centre,
    direction: isLong ? direction : normal,
    length: Math.max(u1 - u0, v1 - v0),
    width: Math.min(u1 - u0, v1 - v0),
  }
}

export interface Cut {
  edge: number
  point: Xy
}

/** Where the line through `origin` first meets the ring on either side; undefined when the origin is outside. */
export function chordThrough(ring: Ring, origin: Xy, direction: Xy): [Cut, Cut] | undefined {
  if (!isInside(origin, ring)) return undefined
  let [back, front]: [Cut | undefined, Cut | undefined] = [undefined, undefined]
  let [backAt, frontAt] = [-Infinity, Infinity]
  for (let index = 0; index < ring.length; index++) {
    const [a, b] = edgeOf(ring, index)
    const side = subtract(b, a)
    const turn = cross(direction, side)
    if (Math.abs(turn) < 1e-9) continue
    const share = cross(subtract(a, origin), direction) / turn
    if (share < 0 || share > 1) continue
    const at = cross(subtract(a, origin), side) / turn
    const cut = { edge: index, point: mix(a, b, share) }
    if (at >= 0 && at < frontAt) [front, frontAt] = [cut, at]
    if (at < 0 && at > backAt) [back, backAt] = [cut, at]
  }
  return front && back ? [back, front] : undefined
}
