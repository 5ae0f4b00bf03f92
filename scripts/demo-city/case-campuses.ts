import type { Block } from './blocks.ts'
import { buildingLand, fencedOff } from './campus-shape.ts'
import { buildCampus, type Campus } from './campuses.ts'
import type { Layout } from './layout.ts'
import { along, distance, rotate, type Xy } from './plane.ts'
import { settledRing } from './projection.ts'
import type { Random } from './random.ts'
import { isInside, nearestOnRing, orientedBox, type Ring } from './ring.ts'
import { SCHOOL_PLANS, type SchoolPlan, type SchoolSort } from './school-plan.ts'
import { kerbOf } from './streets.ts'

/** Campuses that need a particular place: they are built before all others. */
export interface ReservedCampuses {
  'across-river': Campus
  'next-district': Campus
  'two-parts': Campus
}

const planOf = (sort: SchoolSort): SchoolPlan => SCHOOL_PLANS.find((plan) => plan.sort === sort)!

export function reserveCampuses(random: Random, layout: Layout): ReservedCampuses {
  return {
    // Half way between the northern and the central bridge, so that the walk is as long as it can be.
    'across-river': onStreet(random, layout, '滨河西路', 'primary', ([, y]) => Math.abs(y - 1350) < 650),
    'next-district': onStreet(random, layout, '新城大道', 'junior', ([x, y]) => y > 3050 && y < 4600 && x > -2420),
    'two-parts': inTwoParts(random, layout),
  }
}

/** A campus with a gate to the named street, in a block that lies where it should. */
function onStreet(
  random: Random,
  layout: Layout,
  street: string,
  sort: SchoolSort,
  isThere: (place: Xy) => boolean,
): Campus {
  const plan = planOf(sort)
  const tag = layout.streets.all.findIndex(({ name }) => name === street)
  const candidates = layout.blocks.flatMap((block, index) =>
    block.tags.includes(tag) && isThere(orientedBox(block.ring).centre) ? [index] : [],
  )
  for (let tries = 0; tries < 60; tries++) {
    for (const index of random.shuffle(candidates)) {
      const campus = buildCampus(random, layout, index, { ...plan, least_m2: plan.least_m2 * 0.5, gates: [2, 3] })
      if (campus?.gates.some((gate) => gate.street === tag)) return { ...campus, plan }
    }
  }
  throw new Error(`no campus fits on ${street}`)
}

function inTwoParts(random: Random, layout: Layout): Campus {
  const plan = planOf('nine_year')
  const smaller = { ...plan, least_m2: 11_000, most_m2: 26_000 }
  for (const index of random.shuffle(layout.blocks.map((_, block) => block))) {
    const block = layout.blocks[index]!
    const fabric = layout.land.fabricAt(orientedBox(block.ring).centre)
    if (fabric !== 'inner' && fabric !== 'outer') continue
    const campus = block.area_m2 > 16_000 ? buildCampus(random, layout, index, smaller) : undefined
    const gate = campus?.gates.find(({ street }) => layout.streets.of(street)?.class === 'residential')
    if (!campus || !gate) continue
    const width = 2 * (kerbOf('residential') + 2)
    const opposite = blockAt(layout, along(gate.point, gate.outward, width + 20))
    const part =
      opposite === undefined ? undefined : partFacing(random, layout, layout.blocks[opposite]!, gate.point, width + 14)
    if (opposite === undefined || opposite === index || !part) continue
    return {
      ...campus,
      plan,
      parts: [...campus.parts, settledRing(part.ring)],
      blocks: [index, opposite],
      area_m2: campus.area_m2 + part.area_m2,
    }
  }
  throw new Error('no campus fits on both sides of a street')
}

function partFacing(random: Random, layout: Layout, block: Block, from: Xy, within: number): Block | undefined {
  const land = buildingLand(layout.streets, block)
  if (!land) return undefined
  for (let tries = 0; tries < 6; tries++) {
    const part = fencedOff(random, land, 4_000, 12_000)
    if (part && nearestOnRing(from, part.ring).distance < within) return part
  }
  return undefined
}

function blockAt({ blocks }: Layout, point: Xy): number | undefined {
  const index = blocks.findIndex(({ ring }) => distance(ring[0]!, point) < 900 && isInside(point, ring))
  return index < 0 ? undefined : index
}

/** An enclave within a campus that does not belong to it, such as an old residential court. */
export function withHole(random: Random, campus: Campus): Campus | undefined {
  const ring = campus.parts[0]!
  const box = orientedBox(ring)
  for (let tries = 0; tries < 60; tries++) {
    const centre = along(box.centre, box.direction, random.between(-0.3, 0.3) * box.length)
    if (!isInside(centre, ring) || nearestOnRing(centre, ring).distance < 48) continue
    const corner = (x: number, y: number): Xy =>
      along(along(centre, box.direction, x), rotate(box.direction, Math.PI / 2), y)
    // Holes run clockwise.
    const hole: Ring = [corner(-20, -16), corner(-20, 16), corner(19, 17), corner(20, -16)]
    return { ...campus, hole: settledRing(hole) }
  }
  return undefined
}
