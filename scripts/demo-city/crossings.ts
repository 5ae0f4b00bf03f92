import type { RoadEdge } from './network.ts'
import { along, leftOf, lineLength, pointAlong, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import type { Streets } from './streets.ts'

type Crossing = 'signals' | 'marked' | 'unmarked' | 'overpass' | 'underpass'

/** How often a stretch between junctions has a crossing, how far it reaches from the middle, and of which make. */
const CROSSINGS: Record<string, { share: number; reach_m: number; of: Crossing[] } | undefined> = {
  primary: { share: 0.8, reach_m: 17, of: ['signals', 'signals', 'overpass', 'underpass', 'marked'] },
  secondary: { share: 0.6, reach_m: 13, of: ['marked', 'marked', 'signals'] },
  tertiary: { share: 0.12, reach_m: 9, of: ['marked', 'unmarked'] },
}

const LEAST_STRETCH_M = 130

/** Adds the places where people cross wide streets between two junctions: the street is split there. */
export function withCrossings(
  random: Random,
  streets: Streets,
  edges: readonly RoadEdge[],
  isLand: (point: Xy) => boolean,
): RoadEdge[] {
  const way = (crossing: Crossing) => streets.open({ class: 'footway', crossing, trade: 0 })
  const ways: Record<Crossing, number> = {
    signals: way('signals'),
    marked: way('marked'),
    unmarked: way('unmarked'),
    overpass: way('overpass'),
    underpass: way('underpass'),
  }
  return edges.flatMap((edge) => {
    const kind = CROSSINGS[streets.of(edge.tag)!.class]
    const length = lineLength(edge.points)
    if (!kind || length < LEAST_STRETCH_M || !random.chance(kind.share)) return [edge]
    const at = length * random.between(0.4, 0.6)
    const { point, direction } = pointAlong(edge.points, at)
    const side = leftOf(direction)
    const ends = [along(point, side, kind.reach_m), along(point, side, -kind.reach_m)]
    if (!ends.every(isLand)) return [edge]
    const tag = ways[random.pick(kind.of)]
    return [...splitAt(edge, at, point), ...ends.map((end) => ({ points: [point, end], tag }))]
  })
}

function splitAt(edge: RoadEdge, at: number, point: Xy): RoadEdge[] {
  const [before, after]: [Xy[], Xy[]] = [[], []]
  let walked = 0
  for (const [index, here] of edge.points.entries()) {
    if (index > 0) walked += lineLength([edge.points[index - 1]!, here])
    // A bend closer than 0.5 m to the crossing gives way to it.
    if (walked < at - 0.5) before.push(here)
    else if (walked > at + 0.5) after.push(here)
  }
  return [
    { points: [...before, point], tag: edge.tag },
    { points: [point, ...after], tag: edge.tag },
  ]
}
