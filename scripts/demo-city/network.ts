import type { RoadInput } from '../../server/roads/schemas.ts'
import type { Layout } from './layout.ts'
import { cutAtMeetings, type Pieces, type Stroke } from './planar.ts'
import { lineLength, pointAlong, type Xy } from './plane.ts'
import { lonLat } from './projection.ts'
import { isOnRiver, WATER_HALF_M } from './river.ts'

/** One edge of the road network, from junction to junction. */
export interface RoadEdge {
  points: Xy[]
  tag: number
}

/** Cuts all strokes at their meetings and joins the pieces again between junctions. */
export function buildNetwork(strokes: readonly Stroke[]): RoadEdge[] {
  return joinBetweenJunctions(cutAtMeetings(strokes))
}

function joinBetweenJunctions({ nodes, pieces }: Pieces): RoadEdge[] {
  const at: number[][] = nodes.map(() => [])
  for (const [index, { from, to }] of pieces.entries()) {
    at[from]!.push(index)
    at[to]!.push(index)
  }
  const isThrough = (node: number) =>
    at[node]!.length === 2 && pieces[at[node]![0]!]!.tag === pieces[at[node]![1]!]!.tag
  const used = new Uint8Array(pieces.length)
  const edges: RoadEdge[] = []
  const walk = (first: number, start: number) => {
    const points = [nodes[start]!]
    let [piece, node] = [first, start]
    for (;;) {
      used[piece] = 1
      const { from, to } = pieces[piece]!
      node = node === from ? to : from
      points.push(nodes[node]!)
      if (!isThrough(node) || node === start) break
      piece = at[node]![0] === piece ? at[node]![1]! : at[node]![0]!
      if (used[piece]) break
    }
    edges.push({ points, tag: pieces[first]!.tag })
  }
  for (const [index, { from, to }] of pieces.entries()) {
    if (used[index]) continue
    if (!isThrough(from)) walk(index, from)
    else if (!isThrough(to)) walk(index, to)
  }
  // What is left are loops without a junction.
  for (const [index, { from }] of pieces.entries()) if (!used[index]) walk(index, from)
  return edges
}

export function toRoads({ river, streets }: Layout, edges: readonly RoadEdge[]): RoadInput[] {
  return edges.map(({ points, tag }, index) => {
    const street = streets.of(tag)!
    const middle = pointAlong(points, lineLength(points) / 2).point
    const onFoot = street.class === 'footway' || street.class === 'pedestrian'
    return {
      external_id: `R-${String(index + 1).padStart(5, '0')}`,
      source: 'demo',
      name: street.name,
      class: street.class,
      oneway: street.oneway,
      is_bridge: isOnRiver(river, middle, WATER_HALF_M),
      crossing: street.crossing,
      foot: street.class !== 'trunk',
      bicycle: street.class !== 'trunk' && !street.crossing?.endsWith('pass'),
      car: !onFoot,
      geometry: { type: 'LineString', coordinates: points.map((point) => lonLat(point)) },
    }
  })
}
