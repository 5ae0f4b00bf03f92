import type { GateInput, SchoolInput } from '../../server/schools/schemas.ts'
import type { StallInput, VenueInput } from '../../server/venues/schemas.ts'
import { azimuth, distance, type LonLat, move, type Polygon } from './geodesic.ts'

/** Seeded uniform numbers in [0, 1): mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface RandomSchool {
  input: SchoolInput
  rings: Polygon | null
  point: LonLat
  gates: { input: GateInput; position: LonLat; kind: string; is_student_gate: boolean }[]
}

export interface RandomVenue {
  input: VenueInput
  position: LonLat
  doors: { kind: 'main' | 'side' | 'fire_exit'; position: LonLat }[]
}

export interface RandomCity {
  schools: RandomSchool[]
  venues: RandomVenue[]
  stalls: { input: StallInput; position: LonLat }[]
}

const KINDS = ['internet_cafe', 'song_dance', 'bar', 'lottery_outlet', 'restaurant'] as const
const SCHOOL_KINDS = ['primary', 'junior', 'senior', 'kindergarten', 'higher'] as const

/** A star-shaped ring around a centre: valid by construction, vertices 30-130 m out. */
function starRing(centre: LonLat, next: () => number, scale = 1): LonLat[] {
  const corners = 5 + Math.floor(next() * 12)
  const start = next() * 360
  const ring = Array.from({ length: corners }, (_, i) =>
    move(centre, start - (i * 360) / corners, scale * (30 + next() * 100)),
  )
  return [...ring, ring[0]!]
}

/** A position at exactly `metres` from the middle of an edge, straight outwards (nearly always the nearest point). */
function offEdge(a: LonLat, b: LonLat, metres: number): LonLat {
  const middle = move(a, azimuth(a, b), distance(a, b) / 2)
  return move(middle, azimuth(middle, b) + 90, metres)
}

/**
 * A small city at any latitude: campuses as polygons, some with holes, some as points, several gates; venues and doors
 * laid at thresholds plus or minus centimetres from edges and gates, the rest anywhere near.
 */
export function randomCity(seed: number, centre: LonLat, thresholds: number[]): RandomCity {
  const next = random(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const near = (reach: number) => move(centre, next() * 360, next() * reach)
  const schools = Array.from({ length: 14 }, (_, i) => {
    const point = near(2500)
    const rings =
      next() < 0.15 ? null : [starRing(point, next), ...(next() < 0.3 ? [starRing(point, next, 0.15).reverse()] : [])]
    const outer = rings?.[0]
    const gates = Array.from({ length: Math.floor(next() * 4) }, (_, g) => {
      const position = outer ? outer[Math.floor(next() * (outer.length - 1))]! : move(point, next() * 360, 60)
      const kind = g === 0 && next() < 0.8 ? 'main' : pick(['side', 'back'] as const)
      const is_student_gate = next() < 0.7
      return {
        position,
        kind,
        is_student_gate,
        input: {
          external_id: `g${i}-${g}`,
          school_external_id: `s${i}`,
          kind,
          is_student_gate,
          position_error_m: 0,
          geometry: { type: 'Point', coordinates: position },
        } as GateInput,
      }
    })
    const kinds = next() < 0.2 ? (['primary', 'kindergarten'] as const) : ([pick(SCHOOL_KINDS)] as const)
    const input = {
      external_id: `s${i}`,
      name: `学校${i}`,
      kinds: [...kinds],
      position_error_m: 0,
      geometry: rings ? { type: 'Polygon', coordinates: rings } : { type: 'Point', coordinates: point },
    } as SchoolInput
    return { input, rings, point, gates }
  })
  const critical = () => pick(thresholds) + pick([-0.02, -0.01, -0.001, 0.001, 0.01, 0.02])
  const place = (): LonLat => {
    const school = pick(schools)
    if (next() < 0.3) return near(3000)
    if (school.gates.length > 0 && next() < 0.4) return move(pick(school.gates).position, next() * 360, critical())
    if (!school.rings) return move(school.point, next() * 360, critical())
    const ring = school.rings[0]!
    const i = Math.floor(next() * (ring.length - 1))
    return offEdge(ring[i]!, ring[i + 1]!, critical())
  }
  const venues = Array.from({ length: 220 }, (_, i) => {
    const position = place()
    const doors =
      next() < 0.3
        ? [
            { kind: 'main' as const, position: place() },
            ...(next() < 0.5 ? [{ kind: 'side' as const, position: move(position, next() * 360, next() * 30) }] : []),
            ...(next() < 0.3
              ? [{ kind: 'fire_exit' as const, position: move(position, next() * 360, next() * 40) }]
              : []),
          ]
        : []
    const input = {
      external_id: `v${i}`,
      name: `场所${i}`,
      kind: pick(KINDS),
      position_error_m: 0,
      doors: doors.map((door) => ({ ...door, position: [...door.position], position_error_m: 0 })),
      geometry: { type: 'Point', coordinates: position },
    } as VenueInput
    return { input, position, doors }
  })
  const stalls = Array.from({ length: 40 }, (_, i) => {
    const position = place()
    const input = {
      external_id: `t${i}`,
      sighted_at: '2026-05-06T07:30:00+08:00',
      position_error_m: 0,
      geometry: { type: 'Point', coordinates: position },
    } as StallInput
    return { input, position }
  })
  return { schools, venues, stalls }
}
