import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Geodesic } from 'geographiclib-geodesic'
import { describe, expect, test } from 'vitest'
import {
  CONVERSION_VERSION,
  type Crs,
  CrsError,
  conversionVersion,
  convertGeometry,
  convertGeometryFromWgs84,
  fromWgs84,
  gaussZone,
  type LonLat,
  looksSwapped,
  metricSridFor,
  parseCrs,
  toWgs84,
} from '../../server/geo/crs.ts'

const distanceM = (a: LonLat, b: LonLat) => Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0]).s12 ?? Number.NaN
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'no error'
  } catch (error) {
    return error instanceof CrsError ? error.code : String(error)
  }
}
const hintOf = (crs: Crs, position: number[]): unknown => {
  try {
    return toWgs84(crs, position)
  } catch (error) {
    return error instanceof CrsError ? error.detail.hint : error
  }
}

describe('parseCrs', () => {
  test.each([
    ['wgs84', 'wgs84'],
    [' WGS84 ', 'wgs84'],
    ['cgcs2000', 'cgcs2000'],
    ['GCJ02', 'gcj02'],
    ['bd09', 'bd09'],
    ['EPSG:4326', 'wgs84'],
    ['epsg:4490', 'cgcs2000'],
    ['EPSG:3857', 'EPSG:3857'],
    ['EPSG:4513', 'EPSG:4513'],
    ['EPSG:4533', 'EPSG:4533'],
    ['EPSG:4534', 'EPSG:4534'],
    ['epsg:4554', 'EPSG:4554'],
  ])('%s is %s', (text, crs) => {
    expect(parseCrs(text)).toBe(crs)
  })

  test.each([
    'unknown',
    '',
    'wgs',
    'EPSG:4512',
    'EPSG:4555',
    'EPSG:32650',
    'EPSG:04549',
    '4549',
    'EPSG:4549.0',
    '北京54',
  ])('"%s" is refused with the list of what is allowed', (text) => {
    expect(codeOf(() => parseCrs(text))).toBe('crs_not_supported')
    expect(() => parseCrs(text)).toThrow(/wgs84, cgcs2000, gcj02, bd09/)
  })

  test('a cast string cannot reach a conversion', () => {
    expect(codeOf(() => toWgs84('EPSG:32650' as Crs, [500000, 4000000]))).toBe('crs_not_supported')
  })
})

describe('metricSridFor', () => {
  // Seed places of the zone table; Shishi lies just past the 118.5 boundary.
  test.each([
    [115.03, 4547],
    [119.97, 4549],
    [118.65, 4549],
    [118.49, 4548],
    [108.17, 4545],
    [73.5, 4534],
    [76.4999999, 4534],
    [76.5, 4535],
    [136.5, 4554],
  ])('%f E is measured in EPSG:%i', (lon, srid) => {
    expect(metricSridFor(lon)).toBe(srid)
  })

  test.each([73.4999, 136.5001, -115, Number.NaN, Number.POSITIVE_INFINITY])('%f has no zone', (lon) => {
    expect(codeOf(() => metricSridFor(lon))).toBe('longitude_without_zone')
  })

  test('the zone found is never more than 1.5 degrees away', () => {
    fc.assert(
      fc.property(fc.double({ min: 73.5, max: 136.5, noNaN: true }), (lon) => {
        const zone = gaussZone(metricSridFor(lon))
        expect(Math.abs(lon - (zone?.meridian_deg ?? 0))).toBeLessThanOrEqual(1.5)
      }),
      { seed: 1 },
    )
  })
})

// ST_Transform from 4326, PostGIS 3.3.2 with PROJ 9.1.1 (order-6 Krueger series); up to 3 degrees off the meridian.
const POSTGIS_REFERENCE: [Crs, number, number, number, number][] = [
  ['EPSG:4549', 120.0, 31.2, 500000, 3453148.5604276485],
  ['EPSG:4549', 121.4737, 31.2304, 640412.3150366272, 3457455.48858212],
  ['EPSG:4549', 118.65, 24.73, 363412.795279426, 2736819.2824883084],
  ['EPSG:4549', 123.0, 31.2, 785974.0537708425, 3457029.122905309],
  ['EPSG:4549', 117.0, 53.5, 300949.39586044615, 5934456.505463081],
  ['EPSG:4549', 122.9999999, 18.1, 817653.3050808116, 2004635.3417723835],
  ['EPSG:4547', 115.03, 35.76, 593150.7746448957, 3959402.3738664947],
  ['EPSG:4545', 108.17, 29.29, 516518.17973988806, 3241424.3795076],
  ['EPSG:4534', 74.2, 39.5, 431188.83285299176, 4374319.691679442],
  ['EPSG:4554', 134.9, 48.3, 492580.833234698, 5351790.401261913],
  ['EPSG:4548', 116.391, 39.907, 447924.48320414894, 4419380.447628063],
  ['EPSG:4539', 90.0, 29.65, 500000, 3281316.0727605075],
  ['EPSG:4513', 74.2, 39.5, 25431188.832852993, 4374319.691679442],
  ['EPSG:4533', 134.9, 48.3, 45492580.8332347, 5351790.401261913],
  ['EPSG:4528', 121.4737, 31.2304, 40640412.315036625, 3457455.48858212],
  ['EPSG:4525', 113.2644, 23.1291, 37731972.70684266, 2560635.970510973],
  ['EPSG:4526', 114.0, 0.5, 38500000, 55287.15200162717],
  ['EPSG:3857', 121.4737, 31.2304, 13522390.428774875, 3662707.257050403],
  ['EPSG:3857', -70.5, -33.4, -7848024.100925787, -3948518.4270993904],
]

describe('projections', () => {
  test.each(POSTGIS_REFERENCE)('%s at %f, %f agrees with PostGIS within 0.1 mm, both ways', (crs, lon, lat, x, y) => {
    const [east, north] = fromWgs84(crs, [lon, lat])
    expect(Math.hypot(east - x, north - y)).toBeLessThan(1e-4)
    expect(distanceM(toWgs84(crs, [x, y]), [lon, lat])).toBeLessThan(1e-4)
  })

  // Independent of any projection code: along the meridian a k0 = 1 transverse Mercator has true length.
  test('northings on the central meridian are geodesic lengths', () => {
    for (const lat of [3, 18, 31.2, 45, 53.5]) {
      const meridianArc = distanceM([120, 0], [120, lat])
      expect(Math.abs(fromWgs84('EPSG:4549', [120, lat])[1] - meridianArc)).toBeLessThan(1e-3)
    }
  })
})

describe('toWgs84 says what the numbers look like', () => {
  test.each<[Crs, number[], string | null]>([
    ['wgs84', [31.2, 121.5], 'swapped'],
    ['gcj02', [640412, 3457455], 'projected'],
    ['bd09', [190, 31], null],
    ['EPSG:4549', [3457455, 640412], 'swapped'],
    ['EPSG:4528', [3457455, 40640412], 'swapped'],
    ['EPSG:4549', [40640412, 3457455], 'EPSG:4528'],
    ['EPSG:4528', [39640412, 3457455], 'EPSG:4527'],
    ['EPSG:4528', [640412, 3457455], 'EPSG:4549'],
    ['EPSG:4549', [121.5, 31.2], 'geographic'],
    ['EPSG:3857', [121.5, 31.2], 'geographic'],
    ['EPSG:3857', [40640412, 3457455], null],
  ])('%s %j: %s', (crs, position, hint) => {
    expect(codeOf(() => toWgs84(crs, position))).toBe('coordinate_out_of_range')
    expect(hintOf(crs, position)).toBe(hint)
  })

  test.each([[[Number.NaN, 31]], [[121, Number.POSITIVE_INFINITY]], [[121]], [[]]])(
    '%j is no coordinate',
    (position) => {
      expect(codeOf(() => toWgs84('wgs84', position))).toBe('coordinate_not_finite')
      expect(codeOf(() => fromWgs84('gcj02', position))).toBe('coordinate_not_finite')
    },
  )

  test('a swapped pair that is still on Earth is only a suspicion', () => {
    expect(looksSwapped([39.9, 85])).toBe(true)
    expect(looksSwapped([121.5, 31.2])).toBe(false)
    expect(looksSwapped([-0.1, 51.5])).toBe(false)
  })
})

describe('whole geometries', () => {
  test('every kind keeps its shape and comes back two-dimensional', () => {
    const ring = [
      [121.47, 31.23, 4],
      [121.48, 31.23, 4],
      [121.48, 31.24, 4],
      [121.47, 31.23, 4],
    ]
    const flat = ring.map(([lon, lat]) => [lon, lat])
    const source = {
      type: 'GeometryCollection' as const,
      geometries: [
        { type: 'Point' as const, coordinates: [121.47, 31.23, 9] },
        { type: 'LineString' as const, coordinates: ring },
        { type: 'Polygon' as const, coordinates: [ring, ring] },
        { type: 'MultiPolygon' as const, coordinates: [[ring], [ring, ring]] },
        { type: 'MultiPoint' as const, coordinates: ring },
        { type: 'MultiLineString' as const, coordinates: [ring] },
      ],
    }
    expect(convertGeometry('wgs84', source)).toEqual({
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: [121.47, 31.23] },
        { type: 'LineString', coordinates: flat },
        { type: 'Polygon', coordinates: [flat, flat] },
        { type: 'MultiPolygon', coordinates: [[flat], [flat, flat]] },
        { type: 'MultiPoint', coordinates: flat },
        { type: 'MultiLineString', coordinates: [flat] },
      ],
    })
    expect(source.geometries[0]).toEqual({ type: 'Point', coordinates: [121.47, 31.23, 9] })
  })

  test('there and back through a projection', () => {
    const point = { type: 'Point' as const, coordinates: [121.47, 31.23] }
    const back = convertGeometry('EPSG:4549', convertGeometryFromWgs84('EPSG:4549', point))
    expect(back).toEqual({ type: 'Point', coordinates: [expect.closeTo(121.47, 9), expect.closeTo(31.23, 9)] })
  })
})

describe('conversion versions', () => {
  test('each system names its method', () => {
    expect(conversionVersion('cgcs2000')).toBe('identity')
    expect(conversionVersion('bd09')).toBe(CONVERSION_VERSION.gcoord)
    expect(conversionVersion('EPSG:4549')).toBe(CONVERSION_VERSION.proj4)
  })

  test('they name the libraries that are installed', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(CONVERSION_VERSION.gcoord).toContain(`gcoord-${manifest.dependencies.gcoord}+`)
    expect(CONVERSION_VERSION.proj4).toBe(`proj4-${manifest.dependencies.proj4}`)
  })
})

const ALL_CRS: Crs[] = ['wgs84', 'cgcs2000', 'gcj02', 'bd09', 'EPSG:3857']

describe('round trips', () => {
  const inChina = fc.record({
    lon: fc.double({ min: 73.5, max: 135.1, noNaN: true }),
    lat: fc.double({ min: 3.4, max: 53.6, noNaN: true }),
  })

  test('anywhere in China, every system, under 0.1 mm', () => {
    fc.assert(
      fc.property(inChina, ({ lon, lat }) => {
        const zone = metricSridFor(lon)
        for (const crs of [...ALL_CRS, `EPSG:${zone}`, `EPSG:${zone - 21}`] as Crs[]) {
          expect(distanceM(toWgs84(crs, fromWgs84(crs, [lon, lat])), [lon, lat])).toBeLessThan(1e-4)
        }
      }),
      { seed: 2, numRuns: 3000 },
    )
  })

  test('the inverse first: a source position comes back within 1e-9 degrees', () => {
    fc.assert(
      fc.property(inChina, ({ lon, lat }) => {
        for (const crs of ['gcj02', 'bd09'] as const) {
          const [backLon, backLat] = fromWgs84(crs, toWgs84(crs, [lon, lat]))
          expect(Math.abs(backLon - lon)).toBeLessThan(1e-9)
          expect(Math.abs(backLat - lat)).toBeLessThan(1e-9)
        }
      }),
      { seed: 3, numRuns: 3000 },
    )
  })

  // The formula holds a sqrt|lon - 105| term, whose slope is unbounded there.
  test('at the 105 E kink of the formula', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e-6, max: 1e-6, noNaN: true }), inChina, (offset, { lat }) => {
        const place: LonLat = [105 + offset, lat]
        expect(distanceM(toWgs84('gcj02', fromWgs84('gcj02', place)), place)).toBeLessThan(1e-3)
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  test('the neighbouring 3-degree zone still serves, over the land of China', () => {
    const onLand = fc.record({
      lon: fc.double({ min: 73.5, max: 135.1, noNaN: true }),
      lat: fc.double({ min: 18, max: 53.6, noNaN: true }),
    })
    fc.assert(
      fc.property(onLand, ({ lon, lat }) => {
        const zone = Math.min(Math.max(metricSridFor(lon) + 1, 4534), 4554)
        const crs = `EPSG:${zone}` as const
        expect(distanceM(toWgs84(crs, fromWgs84(crs, [lon, lat])), [lon, lat])).toBeLessThan(1e-4)
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})
