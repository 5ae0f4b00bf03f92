import { isCounted } from './case-schools.ts'
import { along, distance, leftOf, mix, rotate, subtract, times, unit, type Xy } from './plane.ts'
import { groundDistance } from './projection.ts'
import { edgeOf } from './ring.ts'
import { nearestOnSchool, type School, type SchoolIndex } from './school.ts'
import type { StreetIndex } from './street-index.ts'
import { kerbOf, type Streets } from './streets.ts'

export interface Scene {
  streets: Streets
  streetIndex: StreetIndex
  schoolIndex: SchoolIndex
  isLand: (point: Xy) => boolean
  /** Where venues and stalls of special cases stand: nothing else is put there. */
  taken: Xy[]
}

export interface Spot {
  point: Xy
  /** Unit vector away from the campus. */
  outward: Xy
}

interface Wish {
  /** Ground metres to the boundary, met to a micrometre. */
  metres: number
  /** Further demands on the spot; more is better, undefined refuses it. */
  worth?: ((point: Xy, outward: Xy) => number | undefined) | undefined
}

/** The most natural place at an exact distance from a campus boundary: dry, beside a street, far from other schools. */
export function spotAtBoundary(scene: Scene, school: School, { metres, worth }: Wish): Spot {
  const spots = starts(school).flatMap(({ point, outward }): (Spot & { worth: number })[] => {
    const there = outTo(school, point, outward, metres)
    if (!there) return []
    const own = worth ? worth(there, outward) : 0
    return own === undefined ? [] : [{ point: there, outward, worth: own + naturalness(scene, school, there) }]
  })
  return best(spots, school)
}

/** The same for an exact distance from a gate, with all other gates farther. */
export function spotAtGate(scene: Scene, school: School, gate: Xy, metres: number, others = 0): Spot {
  const spots: (Spot & { worth: number })[] = []
  for (let angle = 0; angle < Math.PI * 2; angle += 0.05) {
    const outward = rotate([1, 0], angle)
    const point = wayTo((length) => groundDistance(gate, along(gate, outward, length)), metres)
    const there = along(gate, outward, point)
    const isNearest = school.campus.gates.every(
      (other) => other.point === gate || groundDistance(other.point, there) > Math.max(metres, others),
    )
    if (isNearest && nearestOnSchool(school, there).metres > 3) {
      spots.push({ point: there, outward, worth: naturalness(scene, school, there) })
    }
  }
  return best(spots, school)
}

function best(spots: readonly (Spot & { worth: number })[], school: School): Spot {
  if (!spots[0]) throw new Error(`no spot near ${school.external_id}`)
  return spots.reduce((a, b) => (b.worth > a.worth ? b : a))
}

function starts(school: School): Spot[] {
  const { campus } = school
  if (school.isPointOnly) {
    return Array.from({ length: 72 }, (_, step) => ({
      point: campus.centre,
      outward: rotate([1, 0], (step * Math.PI) / 36),
    }))
  }
  const ring = campus.parts.at(-1)!
  return ring.flatMap((_, edge) => {
    const [a, b] = edgeOf(ring, edge)
    const outward = times(leftOf(unit(subtract(b, a))), -1)
    return [0.15, 0.3, 0.45, 0.6, 0.75, 0.9].map((share) => ({ point: mix(a, b, share), outward }))
  })
}

/** The point at the wanted distance on the way out, if no other part of the campus comes nearer on it. */
export function outTo(school: School, from: Xy, outward: Xy, metres: number): Xy | undefined {
  const reach = (length: number) => nearestOnSchool(school, along(from, outward, length)).metres
  // 0.5 m past the wanted distance, or the wall is not the nearest one out there.
  if (reach(metres + 0.5) < metres) return undefined
  return along(from, outward, wayTo(reach, metres))
}

/** How far out `wanted` metres are reached: the distance grows nearly as fast as the way, so stepping on by what is
 * missing converges in a few steps. */
function wayTo(reach: (length: number) => number, wanted: number): number {
  let length = wanted
  for (let step = 0; step < 40; step++) {
    const missing = wanted - reach(length)
    length += missing
    if (Math.abs(missing) < 1e-9) break
  }
  return length
}

function naturalness(scene: Scene, own: School, point: Xy): number {
  if (!scene.isLand(point) || scene.schoolIndex.isBuiltOver(point)) return -1000
  if (scene.taken.some((other) => distance(other, point) < 22)) return -500
  const streets = scene.streetIndex.near(point, 45)
  let worth = streets.length === 0 ? -60 : 0
  let closest = Infinity
  for (const near of streets) {
    const kerb = kerbOf(scene.streets.of(near.tag)!.class)
    if (near.distance < kerb) worth -= 40
    closest = Math.min(closest, near.distance - kerb)
  }
  if (Number.isFinite(closest)) worth -= Math.abs(closest - 5)
  const others = scene.schoolIndex.within(point, 240, (school) => school !== own && isCounted(school))
  return worth - others.length * 45
}

/** A gate of the wanted kind, or the main gate. */
export const gateOf = (school: School, kind: 'main' | 'back'): Xy =>
  (school.campus.gates.find((gate) => gate.kind === kind) ?? school.campus.gates[0]!).point
