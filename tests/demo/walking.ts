import type { RoadInput } from '../../server/roads/schemas.ts'
import { distance, type LonLat } from '../oracle/geodesic.ts'

/** Metres on foot between two positions: along edges open to walkers, joined at the nearest node of each. */
export function walkingDistance(roads: readonly RoadInput[], from: LonLat, to: LonLat): number {
  const graph = new Map<string, { to: string; metres: number }[]>()
  const positions = new Map<string, LonLat>()
  for (const { foot, geometry } of roads) {
    if (foot === false) continue
    const line = geometry.coordinates as LonLat[]
    const ends = [line[0]!, line.at(-1)!] as const
    const metres = line.slice(1).reduce((sum, point, index) => sum + distance(line[index]!, point), 0)
    for (const [a, b] of [ends, [ends[1], ends[0]]] as const) {
      positions.set(a.join(), a)
      graph.set(a.join(), [...(graph.get(a.join()) ?? []), { to: b.join(), metres }])
    }
  }
  const nearest = (place: LonLat) => {
    let best = { node: '', metres: Infinity }
    for (const [node, at] of positions) {
      if (Math.abs(at[0] - place[0]) > 0.003 || Math.abs(at[1] - place[1]) > 0.003) continue
      const metres = distance(at, place)
      if (metres < best.metres) best = { node, metres }
    }
    return best
  }
  const [start, goal] = [nearest(from), nearest(to)]
  return start.metres + shortest(graph, start.node, goal.node) + goal.metres
}

// Dijkstra over buckets of a metre: short enough here, and no queue to write.
function shortest(graph: Map<string, { to: string; metres: number }[]>, start: string, goal: string): number {
  const best = new Map([[start, 0]])
  const buckets: string[][] = [[start]]
  const done = new Set<string>()
  for (let metres = 0; metres < buckets.length; metres++) {
    for (const node of buckets[metres] ?? []) {
      if (done.has(node)) continue
      done.add(node)
      if (node === goal) return best.get(node)!
      for (const edge of graph.get(node) ?? []) {
        const reached = best.get(node)! + edge.metres
        if (reached >= (best.get(edge.to) ?? Infinity)) continue
        best.set(edge.to, reached)
        const bucket = Math.max(metres, Math.floor(reached))
        buckets[bucket] ??= []
        buckets[bucket].push(edge.to)
      }
    }
  }
  return Infinity
}
