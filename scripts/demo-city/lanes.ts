import type { Block } from './blocks.ts'
import type { Layout } from './layout.ts'
import type { Stroke } from './planar.ts'
import { along, crossing, distance, leftOf, mix, rotate, subtract, unit, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import { chordThrough, edgeOf, isInside, nearestOnRing, orientedBox } from './ring.ts'

/** Lanes of estates and footpaths within blocks that hold no campus. */
export function buildLanes(random: Random, layout: Layout, taken: ReadonlySet<number>): Stroke[] {
  const service = layout.streets.open({ class: 'service', trade: 0.12 })
  const footway = layout.streets.open({ class: 'footway', trade: 0.1 })
  return layout.blocks.flatMap((block, index) => {
    const isCountry = layout.land.fabricAt(orientedBox(block.ring).centre) === 'country'
    if (taken.has(index) || isCountry || block.area_m2 < 9_000) return []
    return random.chance(0.2) ? footpath(random, block, footway) : estate(random, block, service)
  })
}

/** A path right through the block. */
function footpath(random: Random, block: Block, tag: number): Stroke[] {
  const box = orientedBox(block.ring)
  const ends = chordThrough(block.ring, box.centre, rotate(leftOf(box.direction), random.between(-0.3, 0.3)))
  if (!ends || isAtCorner(block, ends[0].point) || isAtCorner(block, ends[1].point)) return []
  return [{ points: [ends[0].point, ends[1].point], tag }]
}

const isAtCorner = (block: Block, point: Xy) => block.ring.some((corner) => distance(corner, point) < 14)

/** Dead-end lanes from the street into the block, some with a branch. */
function estate(random: Random, block: Block, tag: number): Stroke[] {
  const lanes: Stroke[] = []
  const wanted = Math.min(2, Math.floor(block.area_m2 / 26_000 + random.between(0, 0.8)))
  for (let tries = 0; tries < wanted * 3 && lanes.length < wanted; tries++) {
    const edge = random.int(0, block.ring.length - 1)
    const [a, b] = edgeOf(block.ring, edge)
    if (block.tags[edge]! < 0 || distance(a, b) < 40) continue
    const start = mix(a, b, random.between(0.3, 0.7))
    const inward = rotate(leftOf(unit(subtract(b, a))), random.between(-0.1, 0.1))
    const depth = random.between(0.3, 0.6) * Math.min(220, Math.sqrt(block.area_m2))
    const line: Xy[] = [start, along(start, inward, depth)]
    if (random.chance(0.45)) {
      const turn = rotate(inward, (random.chance(0.5) ? 1 : -1) * 1.5)
      line.push(along(line[1]!, turn, random.between(25, 60)))
    }
    if (isFree(block, line, lanes)) lanes.push({ points: line, tag })
  }
  return lanes
}

function isFree(block: Block, line: readonly Xy[], lanes: readonly Stroke[]): boolean {
  if (isAtCorner(block, line[0]!)) return false
  const isIn = line.slice(1).every((p) => isInside(p, block.ring) && nearestOnRing(p, block.ring).distance > 16)
  const crosses = (points: readonly Xy[]) =>
    points.slice(1).some((b, i) => line.slice(1).some((d, j) => crossing(points[i]!, b, line[j]!, d)))
  return isIn && !crossesOutline(block, line) && lanes.every(({ points }) => !crosses(points))
}

function crossesOutline({ ring }: Block, line: readonly Xy[]): boolean {
  const from = along(line[0]!, unit(subtract(line[1]!, line[0]!)), 0.5)
  const inner = [from, ...line.slice(1)]
  return ring.some((_, edge) => inner.slice(1).some((to, i) => crossing(...edgeOf(ring, edge), inner[i]!, to)))
}
