import { beforeAll, describe, expect, it } from 'vitest'
import { buildDemoCity, type DemoCity } from '../../scripts/demo-city/build.ts'
import { distance, type LonLat } from '../oracle/geodesic.ts'

let city: DemoCity
let lines: LonLat[][]

beforeAll(() => {
  city = buildDemoCity({ today: '2026-11-23' })
  lines = city.roads.map(({ geometry }) => geometry.coordinates as LonLat[])
})

const key = (position: LonLat) => position.join()

describe('the road network', () => {
  it('has about 12,000 edges of every class, with one-ways and crossings', () => {
    expect(lines.length).toBeGreaterThan(11_000)
    expect(lines.length).toBeLessThan(14_500)
    const classes = new Set(city.roads.map((road) => road.class))
    for (const each of [
      'trunk',
      'primary',
      'secondary',
      'tertiary',
      'residential',
      'service',
      'pedestrian',
      'footway',
      'track',
    ] as const) {
      expect(classes.has(each), each).toBe(true)
    }
    expect(city.roads.filter(({ oneway }) => oneway === 'forward').length).toBeGreaterThan(100)
    expect(new Set(city.roads.map(({ crossing }) => crossing))).toEqual(
      new Set([null, 'signals', 'marked', 'unmarked', 'overpass', 'underpass']),
    )
    expect(new Set(city.roads.map(({ name }) => name)).size).toBeGreaterThan(700)
  })

  it('crosses the river on four bridges', () => {
    const bridges = city.roads.filter(({ is_bridge }) => is_bridge)
    expect(bridges.map(({ name }) => name).sort()).toEqual(['澄川大道', '环城路', '环城路', '绕城快速路'].sort())
  })

  it('is split at every junction: edges meet at their ends only', () => {
    const ends = new Set(lines.flatMap((line) => [key(line[0]!), key(line.at(-1)!)]))
    const middles = lines.flatMap((line) => line.slice(1, -1).map(key))
    expect(middles.filter((point) => ends.has(point))).toEqual([])
    expect(crossings(lines)).toEqual([])
  })

  it('hangs together, on foot as well', () => {
    for (const onFoot of [false, true]) {
      const used = city.roads.flatMap(({ foot }, index) => (foot || !onFoot ? [lines[index]!] : []))
      // Trunk roads are closed to walkers, so their own nodes may be left over.
      expect(largestPart(used) / used.length).toBeGreaterThan(0.99)
    }
  })

  it('has hardly an edge of under a metre', () => {
    const short = lines.filter((line) => line.length === 2 && distance(line[0]!, line[1]!) < 1)
    expect(short.length).toBeLessThan(lines.length / 400)
  })
})

/** Pairs of edges that cross away from a common node, by a sweep over 100 m cells. */
function crossings(all: readonly LonLat[][]): string[] {
  const cells = new Map<string, { a: LonLat; b: LonLat }[]>()
  const found: string[] = []
  for (const line of all) {
    for (const [index, b] of line.slice(1).entries()) {
      const piece = { a: line[index]!, b }
      for (const cell of cellsOf(piece)) {
        const others = cells.get(cell) ?? []
        for (const other of others) if (isCrossing(piece, other)) found.push(`${key(piece.a)} ${key(other.a)}`)
        others.push(piece)
        cells.set(cell, others)
      }
    }
  }
  return [...new Set(found)]
}

function cellsOf({ a, b }: { a: LonLat; b: LonLat }): string[] {
  const cell = (value: number) => Math.floor(value * 1000)
  const cells: string[] = []
  for (let x = cell(Math.min(a[0], b[0])); x <= cell(Math.max(a[0], b[0])); x++) {
    for (let y = cell(Math.min(a[1], b[1])); y <= cell(Math.max(a[1], b[1])); y++) cells.push(`${x},${y}`)
  }
  return cells
}

function isCrossing(one: { a: LonLat; b: LonLat }, other: { a: LonLat; b: LonLat }): boolean {
  if ([key(one.a), key(one.b)].some((end) => end === key(other.a) || end === key(other.b))) return false
  const turn = (p: LonLat, q: LonLat, r: LonLat) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return (
    turn(one.a, one.b, other.a) * turn(one.a, one.b, other.b) < 0 &&
    turn(other.a, other.b, one.a) * turn(other.a, other.b, one.b) < 0
  )
}

/** Edges in the largest connected part. */
function largestPart(all: readonly LonLat[][]): number {
  const at = new Map<string, number[]>()
  for (const [index, line] of all.entries()) {
    for (const end of [key(line[0]!), key(line.at(-1)!)]) at.set(end, [...(at.get(end) ?? []), index])
  }
  const seen = new Set<number>()
  let largest = 0
  for (const first of all.keys()) {
    if (seen.has(first)) continue
    const part = [first]
    seen.add(first)
    for (const index of part) {
      const line = all[index]!
      for (const next of [...at.get(key(line[0]!))!, ...at.get(key(line.at(-1)!))!]) {
        if (seen.has(next)) continue
        seen.add(next)
        part.push(next)
      }
    }
    largest = Math.max(largest, part.length)
  }
  return largest
}
