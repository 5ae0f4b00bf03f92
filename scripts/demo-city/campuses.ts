import { buildingLand, fencedOff, withNotch } from './campus-shape.ts'
import { type Gate, openGates } from './gates.ts'
import type { Layout } from './layout.ts'
import { distance, type Xy } from './plane.ts'
import { settledRing } from './projection.ts'
import type { Random } from './random.ts'
import { orientedBox, type Ring } from './ring.ts'
import { SCHOOL_PLANS, type SchoolPlan } from './school-plan.ts'

/** A campus on the ground. Its outline is exactly what is delivered, so that distances to it can be exact. */
export interface Campus {
  plan: SchoolPlan
  /** The first part is the one with the main gate; most campuses have no other. */
  parts: Ring[]
  hole: Ring | undefined
  gates: Gate[]
  centre: Xy
  blocks: number[]
  area_m2: number
}

/** Between any two campuses, metres. */
const LEAST_APART_M = 240

/** Fills the plan up around campuses that stand already. */
export function buildCampuses(random: Random, layout: Layout, standing: readonly Campus[]): Campus[] {
  const { blocks, land } = layout
  const centres = blocks.map(({ ring }) => orientedBox(ring).centre)
  const fabrics = centres.map((centre) => land.fabricAt(centre))
  const campuses: Campus[] = [...standing]
  for (const plan of SCHOOL_PLANS) {
    const order = random.shuffle(blocks.map((_, index) => index))
    let left = plan.count - standing.filter((campus) => campus.plan.sort === plan.sort).length
    const taken = new Set(standing.flatMap((campus) => campus.blocks))
    for (const index of order) {
      if (left <= 0) break
      if (taken.has(index)) continue
      const isSuitable = plan.fabrics.includes(fabrics[index]!) && blocks[index]!.area_m2 > plan.least_m2 * 1.3
      // A kindergarten in a block of ten hectares has no street of its own.
      if (!isSuitable || blocks[index]!.area_m2 > plan.most_m2 * 9) continue
      if (!hasRoom(campuses, centres[index]!, plan)) continue
      const campus = buildCampus(random, layout, index, plan)
      if (!campus) continue
      campuses.push(campus)
      left--
    }
  }
  return campuses
}

function hasRoom(campuses: readonly Campus[], place: Xy, plan: SchoolPlan): boolean {
  return campuses.every((other) => {
    const away = distance(place, other.centre)
    const reach = Math.sqrt(other.area_m2) / 2 + Math.sqrt(plan.most_m2) / 3
    return away > LEAST_APART_M + reach && (other.plan.sort !== plan.sort || away > plan.spacing_m)
  })
}

export function buildCampus(random: Random, layout: Layout, block: number, plan: SchoolPlan): Campus | undefined {
  const land = buildingLand(layout.streets, layout.blocks[block]!)
  if (!land || land.area_m2 < plan.least_m2) return undefined
  let shape = fencedOff(random, land, plan.least_m2, plan.most_m2)
  if (!shape) return undefined
  if (shape.area_m2 > plan.least_m2 * 1.3 && random.chance(0.55)) shape = withNotch(random, shape)
  const opened = openGates(random, layout, layout.blocks[block]!, shape, plan)
  if (opened.gates.length === 0) return undefined
  return {
    plan,
    parts: [settledRing(opened.shape.ring)],
    hole: undefined,
    gates: opened.gates,
    centre: orientedBox(opened.shape.ring).centre,
    blocks: [block],
    area_m2: opened.shape.area_m2,
  }
}
