import type { RoadEdge } from './network.ts'
import { distance, nearestOnSegment, subtract, unit, type Xy } from './plane.ts'

const CELL_M = 70

interface NearStreet {
  tag: number
  edge: number
  point: Xy
  direction: Xy
  distance: number
}

interface Piece {
  from: Xy
  to: Xy
  tag: number
  edge: number
}

/** Finds streets near a point. */
export class StreetIndex {
  private readonly cells = new Map<number, Piece[]>()

  constructor(edges: readonly RoadEdge[]) {
    for (const [edge, { points, tag }] of edges.entries()) {
      for (let index = 1; index < points.length; index++)
        this.put({ from: points[index - 1]!, to: points[index]!, tag, edge })
    }
  }

  /** Every street with a piece at most `within` metres away, each by its nearest piece. */
  near(point: Xy, within: number): NearStreet[] {
    const found: NearStreet[] = []
    const [x0, x1] = [Math.floor((point[0] - within) / CELL_M), Math.floor((point[0] + within) / CELL_M)]
    const [y0, y1] = [Math.floor((point[1] - within) / CELL_M), Math.floor((point[1] + within) / CELL_M)]
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        const cell = this.cells.get(x * 10_000 + y)
        if (cell) for (const piece of cell) keepNearest(found, piece, point, within)
      }
    }
    return found
  }

  private put(piece: Piece): void {
    const low = (axis: 0 | 1) => Math.floor(Math.min(piece.from[axis], piece.to[axis]) / CELL_M)
    const high = (axis: 0 | 1) => Math.floor(Math.max(piece.from[axis], piece.to[axis]) / CELL_M)
    for (let x = low(0); x <= high(0); x++) {
      for (let y = low(1); y <= high(1); y++) {
        const cell = this.cells.get(x * 10_000 + y)
        if (cell) cell.push(piece)
        else this.cells.set(x * 10_000 + y, [piece])
      }
    }
  }
}

function keepNearest(found: NearStreet[], { from, to, tag, edge }: Piece, point: Xy, within: number): void {
  const here = nearestOnSegment(point, from, to)
  const away = distance(point, here)
  if (away > within) return
  const index = found.findIndex((other) => other.tag === tag)
  if (index >= 0 && found[index]!.distance <= away) return
  const near = { tag, edge, point: here, direction: unit(subtract(to, from)), distance: away }
  if (index < 0) found.push(near)
  else found[index] = near
}
