import type { HalfEdges } from './faces.ts'
import type { Layout } from './layout.ts'
import { isInside, signedArea } from './ring.ts'

/** Node numbers of an outer ring and its holes. */
type PolygonNodes = number[][]

/** The outlines of the areas that faces are given to by `owner`, as rings of frame nodes. */
export function dissolve(layout: Layout, halves: HalfEdges, owner: readonly string[]): Map<string, PolygonNodes[]> {
  const { leftOf } = layout
  const { start, outgoing } = halves
  const ownerOf = (half: number) => (leftOf[half]! < 0 ? undefined : owner[leftOf[half]!])
  const isBorder = (half: number) => ownerOf(half) !== undefined && ownerOf(half) !== ownerOf(half ^ 1)
  const seen = new Set<number>()
  const rings = new Map<string, number[][]>()
  for (let first = 0; first < leftOf.length; first++) {
    if (!isBorder(first) || seen.has(first)) continue
    const code = ownerOf(first)!
    const ring: number[] = []
    for (let half = first; !seen.has(half); half = follow(half)) {
      seen.add(half)
      ring.push(start(half))
    }
    rings.set(code, [...(rings.get(code) ?? []), ring])
  }
  return new Map([...rings].map(([code, own]) => [code, nest(layout, own)]))

  // The next border of the same area, the sharpest left turn first: where an area touches itself in a point, the
  // outline splits there, as a valid polygon demands.
  function follow(half: number): number {
    const around = outgoing[start(half ^ 1)]!
    const from = around.indexOf(half ^ 1)
    for (let step = 1; step <= around.length; step++) {
      const next = around[(from + around.length - step) % around.length]!
      if (isBorder(next) && ownerOf(next) === ownerOf(half)) return next
    }
    throw new Error('an area border ends')
  }
}

function nest({ frame }: Layout, rings: readonly number[][]): PolygonNodes[] {
  const place = (ring: readonly number[]) => ring.map((node) => frame.nodes[node]!)
  const outer = rings.filter((ring) => signedArea(place(ring)) > 0)
  const holes = rings.filter((ring) => signedArea(place(ring)) < 0)
  return outer.map((ring) => [
    ring,
    ...holes.filter((hole) => hole.some((node) => !ring.includes(node) && isInside(frame.nodes[node]!, place(ring)))),
  ])
}
