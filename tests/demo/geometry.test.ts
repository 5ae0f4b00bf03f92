import type { Position } from 'geojson'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildDemoCity, type DemoCity } from '../../scripts/demo-city/build.ts'
import { distance, distanceToSegment, isInside, type LonLat } from '../oracle/geodesic.ts'

let city: DemoCity

beforeAll(() => {
  city = buildDemoCity({ today: '2026-11-23' })
})

type Areal = { type: 'Polygon'; coordinates: Position[][] } | { type: 'MultiPolygon'; coordinates: Position[][][] }

const polygonsOf = (geometry: { type: string; coordinates: unknown }): Position[][][] => {
  const areal = geometry as Areal
  if (areal.type === 'Polygon') return [areal.coordinates]
  return areal.type === 'MultiPolygon' ? areal.coordinates : []
}

const key = (position: Position) => position.join()

function orientation(a: Position, b: Position, c: Position): number {
  return (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!)
}

const crosses = (a: Position, b: Position, c: Position, d: Position): boolean =>
  orientation(a, b, c) * orientation(a, b, d) < 0 && orientation(c, d, a) * orientation(c, d, b) < 0

/** Closed, without a repeated corner, and no edge crossing another. */
function ringFault(ring: readonly Position[]): string | undefined {
  if (key(ring[0]!) !== key(ring.at(-1)!)) return 'open'
  if (ring.length < 4) return 'too short'
  if (new Set(ring.slice(1).map(key)).size !== ring.length - 1) return 'a corner twice'
  for (let first = 1; first < ring.length; first++) {
    for (let second = first + 1; second < ring.length; second++) {
      if (crosses(ring[first - 1]!, ring[first]!, ring[second - 1]!, ring[second]!)) return 'crosses itself'
    }
  }
  return undefined
}

/** Square degrees; positive anticlockwise. */
const signedArea = (ring: readonly Position[]): number =>
  ring.slice(1).reduce((sum, b, index) => sum + (ring[index]![0]! * b[1]! - b[0]! * ring[index]![1]!), 0) / 2

describe('demo geometry', () => {
  it('has valid campuses, footprints and regions', () => {
    for (const { external_id, geometry } of [...city.schools, ...city.regions]) {
      for (const rings of polygonsOf(geometry)) {
        for (const ring of rings) expect(ringFault(ring), external_id!).toBeUndefined()
        expect(signedArea(rings[0]!), external_id!).toBeGreaterThan(0)
        for (const hole of rings.slice(1)) {
          expect(
            hole.every((corner) => isInside(corner as LonLat, [rings[0] as LonLat[]])),
            external_id!,
          ).toBe(true)
        }
      }
    }
    const footprints = city.venues.filter(({ footprint }) => footprint)
    expect(footprints.length).toBeGreaterThan(500)
    for (const { external_id, footprint } of footprints) {
      for (const ring of polygonsOf(footprint!).flat()) expect(ringFault(ring), external_id!).toBeUndefined()
    }
  })

  it('has campuses that are not just rectangles: notches, a hole and a second part', () => {
    const corners = city.schools.flatMap(({ geometry }) => polygonsOf(geometry)[0]?.[0]?.length ?? [])
    expect(corners.filter((count) => count > 6).length).toBeGreaterThan(40)
    expect(city.schools.filter(({ geometry }) => polygonsOf(geometry)[0]?.[1])).toHaveLength(1)
  })

  it('keeps campuses apart', () => {
    const outlines = city.schools.flatMap(({ external_id, geometry }) =>
      polygonsOf(geometry).map((rings) => ({ external_id, ring: rings[0] as LonLat[] })),
    )
    for (const [index, one] of outlines.entries()) {
      for (const other of outlines.slice(index + 1)) {
        if (Math.abs(one.ring[0]![0] - other.ring[0]![0]) > 0.02) continue
        expect(
          other.ring.some((corner) => isInside(corner, [one.ring])),
          `${one.external_id} ${other.external_id}`,
        ).toBe(false)
      }
    }
  })

  it('has gates on the boundary, to half a metre', () => {
    const schools = new Map(city.schools.map((school) => [school.external_id, school]))
    for (const { external_id, school_external_id, geometry } of city.gates) {
      const rings = polygonsOf(schools.get(school_external_id!)!.geometry).flat() as LonLat[][]
      const at = geometry.coordinates as LonLat
      const away = Math.min(...rings.flatMap((ring) => ring.slice(1).map((b, i) => distanceToSegment(at, ring[i]!, b))))
      expect(away, external_id!).toBeLessThan(0.5)
    }
  })

  it('divides the city exactly: every border inside it is shared by two areas of a level', () => {
    const city_edges = edges(city.regions.filter(({ level }) => level === 'city'))
    for (const level of ['district', 'township', 'station']) {
      const own = edges(city.regions.filter((region) => region.level === level))
      const single = [...own].filter((edge) => !own.has(edge.split('|').reverse().join('|')))
      expect(new Set(single), level).toEqual(city_edges)
    }
    const area = (level: string) =>
      city.regions
        .filter((region) => region.level === level)
        .flatMap(({ geometry }) => polygonsOf(geometry).flat())
        .reduce((sum, ring) => sum + signedArea(ring), 0)
    for (const level of ['district', 'township', 'station']) expect(area(level) / area('city')).toBeCloseTo(1, 9)
  })

  function edges(regions: DemoCity['regions']): Set<string> {
    const rings = regions.flatMap(({ geometry }) => polygonsOf(geometry).flat())
    return new Set(rings.flatMap((ring) => ring.slice(1).map((b, index) => `${key(ring[index]!)}|${key(b)}`)))
  }

  it('keeps places inside the city, venues off campuses unless meant, and doors at their venues', () => {
    const border = polygonsOf(city.regions.find(({ level }) => level === 'city')!.geometry)[0] as LonLat[][]
    const campuses = city.schools.flatMap(({ geometry }) => polygonsOf(geometry) as LonLat[][][])
    const inside: string[] = []
    for (const { external_id, geometry, doors } of city.venues) {
      const at = geometry.coordinates as LonLat
      expect(isInside(at, border), external_id!).toBe(true)
      if (campuses.some((rings) => isInside(at, rings))) inside.push(external_id!)
      for (const door of doors ?? []) expect(distance(at, door.position as LonLat), external_id!).toBeLessThan(30)
    }
    expect(inside.sort()).toEqual(['case-inside-campus-venue', 'case-internal-facility-venue'])
    for (const { geometry } of city.stalls) expect(isInside(geometry.coordinates as LonLat, border)).toBe(true)
  })
})
