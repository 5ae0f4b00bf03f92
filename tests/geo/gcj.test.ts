import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Geodesic } from 'geographiclib-geodesic'
import { describe, expect, test } from 'vitest'
import { type Crs, fromWgs84, type LonLat, parseCrs, toWgs84 } from '../../server/geo/crs.ts'
import { GCJ_BBOX } from '../../server/geo/gcj.ts'

const DATA = new URL('../../../shared/data/coordinates/', import.meta.url)
const distanceM = (a: LonLat, b: LonLat) => Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0]).s12 ?? Number.NaN

interface City {
  attrs: { name: string }
  coords: Record<'WGS84' | 'GCJ02' | 'BD09', LonLat>
}

describe.skipIf(!existsSync(DATA))('published places (skipped without ../shared/data)', () => {
  test('664 cities in three systems, both ways, within 1 m', () => {
    const cities: City[] = JSON.parse(readFileSync(new URL('china-cities.json', DATA), 'utf8'))
    expect(cities).toHaveLength(664)
    for (const { attrs, coords } of cities) {
      for (const [crs, place] of [
        ['gcj02', coords.GCJ02],
        ['bd09', coords.BD09],
      ] as const) {
        expect(distanceM(toWgs84(crs, place), coords.WGS84), `${attrs.name} from ${crs}`).toBeLessThan(1)
        expect(distanceM(fromWgs84(crs, coords.WGS84), place), `${attrs.name} to ${crs}`).toBeLessThan(1)
      }
    }
  })

  test('the published vectors, without the two known to be wrong', () => {
    const rows = readFileSync(new URL('known-pairs.csv', DATA), 'utf8').trim().split(/\r?\n/).slice(1)
    const pairs = rows.map((row) => row.split(',')).filter((cells) => !cells.some((cell) => cell.startsWith('WRONG')))
    expect(pairs).toHaveLength(rows.length - 2)
    for (const cells of pairs) {
      const [from, to] = [parseCrs(cells[1] ?? ''), parseCrs(cells[4] ?? '')]
      const expected: LonLat = [Number(cells[5]), Number(cells[6])]
      const found = fromWgs84(to, toWgs84(from, [Number(cells[2]), Number(cells[3])]))
      // Vectors published by one-step inverses are themselves some centimetres off.
      expect(distanceM(found, expected), cells.join(',')).toBeLessThan(0.5)
    }
  })
})

// China lies about 500 m from itself in GCJ-02 and 1.2 km in BD-09; a conversion that did nothing would pass a round trip.
test.each<[Crs, number, number]>([
  ['gcj02', 100, 900],
  ['bd09', 500, 2000],
])('%s is shifted by hundreds of metres inside China', (crs, least, most) => {
  for (const place of [
    [121.4737, 31.2304],
    [115.03, 35.76],
    [108.17, 29.29],
    [87.6, 43.8],
  ] as LonLat[]) {
    const shift = distanceM(fromWgs84(crs, place), place)
    expect(shift).toBeGreaterThan(least)
    expect(shift).toBeLessThan(most)
  }
})

describe('the box of the formula', () => {
  const [minLon, minLat, maxLon, maxLat] = GCJ_BBOX

  test('far outside it GCJ-02 is WGS-84', () => {
    for (const place of [
      [-0.1, 51.5],
      [151.2, -33.9],
      [71, 30],
      [139.7, 35.7],
    ] as LonLat[]) {
      expect(fromWgs84('gcj02', place)).toEqual(place)
      expect(toWgs84('gcj02', place)).toEqual(place)
    }
  })

  test('everything inside comes back, up to the very edge', () => {
    const inside = fc.record({
      lon: fc.double({ min: minLon, max: maxLon, noNaN: true }),
      lat: fc.double({ min: minLat, max: maxLat, noNaN: true }),
      edge: fc.constantFrom('none', 'west', 'east', 'south', 'north'),
    })
    fc.assert(
      fc.property(inside, ({ lon, lat, edge }) => {
        const place: LonLat = [
          edge === 'west' ? minLon : edge === 'east' ? maxLon : lon,
          edge === 'south' ? minLat : edge === 'north' ? maxLat : lat,
        ]
        expect(distanceM(toWgs84('gcj02', fromWgs84('gcj02', place)), place)).toBeLessThan(1e-3)
      }),
      { seed: 6, numRuns: 2000 },
    )
  })

  test('outside, beyond the width of the shift, everything comes back too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (d, lat) => {
          for (const place of [
            [minLon - d, lat],
            [maxLon + d, lat],
          ] as LonLat[]) {
            expect(distanceM(toWgs84('gcj02', fromWgs84('gcj02', place)), place)).toBeLessThan(1e-6)
            expect(distanceM(toWgs84('bd09', fromWgs84('bd09', place)), place)).toBeLessThan(1e-3)
          }
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })

  // The known flaw of the formula, written down: positions in the strip around the edge have two origins or none.
  test('in the strip at the edge the inverse answers with the origin inside the box', () => {
    const insideEdge: LonLat = [maxLon - 1e-4, 40]
    const shifted = fromWgs84('gcj02', insideEdge)
    expect(shifted[0]).toBeGreaterThan(maxLon)
    expect(fromWgs84('gcj02', shifted)).toEqual(shifted)
    expect(distanceM(toWgs84('gcj02', shifted), insideEdge)).toBeLessThan(1e-3)
  })
})
