import type { Pieces } from './planar.ts'
import { subtract, type Xy } from './plane.ts'
import { type Ring, signedArea } from './ring.ts'

/** A bounded area between pieces. tags[i] is the tag of the edge from ring[i] to ring[i + 1]. */
export interface Face {
  ring: Ring
  tags: number[]
  /** Node numbers of the ring. */
  nodes: number[]
}

export interface HalfEdges {
  /** Half edge 2p runs along piece p, 2p + 1 against it. */
  start: (half: number) => number
  /** The next half edge around the face to the left. */
  next: Int32Array
  /** Outgoing half edges of every node, anticlockwise. */
  outgoing: number[][]
}

export function halfEdges({ nodes, pieces }: Pieces): HalfEdges {
  const start = (half: number) => (half & 1 ? pieces[half >> 1]!.to : pieces[half >> 1]!.from)
  const outgoing: number[][] = nodes.map(() => [])
  for (let half = 0; half < pieces.length * 2; half++) outgoing[start(half)]!.push(half)
  const angle = (half: number) => {
    const [x, y] = subtract(nodes[start(half ^ 1)]!, nodes[start(half)]!)
    return Math.atan2(y, x)
  }
  const next = new Int32Array(pieces.length * 2)
  for (const around of outgoing) {
    const angles = new Map(around.map((half) => [half, angle(half)]))
    around.sort((a, b) => angles.get(a)! - angles.get(b)!)
    // Arriving at a node, the face to the left goes on along the next edge clockwise from the one we came by.
    for (const [index, half] of around.entries()) {
      next[half ^ 1] = around[(index + around.length - 1) % around.length]!
    }
  }
  return { start, next, outgoing }
}

/** All bounded faces, and for every half edge the face to its left (-1 outside). */
export function findFaces(graph: Pieces): { faces: Face[]; leftOf: Int32Array } {
  const { start, next } = halfEdges(graph)
  const leftOf = new Int32Array(graph.pieces.length * 2).fill(-2)
  const faces: Face[] = []
  for (let first = 0; first < leftOf.length; first++) {
    if (leftOf[first] !== -2) continue
    const halves: number[] = []
    for (let half = first; leftOf[half] === -2; half = next[half]!) {
      leftOf[half] = -1
      halves.push(half)
    }
    const nodes = halves.map(start)
    const ring: Xy[] = nodes.map((node) => graph.nodes[node]!)
    if (signedArea(ring) <= 0) continue
    for (const half of halves) leftOf[half] = faces.length
    faces.push({ ring, nodes, tags: halves.map((half) => graph.pieces[half >> 1]!.tag) })
  }
  return { faces, leftOf }
}
