import { OLD_TOWN } from './arterials.ts'
import { distance, type Xy } from './plane.ts'
import type { Random } from './random.ts'

/** The city's fabric, from the core outwards. */
export type Fabric = 'old' | 'inner' | 'new' | 'outer' | 'village' | 'country'

export interface Land {
  fabricAt: (point: Xy) => Fabric
  villages: Xy[]
}

const VILLAGE_RADIUS_M = 300
const VILLAGES = 46

// Ellipses a little wider than the ring road and the bypass, whose course is about (-200, 0).
const within = (point: Xy, rx: number, ry: number) => ((point[0] + 200) / rx) ** 2 + ((point[1] + 50) / ry) ** 2 < 1

export function buildLand(random: Random): Land {
  const villages: Xy[] = []
  for (let tries = 0; villages.length < VILLAGES && tries < 3000; tries++) {
    const place: Xy = [random.between(-6800, 6800), random.between(-5800, 5800)]
    const isOut = !within(place, 5700, 4650) && Math.abs(place[0] + 1300) > 350
    if (isOut && villages.every((other) => distance(place, other) > 900)) villages.push(place)
  }
  const fabricAt = (point: Xy): Fabric => {
    if (distance(point, OLD_TOWN) < 900) return 'old'
    if (within(point, 3150, 2700)) return point[0] < -1100 ? 'new' : 'inner'
    if (within(point, 5500, 4500)) return point[0] < -1100 ? 'new' : 'outer'
    return villages.some((village) => distance(point, village) < VILLAGE_RADIUS_M) ? 'village' : 'country'
  }
  return { fabricAt, villages }
}

/** The size at which a block is no longer divided, square metres. */
export function blockSize(land: Land, point: Xy): number {
  const fabric = land.fabricAt(point)
  if (fabric === 'village') return 9_000
  if (fabric === 'country') return 500_000
  const away = distance(point, OLD_TOWN)
  const grown = 9_500 + Math.max(0, away - 500) * 8.6
  return fabric === 'new' ? Math.max(30_000, grown) : grown
}

/** The number of the village nearest to a point. */
export function nearestVillage({ villages }: Land, point: Xy): number {
  const away = villages.map((village) => distance(village, point))
  return away.indexOf(Math.min(...away))
}
