import { BorderJunctions } from './junctions.ts'
import type { Stroke } from './planar.ts'
import { along, cross, distance, dot, leftOf, mix, rotate, subtract, unit, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import { type Cut, chordThrough, edgeOf, isInside, nearestOnRing, orientedBox, type Ring, signedArea } from './ring.ts'
import type { StreetClass, Streets } from './streets.ts'
import { blockSize, type Land } from './zones.ts'

/** A piece of land between streets. tags[i] is the street along ring[i] to ring[i + 1]. */
export interface Block {
  ring: Ring
  tags: number[]
  area_m2: number
}

interface Division {
  blocks: Block[]
  strokes: Stroke[]
}

/** What dividing works with. */
interface Ground {
  random: Random
  land: Land
  streets: Streets
  junctions: BorderJunctions
}

/** Divides superblocks by ever smaller streets until every block has the size usual at its place. */
export function divide(random: Random, land: Land, streets: Streets, superblocks: readonly Block[]): Division {
  const ground: Ground = { random, land, streets, junctions: new BorderJunctions() }
  const open = [...superblocks]
  const division: Division = { blocks: [], strokes: [] }
  while (open.length > 0) {
    const block = open.pop()!
    const cut = isLargeEnough(ground, block) ? findStreet(ground, block) : undefined
    if (!cut) division.blocks.push(block)
    else {
      division.strokes.push({ points: cut.line, tag: cut.tag })
      open.push(...cut.halves)
    }
  }
  return division
}

function isLargeEnough({ random, land }: Ground, block: Block): boolean {
  const { centre, length } = orientedBox(block.ring)
  const hasVillage = land.villages.some(
    (village) => distance(village, centre) < length && isInside(village, block.ring),
  )
  const size = blockSize(land, centre)
  if (hasVillage && block.area_m2 > 16_000) return true
  // Parks, depots and works yards keep their land together.
  const isKept = block.area_m2 < size * 6 && random.chance(0.035)
  return !isKept && block.area_m2 > size * random.between(1.35, 2.1)
}

interface NewStreet {
  line: Xy[]
  tag: number
  halves: Block[]
}

function findStreet(ground: Ground, block: Block): NewStreet | undefined {
  const { random, junctions } = ground
  const box = orientedBox(block.ring)
  if (box.width < 45) return undefined
  const irregular = block.area_m2 < 60_000 ? 0.13 : 0.2
  for (let tries = 0; tries < 9; tries++) {
    const share = random.between(-0.12, 0.12) * (1 + tries / 4)
    // After a few tries across the long side, also try along it.
    const axis = tries > 5 ? box.direction : leftOf(box.direction)
    const offset = tries > 5 ? leftOf(box.direction) : box.direction
    const origin = along(box.centre, offset, share * (tries > 5 ? box.width : box.length))
    const ends = chordThrough(block.ring, origin, rotate(axis, random.between(-irregular, irregular)))
    if (!ends) continue
    const [from, to] = ends.map((end) => settle(junctions, block, end, distance(ends[0].point, ends[1].point))) as [
      Cut,
      Cut,
    ]
    if (isNearCorner(block, from) || isNearCorner(block, to)) continue
    const line = bend(random, block, from.point, to.point)
    const halves = split(block, from, to, line)
    if (!halves.every((half) => isUsable(half, block))) continue
    const tag = openStreet(ground, block, line)
    for (const half of halves) for (const [edge, own] of half.tags.entries()) if (own === NEW) half.tags[edge] = tag
    return { line, tag, halves }
  }
  return undefined
}

/** Placeholder tag of the street being tried. */
const NEW = -9

/** Joins an end to a junction close by on the block's edge, so that streets go on across one another. */
function settle(junctions: BorderJunctions, block: Block, end: Cut, length: number): Cut {
  const known = junctions.near(end.point, Math.min(34, length * 0.22))
  if (!known) return end
  const onRing = nearestOnRing(known, block.ring)
  return onRing.distance < 0.02 ? { edge: onRing.edge, point: known } : end
}

const CORNER_CLEARANCE_M = 24

function isNearCorner({ ring }: Block, { point }: Cut): boolean {
  return ring.some((corner, index) => {
    if (distance(corner, point) > CORNER_CLEARANCE_M) return false
    const before = ring[(index + ring.length - 1) % ring.length]!
    const after = ring[(index + 1) % ring.length]!
    return dot(unit(subtract(corner, before)), unit(subtract(after, corner))) < 0.86
  })
}

/** A street is seldom quite straight. */
function bend(random: Random, { ring }: Block, from: Xy, to: Xy): Xy[] {
  const length = distance(from, to)
  if (length < 90 || random.chance(0.35)) return [from, to]
  const side = leftOf(unit(subtract(to, from)))
  const [bow, sway] = [random.between(-0.05, 0.05) * length, random.between(-0.02, 0.02) * length]
  const inner = [0.2, 0.4, 0.6, 0.8].map((share) =>
    along(mix(from, to, share), side, bow * Math.sin(Math.PI * share) + sway * Math.sin(2 * Math.PI * share)),
  )
  const isClear = inner.every((point) => isInside(point, ring) && nearestOnRing(point, ring).distance > length * 0.08)
  return isClear ? [from, ...inner, to] : [from, to]
}

/** Both sides of a line from one edge to another; edges along it get the tag `along_tag`. */
export function split({ ring, tags }: Block, from: Cut, to: Cut, line: readonly Xy[], along_tag = NEW): Block[] {
  const walk = (start: Cut, end: Cut, back: readonly Xy[]): Block => {
    const points: Xy[] = [start.point]
    const own: number[] = [tags[start.edge]!]
    for (let edge = start.edge; edge !== end.edge; edge = (edge + 1) % ring.length) {
      const corner = ring[(edge + 1) % ring.length]!
      const next = tags[(edge + 1) % ring.length]!
      if (distance(corner, points.at(-1)!) < 0.02) own[own.length - 1] = next
      else {
        points.push(corner)
        own.push(next)
      }
    }
    if (distance(end.point, points.at(-1)!) < 0.02) own.pop()
    else points.push(end.point)
    for (const point of back.slice(1, -1)) points.push(point)
    const all = [...own, ...Array.from({ length: points.length - own.length }, () => along_tag)]
    return { ring: points, tags: all, area_m2: signedArea(points) }
  }
  return [walk(from, to, line.toReversed()), walk(to, from, line)]
}

function isUsable(half: Block, whole: Block): boolean {
  if (half.area_m2 < whole.area_m2 * 0.22 || half.ring.length < 3) return false
  const box = orientedBox(half.ring)
  if (box.width < 38 || box.length > box.width * 4.5) return false
  // No needle corners at the ends of the new street.
  return half.tags.every((tag, index) => {
    const before = half.tags[(index + half.tags.length - 1) % half.tags.length]
    if ((tag === NEW) === (before === NEW)) return true
    const [corner, next] = edgeOf(half.ring, index)
    const last = half.ring[(index + half.ring.length - 1) % half.ring.length]!
    const [into, out] = [unit(subtract(corner, last)), unit(subtract(next, corner))]
    return cross(into, out) > 0.62
  })
}

function openStreet({ random, land, junctions, streets }: Ground, block: Block, line: Xy[]): number {
  const wanted = classOf(random, land, block.area_m2, mix(line[0]!, line.at(-1)!, 0.5))
  const straight = junctions.continued(line, (tag) => streets.of(tag)?.class === wanted)
  const tag =
    straight ??
    streets.open({
      class: wanted,
      oneway: wanted === 'residential' && block.area_m2 < 45_000 && random.chance(0.3) ? 'forward' : 'no',
      trade: 0.25 + random.next() ** 2 * 2.6,
    })
  junctions.add(line, tag)
  return tag
}

function classOf(random: Random, land: Land, area_m2: number, place: Xy): StreetClass {
  if (land.fabricAt(place) === 'country') return random.chance(0.45) ? 'tertiary' : 'track'
  if (area_m2 > 260_000) return 'tertiary'
  return area_m2 > 110_000 && random.chance(0.5) ? 'tertiary' : 'residential'
}
