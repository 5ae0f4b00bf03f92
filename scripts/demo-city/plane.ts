/** Points and lines of the city plane: metres east and north of the centre, axes of EPSG:4547. */
export type Xy = readonly [x_m: number, y_m: number]

export const add = (a: Xy, b: Xy): Xy => [a[0] + b[0], a[1] + b[1]]
export const subtract = (a: Xy, b: Xy): Xy => [a[0] - b[0], a[1] - b[1]]
export const times = (a: Xy, factor: number): Xy => [a[0] * factor, a[1] * factor]
/** `from` moved by `length` along `direction`. */
export const along = (from: Xy, direction: Xy, length: number): Xy => [
  from[0] + direction[0] * length,
  from[1] + direction[1] * length,
]
export const dot = (a: Xy, b: Xy): number => a[0] * b[0] + a[1] * b[1]
/** Positive when b turns left of a. */
export const cross = (a: Xy, b: Xy): number => a[0] * b[1] - a[1] * b[0]
// Not Math.hypot: it is several times slower, and no coordinate here is large enough to need it.
export const distance = (a: Xy, b: Xy): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
export const mix = (a: Xy, b: Xy, share: number): Xy => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
export const unit = (a: Xy): Xy => times(a, 1 / (Math.sqrt(a[0] ** 2 + a[1] ** 2) || 1))
/** A quarter turn to the left. */
export const leftOf = (a: Xy): Xy => [-a[1], a[0]]

export function rotate(a: Xy, angle: number): Xy {
  const sin = Math.sin(angle)
  const cos = Math.cos(angle)
  return [a[0] * cos - a[1] * sin, a[0] * sin + a[1] * cos]
}

/** The point of segment ab nearest to p. */
export function nearestOnSegment(p: Xy, a: Xy, b: Xy): Xy {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length2 = dx * dx + dy * dy
  if (length2 === 0) return a
  const share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2
  if (share <= 0) return a
  return share >= 1 ? b : [a[0] + dx * share, a[1] + dy * share]
}

/** Shares of the way along ab and cd at which the two segments meet; undefined when parallel or apart. */
export function crossing(a: Xy, b: Xy, c: Xy, d: Xy): { first: number; second: number } | undefined {
  const ab = subtract(b, a)
  const cd = subtract(d, c)
  const turn = cross(ab, cd)
  if (Math.abs(turn) < 1e-12) return undefined
  const ac = subtract(c, a)
  const first = cross(ac, cd) / turn
  const second = cross(ac, ab) / turn
  if (first < 0 || first > 1 || second < 0 || second > 1) return undefined
  return { first, second }
}

export function lineLength(line: readonly Xy[]): number {
  let length = 0
  for (let index = 1; index < line.length; index++) length += distance(line[index - 1]!, line[index]!)
  return length
}

/** Point and direction at `length` metres along a line. */
export function pointAlong(line: readonly Xy[], length: number): { point: Xy; direction: Xy } {
  let left = length
  for (let index = 1; index < line.length; index++) {
    const [a, b] = [line[index - 1]!, line[index]!]
    const step = distance(a, b)
    const direction = unit(subtract(b, a))
    if (left <= step || index === line.length - 1)
      return { point: along(a, direction, Math.min(left, step)), direction }
    left -= step
  }
  return { point: line[0]!, direction: [1, 0] }
}

/** Catmull-Rom curve through the control points, about `step` metres between samples. */
export function smooth(control: readonly Xy[], step: number, isClosed = false): Xy[] {
  const count = control.length
  const at = (index: number): Xy =>
    isClosed ? control[(index + count) % count]! : control[Math.min(count - 1, Math.max(0, index))]!
  const samples: Xy[] = []
  for (let index = 0; index < (isClosed ? count : count - 1); index++) {
    const [p0, p1, p2, p3] = [at(index - 1), at(index), at(index + 1), at(index + 2)]
    const pieces = Math.max(1, Math.round(distance(p1, p2) / step))
    for (let piece = 0; piece < pieces; piece++) samples.push(catmullRom(p0, p1, p2, p3, piece / pieces))
  }
  samples.push(isClosed ? samples[0]! : control[count - 1]!)
  return samples
}

function catmullRom(p0: Xy, p1: Xy, p2: Xy, p3: Xy, t: number): Xy {
  const axis = (i: 0 | 1) =>
    0.5 *
    (2 * p1[i] +
      (p2[i] - p0[i]) * t +
      (2 * p0[i] - 5 * p1[i] + 4 * p2[i] - p3[i]) * t * t +
      (3 * p1[i] - p0[i] - 3 * p2[i] + p3[i]) * t * t * t)
  return [axis(0), axis(1)]
}

/** A line beside another one, `offset` metres to its left. The bends must be wider than the offset. */
export function offsetLine(line: readonly Xy[], offset: number): Xy[] {
  return line.map((point, index) => {
    const before = line[Math.max(0, index - 1)]!
    const after = line[Math.min(line.length - 1, index + 1)]!
    return along(point, leftOf(unit(subtract(after, before))), offset)
  })
}
