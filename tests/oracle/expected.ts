import type { RuleInput } from '../../server/rules/schemas.ts'
import { distance, distanceToPolygon, type LonLat } from './geodesic.ts'
import type { RandomCity, RandomSchool, RandomVenue } from './random-city.ts'

export interface Pair {
  rule: string
  school: string
  place: string
  distance_m: number
  is_inside: boolean | null
}

/** Metres from a campus by the rule's own origin; null when a needed gate is not recorded. */
function fromSchool(school: RandomSchool, rule: RuleInput, to: LonLat): { metres: number; isFallback: boolean } {
  const boundary = () => (school.rings ? distanceToPolygon(to, school.rings) : distance(to, school.point))
  if (rule.measure_from === 'boundary_any') return { metres: boundary(), isFallback: false }
  const gates = school.gates.filter(
    (gate) =>
      rule.measure_from === 'gate_any' ||
      (rule.measure_from === 'gate_main' && gate.kind === 'main') ||
      (rule.measure_from === 'gate_student' && gate.is_student_gate),
  )
  if (gates.length === 0) return { metres: boundary(), isFallback: true }
  return { metres: Math.min(...gates.map((gate) => distance(to, gate.position))), isFallback: false }
}

function targets(venue: RandomVenue, rule: RuleInput): LonLat[] {
  const doors = venue.doors.filter(
    (door) =>
      rule.measure_to === 'door_any' ||
      rule.measure_to === 'any' ||
      (rule.measure_to === 'door_nearest' && door.kind !== 'fire_exit') ||
      (rule.measure_to === 'door_main' && door.kind === 'main'),
  )
  if (rule.measure_to === 'licence_point') return [venue.position]
  if (rule.measure_to === 'any') return [...doors.map((door) => door.position), venue.position]
  return doors.length > 0 ? doors.map((door) => door.position) : [venue.position]
}

/** Every pair the rules flag, by brute force over all rules, schools and places. */
export function expectedPairs(city: RandomCity, rules: RuleInput[]): Pair[] {
  const places = [
    ...city.venues.map((venue) => ({
      key: venue.input.external_id!,
      kind: venue.input.kind as string,
      to: (rule: RuleInput) => targets(venue, rule),
    })),
    ...city.stalls.map((stall) => ({
      key: stall.input.external_id!,
      kind: 'street_stall',
      to: () => [stall.position],
    })),
  ]
  const pairs: Pair[] = []
  for (const rule of rules)
    for (const school of city.schools) {
      if (!school.input.kinds.some((kind) => rule.school_kinds.includes(kind))) continue
      for (const place of places) {
        if (!(rule.venue_kinds as string[]).includes(place.kind)) continue
        const pair = measure(rule, school, place.to(rule))
        if (pair) pairs.push({ rule: rule.code, school: school.input.external_id!, place: place.key, ...pair })
      }
    }
  return pairs
}

function measure(rule: RuleInput, school: RandomSchool, ends: LonLat[]) {
  // Nobody within 400 m of the campus point can be missed by this shortcut: campuses reach 130 m out, rules 250 m.
  const close = ends.filter((end) => distance(end, school.point) < 130 + rule.threshold_m + 30)
  if (close.length === 0) return null
  const measured = close.map((end) => fromSchool(school, rule, end))
  const nearest = measured.reduce((best, each) => (each.metres < best.metres ? each : best))
  const inside = rule.comparator === 'lt' ? nearest.metres < rule.threshold_m : nearest.metres <= rule.threshold_m
  if (!inside) return null
  const isMeasured = rule.metric === 'straight' && !nearest.isFallback
  return { distance_m: nearest.metres, is_inside: isMeasured ? true : null }
}
