import { distance, nearestOnSegment, offsetLine, smooth, type Xy } from './plane.ts'
import type { Random } from './random.ts'

/** Half the water, and half the distance between the two riverside roads. Metres. */
export const WATER_HALF_M = 46
export const BANK_HALF_M = 64

export interface River {
  /** From north to south. */
  centreline: Xy[]
  eastRoad: Xy[]
  westRoad: Xy[]
}

const COURSE: Xy[] = [
  [-1000, 7200],
  [-1350, 5600],
  [-1250, 4600],
  [-560, 3300],
  [-1000, 2050],
  [-1120, 1100],
  [-640, 120],
  [-980, -1050],
  [-1080, -2200],
  [-1680, -3700],
  [-1350, -5000],
  [-1750, -7200],
]

export function buildRiver(random: Random): River {
  const bent = COURSE.map(([x, y]): Xy => [x + random.between(-50, 50), y + random.between(-50, 50)])
  const centreline = smooth(bent, 55)
  // Running south, east is to the left.
  return { centreline, eastRoad: offsetLine(centreline, BANK_HALF_M), westRoad: offsetLine(centreline, -BANK_HALF_M) }
}

export function isOnRiver({ centreline }: River, point: Xy, halfWidth: number): boolean {
  // The river never leaves this strip.
  if (Math.abs(point[0] + 1100) > 1000) return false
  for (let index = 1; index < centreline.length; index++) {
    const [from, to] = [centreline[index - 1]!, centreline[index]!]
    // It runs from north to south all the way.
    if (point[1] > from[1] + halfWidth || point[1] < to[1] - halfWidth) continue
    if (distance(point, nearestOnSegment(point, from, to)) < halfWidth) return true
  }
  return false
}

/** Which bank a point lies on, by the run of the river at its latitude. */
export function isEast(river: River, point: Xy): boolean {
  const near = river.centreline.findIndex((place) => place[1] <= point[1])
  const index = near <= 0 ? (near === 0 ? 1 : river.centreline.length - 1) : near
  const [a, b] = [river.centreline[index - 1]!, river.centreline[index]!]
  const turn = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
  return turn > 0
}
