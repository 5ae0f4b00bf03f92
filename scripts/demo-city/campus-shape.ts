import { type Block, split } from './blocks.ts'
import { add, along, cross, distance, leftOf, mix, rotate, subtract, times, unit, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import { chordThrough, edgeOf, isInside, isSimple, orientedBox, signedArea } from './ring.ts'
import { FENCE, kerbOf, type Streets } from './streets.ts'

const MIN_EDGE_M = 9

/** The building land of a block: its outline moved in behind the kerbs. Undefined where a block is too crooked. */
export function buildingLand(streets: Streets, block: Block): Block | undefined {
  const plain = simplified(block)
  const depth = (tag: number) => kerbOf(streets.of(tag)?.class ?? 'service') + 2
  const count = plain.ring.length
  if (count < 3) return undefined
  const ring = plain.ring.map((corner, index): Xy => {
    const last = (index + count - 1) % count
    const [before, after] = [edgeOf(plain.ring, last), edgeOf(plain.ring, index)]
    const [into, out] = [unit(subtract(before[1], before[0])), unit(subtract(after[1], after[0]))]
    const [d0, d1] = [depth(plain.tags[last]!), depth(plain.tags[index]!)]
    const turn = cross(into, out)
    if (Math.abs(turn) < 0.08) return along(corner, leftOf(out), Math.max(d0, d1))
    // Where the two edges, each moved in by its own depth, meet.
    return add(corner, times(subtract(times(out, d0), times(into, d1)), 1 / turn))
  })
  const keepsShape = ring.every((point, index) => {
    const next = ring[(index + 1) % count]!
    const [a, b] = edgeOf(plain.ring, index)
    return (next[0] - point[0]) * (b[0] - a[0]) + (next[1] - point[1]) * (b[1] - a[1]) > 0
  })
  if (!keepsShape || !isSimple(ring) || signedArea(ring) <= 0) return undefined
  return { ring, tags: plain.tags, area_m2: signedArea(ring) }
}

/** Without the points at which only side streets meet the outline, and without very short edges. */
function simplified({ ring, tags, area_m2 }: Block): Block {
  const kept: Xy[] = []
  const own: number[] = []
  for (const [index, corner] of ring.entries()) {
    const before = kept.at(-1) ?? ring[ring.length - 1]!
    const next = ring[(index + 1) % ring.length]!
    const isStraight = cross(unit(subtract(corner, before)), unit(subtract(next, corner))) ** 2 < 0.0009
    const sameStreet = tags[index] === tags[(index + ring.length - 1) % ring.length]
    if ((isStraight && sameStreet) || distance(corner, next) < MIN_EDGE_M) continue
    kept.push(corner)
    own.push(tags[index]!)
  }
  return { ring: kept, tags: own, area_m2 }
}

/** Fences off part of the land: halves it across its long side until it is at most `most_m2`. */
export function fencedOff(random: Random, land: Block, least_m2: number, most_m2: number): Block | undefined {
  let part = land
  for (let step = 0; step < 8 && part.area_m2 > most_m2; step++) {
    const box = orientedBox(part.ring)
    const wanted = Math.max(0.25, Math.min(0.5, (least_m2 * 1.25) / part.area_m2))
    const share = (random.chance(0.5) ? 1 : -1) * (0.5 - random.between(wanted, 0.52))
    const ends = chordThrough(
      part.ring,
      along(box.centre, box.direction, share * box.length),
      rotate(leftOf(box.direction), random.between(-0.12, 0.12)),
    )
    if (!ends) return undefined
    const halves = split(part, ends[0], ends[1], [ends[0].point, ends[1].point], FENCE)
    const usable = random.shuffle(halves).filter((half) => half.area_m2 >= least_m2 && frontage(half) > 26)
    if (!usable[0]) return undefined
    part = usable[0]
  }
  const box = orientedBox(part.ring)
  const isFit = part.area_m2 >= least_m2 && part.area_m2 <= most_m2 && box.length < box.width * 3
  return isFit && isSimple(part.ring) ? part : undefined
}

/** The longest edge on a street, metres. */
const frontage = ({ ring, tags }: Block): number =>
  Math.max(0, ...tags.map((tag, index) => (tag >= 0 ? distance(...edgeOf(ring, index)) : 0)))

/** Takes a rectangle out of a corner, so that the campus is L-shaped; unchanged where no corner is square enough. */
export function withNotch(random: Random, campus: Block): Block {
  const corners = random.shuffle(campus.ring.map((_, index) => index))
  for (const index of corners) {
    const count = campus.ring.length
    const last = (index + count - 1) % count
    const [before, after] = [edgeOf(campus.ring, last), edgeOf(campus.ring, index)]
    const [into, out] = [subtract(before[1], before[0]), subtract(after[1], after[0])]
    const isSquare = cross(unit(into), unit(out)) > 0.9
    if (!isSquare || Math.hypot(...into) < 60 || Math.hypot(...out) < 60 || campus.tags[index]! >= 0) continue
    const [a, b] = [times(into, -random.between(0.3, 0.45)), times(out, random.between(0.3, 0.45))]
    const corner = campus.ring[index]!
    const notch: Xy[] = [add(corner, a), add(add(corner, a), b), add(corner, b)]
    const ring = [...campus.ring.slice(0, index), ...notch, ...campus.ring.slice(index + 1)]
    const tags = [...campus.tags.slice(0, index), FENCE, FENCE, campus.tags[index]!, ...campus.tags.slice(index + 1)]
    if (isSimple(ring)) return { ring, tags, area_m2: signedArea(ring) }
  }
  return campus
}

/** Sets the wall back around a gate, the forecourt where parents wait. `edge` must be long enough (60 m). */
export function withForecourt(campus: Block, edge: number, share: number): Block {
  const [a, b] = edgeOf(campus.ring, edge)
  const direction = unit(subtract(b, a))
  const middle = mix(a, b, share)
  const inner = along(middle, leftOf(direction), 8)
  const bay = [
    along(middle, direction, -15),
    along(inner, direction, -9),
    along(inner, direction, 9),
    along(middle, direction, 15),
  ]
  const tag = campus.tags[edge]!
  const ring = [...campus.ring.slice(0, edge + 1), ...bay, ...campus.ring.slice(edge + 1)]
  const tags = [...campus.tags.slice(0, edge), tag, FENCE, tag, FENCE, tag, ...campus.tags.slice(edge + 1)]
  const isRoomy = bay.slice(1, 3).every((point) => isInside(along(point, leftOf(direction), 12), campus.ring))
  return isRoomy && isSimple(ring) ? { ring, tags, area_m2: signedArea(ring) } : campus
}
