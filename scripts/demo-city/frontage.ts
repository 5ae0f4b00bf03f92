import { OLD_TOWN } from './arterials.ts'
import type { RoadEdge } from './network.ts'
import { along, distance, leftOf, lineLength, pointAlong, times, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import type { SchoolIndex } from './school.ts'
import type { StreetIndex } from './street-index.ts'
import { kerbOf, type Street, type Streets } from './streets.ts'
import type { Fabric, Land } from './zones.ts'

/** A place for a shop: where its door would be. */
export interface Front {
  door: Xy
  /** Unit vector from the street to the building. */
  inward: Xy
  street: Street
  tag: number
  number: number
  /** How much business the place draws. */
  trade: number
  fabric: Fabric
}

const TRADED: Record<string, number> = { primary: 0.8, secondary: 1.2, tertiary: 1, residential: 0.75, pedestrian: 4 }
const FABRIC: Record<Fabric, number> = { old: 2.4, inner: 1.25, new: 0.85, outer: 0.6, village: 0.9, country: 0.04 }

export interface Ground {
  streets: Streets
  land: Land
  streetIndex: StreetIndex
  schoolIndex: SchoolIndex
  isLand: (point: Xy) => boolean
}

/** All places for shops, the busiest likely first: a weighted random order. */
export function findFronts(random: Random, ground: Ground, edges: readonly RoadEdge[]): Front[] {
  const numbers = new Map<number, number>()
  const fronts = edges.flatMap((edge) => frontsAlong(random, ground, edge, numbers))
  // Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006: sort by u^(1/w).
  // The spacing follows the trade already, so the weight only leans the same way.
  const keyed = fronts.map((front) => ({ front, key: Math.log(1 - random.next()) / front.trade ** 0.35 }))
  return keyed.sort((a, b) => b.key - a.key).map(({ front }) => front)
}

function frontsAlong(random: Random, ground: Ground, { points, tag }: RoadEdge, numbers: Map<number, number>): Front[] {
  const street = ground.streets.of(tag)!
  const weight = (TRADED[street.class] ?? 0) * street.trade
  const length = lineLength(points)
  if (weight === 0 || length < 30) return []
  const middle = pointAlong(points, length / 2).point
  const fabric = ground.land.fabricAt(middle)
  const trade = weight * FABRIC[fabric] * (0.4 + 1.6 * Math.exp(-distance(middle, OLD_TOWN) / 2600))
  if (trade < 0.02) return []
  // Busy streets are built up door to door, quiet ones have a shop here and there.
  const room = Math.max(1, 2.6 / trade)
  const fronts: Front[] = []
  for (const side of [1, -1]) {
    for (let at = random.between(14, 20 + 6 * room); at < length - 12; at += random.between(10, 22) * room) {
      const { point, direction } = pointAlong(points, at)
      const inward = times(leftOf(direction), side)
      const door = along(point, inward, kerbOf(street.class) + random.between(1, 3))
      if (!isFree(ground, door, along(door, inward, 9), tag)) continue
      numbers.set(tag, (numbers.get(tag) ?? 0) + 1)
      fronts.push({ door, inward, street, tag, number: numbers.get(tag)!, trade, fabric })
    }
  }
  return fronts
}

function isFree({ streets, streetIndex, schoolIndex, isLand }: Ground, door: Xy, back: Xy, tag: number): boolean {
  if (!isLand(back) || schoolIndex.isBuiltOver(door) || schoolIndex.isBuiltOver(back)) return false
  return streetIndex.near(door, 26).every((other) => {
    const room = kerbOf(streets.of(other.tag)!.class)
    return other.distance >= (other.tag === tag ? room - 1 : room)
  })
}
