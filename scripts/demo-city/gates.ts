import type { GateInput } from '../../server/schools/schemas.ts'
import type { Block } from './blocks.ts'
import { withForecourt } from './campus-shape.ts'
import type { Layout } from './layout.ts'
import { along, cross, distance, dot, leftOf, mix, subtract, times, unit, type Xy } from './plane.ts'
import { settled } from './projection.ts'
import type { Random } from './random.ts'
import { edgeOf, isInside } from './ring.ts'
import type { SchoolPlan } from './school-plan.ts'
import type { StreetClass, Streets } from './streets.ts'

export interface Gate {
  kind: GateInput['kind']
  point: Xy
  /** Unit vector from the campus to the street. */
  outward: Xy
  isStudentGate: boolean
  /** The street the gate opens to, and the way out to its middle. */
  street: number
  path: Xy[]
}

// Gates open to quiet streets where there is a choice.
const QUIET: Partial<Record<StreetClass, number>> = { trunk: 0, primary: 0.35, secondary: 0.7, track: 0.6 }

interface Site {
  edge: number
  share: number
  worth: number
}

export function openGates(
  random: Random,
  layout: Layout,
  block: Block,
  shape: Block,
  plan: SchoolPlan,
): { shape: Block; gates: Gate[] } {
  const sites = gateSites(random, layout.streets, shape)
  if (!sites[0]) return { shape, gates: [] }
  const wanted = random.int(...plan.gates)
  const chosen = spread(shape, sites, wanted)
  const main = chosen[0]!
  const gates = chosen.flatMap((site, index) => {
    const bay =
      index === 0 && shape.area_m2 > 7_000 && edgeLength(shape, main.edge) > 60 && random.chance(0.6)
        ? withForecourt(shape, main.edge, main.share)
        : shape
    return gateAt(
      random,
      layout.streets,
      block,
      shape,
      site,
      index === 0 ? 'main' : kindOf(shape, main, site),
      bay !== shape,
    )
  })
  const hasBay = gates[0]?.kind === 'main' && gates[0].isSetBack
  return {
    shape: hasBay ? withForecourt(shape, main.edge, main.share) : shape,
    gates: gates[0]?.kind === 'main' ? gates.map(({ isSetBack: _, ...gate }) => gate) : [],
  }
}

const edgeLength = (shape: Block, edge: number) => distance(...edgeOf(shape.ring, edge))

const normalOf = (shape: Block, edge: number): Xy => {
  const [a, b] = edgeOf(shape.ring, edge)
  // Outlines run anticlockwise: right of the edge is outside.
  return times(leftOf(unit(subtract(b, a))), -1)
}

function gateSites(random: Random, streets: Streets, shape: Block): Site[] {
  const sites = shape.tags.flatMap((tag, edge): Site[] => {
    const length = edgeLength(shape, edge)
    if (tag < 0 || length < 24) return []
    const quiet = QUIET[streets.of(tag)!.class] ?? 1
    const shares = length > 130 ? [random.between(0.2, 0.32), random.between(0.62, 0.8)] : [random.between(0.4, 0.6)]
    return shares.map((share) => ({ edge, share, worth: Math.min(length, 120) * quiet * random.between(0.8, 1.2) }))
  })
  return sites.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth)
}

/** The best site, then those that look another way or lie well apart. */
function spread(shape: Block, sites: readonly Site[], wanted: number): Site[] {
  const chosen = [sites[0]!]
  for (const site of sites.slice(1)) {
    if (chosen.length === wanted) break
    const isApart = chosen.every((other) => {
      const turned = dot(normalOf(shape, site.edge), normalOf(shape, other.edge)) < 0.5
      return turned || distance(placeOf(shape, site), placeOf(shape, other)) > 70
    })
    if (isApart) chosen.push(site)
  }
  return chosen
}

const placeOf = (shape: Block, site: Site): Xy => mix(...edgeOf(shape.ring, site.edge), site.share)

const kindOf = (shape: Block, main: Site, site: Site): GateInput['kind'] =>
  dot(normalOf(shape, main.edge), normalOf(shape, site.edge)) < -0.5 ? 'back' : 'side'

function gateAt(
  random: Random,
  streets: Streets,
  block: Block,
  shape: Block,
  site: Site,
  kind: GateInput['kind'],
  isSetBack: boolean,
): (Gate & { isSetBack: boolean })[] {
  const outward = normalOf(shape, site.edge)
  // The forecourt lies 8 m behind the street line.
  const point = settled(along(placeOf(shape, site), outward, isSetBack ? -8 : 0))
  const kerb = streetFrom(block, point, outward)
  if (!kerb || !isInside(along(point, outward, -3), shape.ring)) return []
  const isStudentGate = kind === 'main' || random.chance(0.72)
  const street = shape.tags[site.edge]!
  return streets.of(street) ? [{ kind, point, outward, isStudentGate, street, path: [point, kerb], isSetBack }] : []
}

/** Where a straight way out of the gate meets the middle of the street, at most 60 m away. */
function streetFrom({ ring }: Block, from: Xy, outward: Xy): Xy | undefined {
  let best = 60
  for (let index = 0; index < ring.length; index++) {
    const [a, b] = edgeOf(ring, index)
    const side = subtract(b, a)
    const turn = cross(outward, side)
    if (Math.abs(turn) < 1e-9) continue
    const share = cross(subtract(a, from), outward) / turn
    const away = cross(subtract(a, from), side) / turn
    if (share > 0 && share < 1 && away > 0 && away < best) best = away
  }
  return best < 60 ? along(from, outward, best) : undefined
}
