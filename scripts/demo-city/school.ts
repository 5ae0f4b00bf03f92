import type { SchoolInput } from '../../server/schools/schemas.ts'
import type { Campus } from './campuses.ts'
import { distance, type Xy } from './plane.ts'
import { groundDistance } from './projection.ts'
import { isInside, nearestOnRing } from './ring.ts'
import type { SchoolKind } from './school-plan.ts'

/** A school with its campus, as the rest of the city sees it. */
export interface School {
  campus: Campus
  external_id: string
  name: string
  address: string
  district: 'east' | 'west'
  kinds: SchoolKind[]
  status: NonNullable<SchoolInput['status']>
  /** The boundary is not surveyed: only a position with a larger error is known. */
  isPointOnly: boolean
  hasGates: boolean
  position_error_m: number
  established_on: string
  students: number
  /** Built for a special case: left alone by the random part of the city. */
  isCase: boolean
}

interface Nearest {
  point: Xy
  /** On the ground; 0 within the campus. */
  metres: number
}

/** The nearest point of a campus, measured as the rules measure from any boundary point. */
export function nearestOnSchool(school: School, from: Xy): Nearest {
  const { campus } = school
  if (school.isPointOnly) return { point: campus.centre, metres: groundDistance(campus.centre, from) }
  const isIn = campus.parts.some((ring) => isInside(from, ring)) && !(campus.hole && isInside(from, campus.hole))
  if (isIn) return { point: from, metres: 0 }
  const rings = campus.hole ? [...campus.parts, campus.hole] : campus.parts
  const nearest = rings.map((ring) => nearestOnRing(from, ring)).reduce((a, b) => (a.distance <= b.distance ? a : b))
  return { point: nearest.point, metres: groundDistance(nearest.point, from) }
}

/** Metres to the nearest recorded gate, infinite when there is none. */
export const nearestGate = (school: School, from: Xy): number =>
  school.hasGates ? Math.min(...school.campus.gates.map(({ point }) => groundDistance(point, from))) : Infinity

const CELL_M = 400

/** Schools within a distance of a point, found by a grid over their circles. */
export class SchoolIndex {
  private readonly cells = new Map<number, { school: School; radius: number }[]>()

  constructor(schools: readonly School[]) {
    for (const school of schools) {
      const { centre, parts } = school.campus
      const radius = Math.max(...parts.flat().map((corner) => distance(corner, centre)))
      for (const key of this.keysAround(centre, radius)) {
        const cell = this.cells.get(key)
        if (cell) cell.push({ school, radius })
        else this.cells.set(key, [{ school, radius }])
      }
    }
  }

  within(
    point: Xy,
    metres: number,
    suits: (school: School) => boolean = () => true,
  ): { school: School; metres: number }[] {
    const found: { school: School; metres: number }[] = []
    for (const school of this.around(point, metres)) {
      if (!suits(school)) continue
      const nearest = nearestOnSchool(school, point).metres
      if (nearest <= metres) found.push({ school, metres: nearest })
    }
    return found
  }

  /** On some campus, or closer than a wall's width to one. */
  isBuiltOver(point: Xy): boolean {
    for (const { campus } of this.around(point, 4)) {
      if (campus.parts.some((ring) => isInside(point, ring) || nearestOnRing(point, ring).distance < 4)) return true
    }
    return false
  }

  /** Schools whose circle comes within `metres`. */
  private around(point: Xy, metres: number): Set<School> {
    const near = new Set<School>()
    for (const key of this.keysAround(point, metres)) {
      for (const { school, radius } of this.cells.get(key) ?? []) {
        if (distance(point, school.campus.centre) <= metres + radius) near.add(school)
      }
    }
    return near
  }

  private keysAround(point: Xy, reach: number): number[] {
    const cell = (value: number) => Math.floor(value / CELL_M)
    const keys: number[] = []
    for (let x = cell(point[0] - reach); x <= cell(point[0] + reach); x++) {
      for (let y = cell(point[1] - reach); y <= cell(point[1] + reach); y++) keys.push(x * 1000 + y)
    }
    return keys
  }
}
