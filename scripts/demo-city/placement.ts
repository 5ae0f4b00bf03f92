import { COUNTED } from './case-schools.ts'
import type { Front } from './frontage.ts'
import { distance } from './plane.ts'
import { nearestGate, type School, type SchoolIndex } from './school.ts'
import type { SchoolKind } from './school-plan.ts'
import type { VenueKind } from './venue-plan.ts'

/** How a kind keeps away from schools, and how many of its venues do not. */
interface Keeping {
  threshold_m: number
  from: 'boundary' | 'gate'
  kinds: SchoolKind[]
  /** Of the kind's venues, those put inside the zone of some school. */
  inside: number
  /** Between two venues of the kind, metres. */
  apart_m: number
}

const WITH_NURSERIES: SchoolKind[] = [...COUNTED, 'specialized', 'kindergarten']

const boundary = (inside: number, apart_m: number, kinds = WITH_NURSERIES): Keeping => ({
  threshold_m: 200,
  from: 'boundary',
  kinds,
  inside,
  apart_m,
})
const gate = (inside: number): Keeping => ({
  threshold_m: 50,
  from: 'gate',
  kinds: WITH_NURSERIES,
  inside,
  apart_m: 40,
})

const KEEPING: Partial<Record<VenueKind, Keeping>> = {
  internet_cafe: boundary(9, 160, COUNTED),
  song_dance: boundary(6, 30),
  bar: boundary(4, 12),
  amusement_arcade: boundary(2, 150),
  lottery_outlet: boundary(11, 150),
  lottery_exclusive: boundary(1, 700),
  tobacco: gate(11),
  e_cigarette: gate(1),
}

// Doors and outlines reach up to 16 m from the place itself, and nobody should be borderline by accident.
const CLEARANCE_M = 32
const MARGIN_M = 18

/** Chooses places for one kind out of those left: the wanted number inside some zone, the rest well outside. */
export function choosePlaces(
  kind: VenueKind,
  count: number,
  fronts: readonly Front[],
  used: Set<Front>,
  schools: SchoolIndex,
): { front: Front; school: School | undefined }[] {
  const keeping = KEEPING[kind]!
  const chosen: { front: Front; school: School | undefined }[] = []
  const missing = { inside: keeping.inside, outside: count - keeping.inside }
  for (const front of fronts) {
    if (missing.inside + missing.outside === 0) break
    if (used.has(front)) continue
    const close = nearby(front, keeping, schools)
    const place = close.length === 0 ? 'outside' : 'inside'
    if (missing[place] === 0 || (close[0] && !isPlainlyInside(close, keeping))) continue
    if (chosen.some((other) => distance(other.front.door, front.door) < keeping.apart_m)) continue
    missing[place]--
    used.add(front)
    chosen.push({ front, school: close[0]?.school })
  }
  return chosen
}

function nearby(front: Front, keeping: Keeping, schools: SchoolIndex): { school: School; metres: number }[] {
  const suits = (school: School) =>
    school.status === 'open' && school.kinds.some((kind) => keeping.kinds.includes(kind))
  const reach = keeping.threshold_m + CLEARANCE_M
  if (keeping.from === 'boundary') return schools.within(front.door, reach, suits)
  return (
    schools
      .within(front.door, reach, suits)
      // Without gates the boundary stands in, so it keeps shops away as well.
      .map(({ school, metres }) => ({ school, metres: school.hasGates ? nearestGate(school, front.door) : metres }))
      .filter(({ metres }) => metres < reach)
  )
}

const isPlainlyInside = (close: readonly { school: School; metres: number }[], { threshold_m }: Keeping): boolean =>
  close.length <= 2 && close.every(({ school, metres }) => !school.isCase && metres < threshold_m - MARGIN_M)
