/** Clipping against what can be counted: points inside before and after, on random shapes. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clipLine, clipPolygon, isInside, type Point } from '../../server/tiles/clip.ts'
import { doubleArea } from './decoded.ts'

/** Whole units around the box [-64, 4160], so that about half of what is drawn lies outside. */
const units = fc.integer({ min: -3000, max: 7000 })
const position = fc.tuple(units, units) as fc.Arbitrary<Point>

/** Even-odd rule over all rings. */
function covers(rings: Point[][], [x, y]: Point): boolean {
  let inside = false
  for (const ring of rings)
    for (let at = 1; at < ring.length; at++) {
      const [[ax, ay], [bx, by]] = [ring[at - 1]!, ring[at]!]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    }
  return inside
}

function distanceTo(rings: Point[][], [x, y]: Point): number {
  let least = Number.POSITIVE_INFINITY
  for (const ring of rings)
    for (let at = 1; at < ring.length; at++) {
      const [[ax, ay], [bx, by]] = [ring[at - 1]!, ring[at]!]
      const [dx, dy] = [bx - ax, by - ay]
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
      least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy))
    }
  return least
}

/** A star around a middle: never crosses itself. */
const star = fc
  .tuple(position, fc.array(fc.integer({ min: 20, max: 3000 }), { minLength: 5, maxLength: 40 }))
  .map(([[cx, cy], radii]) => {
    const ring = radii.map((r, at): Point => {
      const angle = (2 * Math.PI * at) / radii.length
      return [Math.round(cx + r * Math.cos(angle)), Math.round(cy + r * Math.sin(angle))]
    })
    return [...ring, ring[0]!]
  })

it('covers exactly the same points of the box as before, whatever the shape', () => {
  fc.assert(
    fc.property(star, fc.array(position, { minLength: 20, maxLength: 20 }), (ring, probes) => {
      const clipped = clipPolygon([ring])
      for (const probe of probes.filter(isInside)) {
        // Rounding moves the outline by up to 0.71 units.
        if (distanceTo([ring], probe) > 1) expect(covers(clipped, probe)).toBe(covers([ring], probe))
      }
      for (const corner of clipped.flat()) expect(isInside(corner)).toBe(true)
    }),
    { numRuns: 500, seed: 11 },
  )
})

it('turns outer rings clockwise on a screen and holes the other way, and closes both', () => {
  const square = (low: number, high: number): Point[] => [
    [low, low],
    [low, high],
    [high, high],
    [high, low],
    [low, low],
  ]
  for (const [outer, hole] of [
    [square(100, 900), square(300, 400)],
    [square(100, 900).reverse(), square(300, 400).reverse()],
    [square(-500, 5000), square(4000, 4300)],
  ] as const) {
    const rings = clipPolygon([outer, hole])
    expect(rings).toHaveLength(2)
    expect(doubleArea(rings[0]!)).toBeGreaterThan(0)
    expect(doubleArea(rings[1]!)).toBeLessThan(0)
    for (const ring of rings) expect(ring.at(-1)).toEqual(ring[0])
  }
})

it('a polygon outside is nothing, a hole outside does not count, a hole without its polygon neither', () => {
  const square = (x: number, y: number, size: number): Point[] => [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ]
  expect(clipPolygon([square(5000, 5000, 100)])).toEqual([])
  expect(clipPolygon([square(-2000, 100, 1900)])).toEqual([])
  expect(clipPolygon([square(-5000, -5000, 9000), square(-4000, -4000, 100)])).toHaveLength(1)
  expect(clipPolygon([square(5000, 0, 100), square(10, 10, 10)])).toEqual([])
  // Around the corner of the box, but never in it.
  expect(
    clipPolygon([
      [
        [-300, 100],
        [-300, -300],
        [100, -300],
        [-300, 100],
      ],
    ]),
  ).toEqual([])
})

it('keeps the length of a line inside the box', () => {
  fc.assert(
    fc.property(fc.array(position, { minLength: 2, maxLength: 12 }), (line) => {
      const parts = clipLine(line)
      for (const point of parts.flat()) expect(isInside(point)).toBe(true)
      const length = (points: Point[]) =>
        points.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - points[at]![0], y - points[at]![1]), 0)
      const kept = parts.reduce((sum, part) => sum + length(part), 0)
      // Counted by walking along the line in steps of at most two units.
      const walked = line.slice(1).reduce((sum, [x, y], at) => {
        const [fromX, fromY] = line[at]!
        const whole = Math.hypot(x - fromX, y - fromY)
        const steps = Math.ceil(whole / 2)
        let inside = 0
        for (let step = 0; step < steps; step++) {
          const t = (step + 0.5) / steps
          if (isInside([fromX + t * (x - fromX), fromY + t * (y - fromY)])) inside += whole / steps
        }
        return sum + inside
      }, 0)
      expect(Math.abs(kept - walked)).toBeLessThan(6 * line.length)
    }),
    { numRuns: 200, seed: 12 },
  )
})

it('cuts a line that leaves and comes back into parts, and drops a touch', () => {
  expect(
    clipLine([
      [0, 0],
      [0, -500],
      [100, -500],
      [100, 0],
    ]),
  ).toEqual([
    [
      [0, 0],
      [0, -64],
    ],
    [
      [100, -64],
      [100, 0],
    ],
  ])
  expect(
    clipLine([
      [-64, -100],
      [-64, -64],
    ]),
  ).toEqual([])
  expect(
    clipLine([
      [-100, 0],
      [-70, 4000],
    ]),
  ).toEqual([])
  expect(
    clipLine([
      [-1000, 2000],
      [6000, 2000],
    ]),
  ).toEqual([
    [
      [-64, 2000],
      [4160, 2000],
    ],
  ])
})
