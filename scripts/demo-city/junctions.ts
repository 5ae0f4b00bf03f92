import { distance, dot, subtract, unit, type Xy } from './plane.ts'

interface End {
  point: Xy
  /** Unit vector out of the street through its end. */
  outward: Xy
  tag: number
}

const CELL_M = 40

/** The ends of streets already laid, so that the next ones can meet them from the other side. */
export class BorderJunctions {
  private readonly cells = new Map<string, End[]>()

  add(line: readonly Xy[], tag: number): void {
    this.put({ point: line[0]!, outward: unit(subtract(line[0]!, line[1]!)), tag })
    this.put({ point: line.at(-1)!, outward: unit(subtract(line.at(-1)!, line.at(-2)!)), tag })
  }

  near(point: Xy, within: number): Xy | undefined {
    let best: Xy | undefined
    for (const end of this.around(point)) {
      if (distance(end.point, point) < within && (!best || distance(end.point, point) < distance(best, point)))
        best = end.point
    }
    return best
  }

  /** The street that goes straight on at either end of a new line, if one does. */
  continued(line: readonly Xy[], suits: (tag: number) => boolean): number | undefined {
    const ends: [Xy, Xy][] = [
      [line[0]!, line[1]!],
      [line.at(-1)!, line.at(-2)!],
    ]
    for (const [end, inner] of ends) {
      const inward = unit(subtract(inner, end))
      for (const other of this.around(end)) {
        const isStraight = distance(other.point, end) < 0.05 && dot(other.outward, inward) > 0.93
        if (isStraight && suits(other.tag)) return other.tag
      }
    }
    return undefined
  }

  private put(end: End): void {
    const key = this.key(Math.floor(end.point[0] / CELL_M), Math.floor(end.point[1] / CELL_M))
    const cell = this.cells.get(key)
    if (cell) cell.push(end)
    else this.cells.set(key, [end])
  }

  private *around(point: Xy): Generator<End> {
    const [column, row] = [Math.floor(point[0] / CELL_M), Math.floor(point[1] / CELL_M)]
    for (let x = column - 1; x <= column + 1; x++) {
      for (let y = row - 1; y <= row + 1; y++) yield* this.cells.get(this.key(x, y)) ?? []
    }
  }

  private key(column: number, row: number): string {
    return `${column},${row}`
  }
}
