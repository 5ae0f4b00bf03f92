import { add, crossing, distance, dot, nearestOnSegment, subtract, times, type Xy } from './plane.ts'

/** An end this close to a line joins it. Metres. */
const SNAP_M = 0.05
/** Ends closer than this are one node: more than SNAP_M, or two ends beside one corner could join it in two places. */
const MERGE_M = 0.3
const CELL_M = 80

/** A line before it is cut at its meetings with others; `tag` says what it belongs to. */
export interface Stroke {
  points: readonly Xy[]
  tag: number
}

/** Straight pieces that meet only at nodes. */
export interface Pieces {
  nodes: Xy[]
  pieces: { from: number; to: number; tag: number }[]
}

/** Cuts strokes wherever they cross or touch; of pieces that coincide the first stays. */
export function cutAtMeetings(strokes: readonly Stroke[]): Pieces {
  const segments = strokes.flatMap(({ points, tag }) =>
    points.slice(1).map((to, index) => ({ from: points[index]!, to, tag, cuts: [] as Xy[] })),
  )
  for (const [first, second] of neighbours(segments)) meet(segments[first]!, segments[second]!)
  return joinNodes(segments)
}

interface Segment {
  from: Xy
  to: Xy
  tag: number
  cuts: Xy[]
}

/** Pairs of segments whose boxes share a cell, each pair once. */
function* neighbours(segments: readonly Segment[]): Generator<[number, number]> {
  const cells = new Map<number, number[]>()
  const boxes = segments.map(cellBox)
  for (const [index, box] of boxes.entries()) {
    for (let x = box.x0; x <= box.x1; x++) {
      for (let y = box.y0; y <= box.y1; y++) {
        const cell = cells.get(x * 100_000 + y)
        if (!cell) {
          cells.set(x * 100_000 + y, [index])
          continue
        }
        for (const other of cell) {
          // Only in the first cell that both lie in.
          if (x === Math.max(box.x0, boxes[other]!.x0) && y === Math.max(box.y0, boxes[other]!.y0)) yield [other, index]
        }
        cell.push(index)
      }
    }
  }
}

const cellOf = (value: number) => Math.floor(value / CELL_M)

const cellBox = ({ from, to }: Segment) => ({
  x0: cellOf(Math.min(from[0], to[0]) - SNAP_M),
  x1: cellOf(Math.max(from[0], to[0]) + SNAP_M),
  y0: cellOf(Math.min(from[1], to[1]) - SNAP_M),
  y1: cellOf(Math.max(from[1], to[1]) + SNAP_M),
})

function meet(first: Segment, second: Segment): void {
  const touches = [
    touch(first, second.from),
    touch(first, second.to),
    touch(second, first.from),
    touch(second, first.to),
  ]
  if (touches.some(Boolean)) return
  const at = crossing(first.from, first.to, second.from, second.to)
  if (!at) return
  const point = add(first.from, times(subtract(first.to, first.from), at.first))
  first.cuts.push(point)
  second.cuts.push(point)
}

function touch(segment: Segment, point: Xy): boolean {
  if (distance(point, nearestOnSegment(point, segment.from, segment.to)) > SNAP_M) return false
  segment.cuts.push(point)
  return true
}

function joinNodes(segments: readonly Segment[]): Pieces {
  const nodes: Xy[] = []
  const nodeAt = nodeFinder(nodes)
  const taken = new Set<number>()
  const pieces: Pieces['pieces'] = []
  for (const { from, to, tag, cuts } of segments) {
    const direction = subtract(to, from)
    const stops = [from, ...cuts.sort((a, b) => dot(subtract(a, b), direction)), to].map(nodeAt)
    for (let index = 1; index < stops.length; index++) {
      const [a, b] = [stops[index - 1]!, stops[index]!]
      const key = Math.min(a, b) * 1_000_000 + Math.max(a, b)
      if (a === b || taken.has(key)) continue
      taken.add(key)
      pieces.push({ from: a, to: b, tag })
    }
  }
  return { nodes, pieces }
}

/** Numbers points, the same number for points within MERGE_M. */
function nodeFinder(nodes: Xy[]): (point: Xy) => number {
  const cells = new Map<number, number[]>()
  const size = MERGE_M * 2
  // Two million columns of 0.6 m reach 600 km either side.
  const key = (column: number, row: number) => (column + 1_000_000) * 2_000_000 + row + 1_000_000
  return (point) => {
    const [column, row] = [Math.round(point[0] / size), Math.round(point[1] / size)]
    for (let x = column - 1; x <= column + 1; x++) {
      for (let y = row - 1; y <= row + 1; y++) {
        const known = cells.get(key(x, y))?.find((node) => distance(nodes[node]!, point) <= MERGE_M)
        if (known !== undefined) return known
      }
    }
    nodes.push(point)
    const cell = cells.get(key(column, row))
    if (cell) cell.push(nodes.length - 1)
    else cells.set(key(column, row), [nodes.length - 1])
    return nodes.length - 1
  }
}

/** Without dead ends: drops pieces until every node left has two or more. */
export function withoutDeadEnds({ nodes, pieces }: Pieces): Pieces {
  let kept = pieces
  for (;;) {
    const degree = new Uint16Array(nodes.length)
    for (const { from, to } of kept) {
      degree[from]!++
      degree[to]!++
    }
    const next = kept.filter(({ from, to }) => degree[from]! > 1 && degree[to]! > 1)
    if (next.length === kept.length) return { nodes, pieces: next }
    kept = next
  }
}
