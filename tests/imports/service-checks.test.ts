// What an import sees without a database: repeats, shifts, contradicted coordinate systems.
import { describe, expect, it } from 'vitest'
import { fromWgs84, type LonLat, toWgs84 } from '../../server/geo/crs.ts'
import type { Problem } from '../../server/http/problem.ts'
import { checkHint, guessCrs } from '../../server/imports/crs-checks.ts'
import { interiorPoint, placeOf } from '../../server/imports/place.ts'
import { RepeatFinder } from '../../server/imports/repeats.ts'
import { Sampler } from '../../server/imports/sampler.ts'
import { shiftWarning } from '../../server/imports/shift.ts'

const point = (lon: number, lat: number) => ({ type: 'Point' as const, coordinates: [lon, lat] })
const METRE = 1 / 111_195

describe('repeated rows', () => {
  it('are the same name within 50 m, as the writers match', () => {
    const finder = new RepeatFinder('venues')
    expect(finder.find(2, { name: '网吧', geometry: point(121.47, 31.23) })).toBeUndefined()
    const again = finder.find(3, { name: '网吧', geometry: point(121.47, 31.23) })
    expect(again).toEqual({ by: 'place', row: 2, is_identical: true })
    const near = finder.find(4, { name: '网吧', geometry: point(121.47, 31.23 + 49 * METRE) })
    expect(near).toEqual({ by: 'place', row: 2, is_identical: false })
    expect(finder.find(5, { name: '网吧', geometry: point(121.47, 31.23 + 51 * METRE) })).toBeUndefined()
    expect(finder.find(6, { name: '网咖', geometry: point(121.47, 31.23) })).toBeUndefined()
  })

  it('are found across the cells of the grid, in every direction', () => {
    for (let step = 0; step < 360; step += 15) {
      const finder = new RepeatFinder('schools')
      const [east, north] = [Math.cos((step * Math.PI) / 180), Math.sin((step * Math.PI) / 180)]
      const at: LonLat = [121.4700001, 31.2299999]
      const moved = (metres: number) =>
        point(at[0] + (east * metres * METRE) / Math.cos((at[1] * Math.PI) / 180), at[1] + north * metres * METRE)
      finder.find(1, { name: '一小', geometry: point(...at) })
      expect(finder.find(2, { name: '一小', geometry: moved(49) })?.row).toBe(1)
      expect(finder.find(3, { name: '一小', geometry: moved(52) })).toBeUndefined()
    }
  })

  it('are told apart by ids', () => {
    const finder = new RepeatFinder('venues')
    expect(finder.find(2, { external_id: 'a', name: '网吧', geometry: point(121.47, 31.23) })).toBeUndefined()
    expect(finder.find(3, { external_id: 'b', name: '网吧', geometry: point(121.47, 31.23) })).toBeUndefined()
    expect(finder.find(4, { external_id: 'a', name: '别处', geometry: point(121.5, 31.23) })).toMatchObject({
      by: 'id',
      row: 2,
    })
    expect(finder.find(5, { name: '网吧', geometry: point(121.47, 31.23) })).toMatchObject({ by: 'place' })
  })

  it('hold for campuses by their outlines', () => {
    const square = (lon: number, lat: number, half: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [lon - half, lat - half],
          [lon + half, lat - half],
          [lon + half, lat + half],
          [lon - half, lat + half],
          [lon - half, lat - half],
        ],
      ],
    })
    const finder = new RepeatFinder('schools')
    finder.find(1, { name: '一小', geometry: square(121.47, 31.23, 0.003) })
    expect(finder.find(2, { name: '一小', geometry: point(121.4725, 31.2325) })?.row).toBe(1)
    expect(finder.find(3, { name: '一小', geometry: point(121.4742, 31.2325) })).toBeUndefined()
  })

  it('are found among many thousands', () => {
    const finder = new RepeatFinder('venues')
    for (let i = 0; i < 20_000; i++)
      finder.find(i, {
        name: `店${i % 100}`,
        geometry: point(121 + (i % 200) * 0.001, 31 + Math.floor(i / 200) * 0.001),
      })
    expect(finder.find(99_999, { name: '店7', geometry: point(121 + 107 * 0.001, 31 + 50 * 0.001) })?.row).toBe(10_107)
  })
})

describe('shifts against what is stored', () => {
  const places: LonLat[] = Array.from({ length: 40 }, (_, i) => [
    121.3 + (i % 8) * 0.03,
    31.1 + Math.floor(i / 8) * 0.03,
  ])

  it.each([
    ['wgs84', 'gcj02'],
    ['wgs84', 'bd09'],
    ['gcj02', 'wgs84'],
    ['bd09', 'gcj02'],
    ['cgcs2000', 'gcj02'],
  ] as const)('stated %s, really %s', (stated, real) => {
    const matches = places.map((stored) => ({ stored, file: toWgs84(stated, fromWgs84(real, stored)) }))
    const warning = shiftWarning(stated, matches)
    expect(warning?.code).toBe('crs_looks_wrong')
    expect(warning?.message_en).toContain(`most likely ${real}.`)
  })

  it('says nothing when places agree, or too few are known', () => {
    expect(
      shiftWarning(
        'wgs84',
        places.map((stored) => ({ stored, file: [stored[0] + 0.0002, stored[1]] })),
      ),
    ).toBeUndefined()
    const shifted = places.slice(0, 4).map((stored) => ({ stored, file: fromWgs84('gcj02', stored) }))
    expect(shiftWarning('wgs84', shifted)).toBeUndefined()
  })

  it('names the direction when no system explains it, and keeps quiet about mere scatter', () => {
    const moved = places.map((stored) => ({ stored, file: [stored[0], stored[1] + 800 * METRE] as LonLat }))
    expect(shiftWarning('wgs84', moved)).toMatchObject({
      code: 'looks_shifted',
      message_zh: expect.stringContaining('向北偏移约 800 米'),
    })
    const scattered = places.map((stored, i) => ({
      stored,
      file: [stored[0] + (i % 2 ? 0.004 : -0.004), stored[1] + (i % 3 ? 0.004 : -0.004)] as LonLat,
    }))
    expect(shiftWarning('wgs84', scattered)).toBeUndefined()
  })
})

describe('the coordinate system that the file itself names', () => {
  const codeOf = (work: () => unknown) => {
    try {
      return work()
    } catch (error) {
      return (error as Problem).code
    }
  }
  it.each([
    ['wgs84', null, []],
    ['wgs84', 'cgcs2000', []],
    ['EPSG:4549', 'EPSG:4549', []],
    ['gcj02', 'wgs84', [expect.objectContaining({ code: 'crs_hint_differs' })]],
    ['wgs84', 'GCS_Unknown', [expect.objectContaining({ code: 'crs_hint_differs' })]],
    ['wgs84', 'EPSG:4549', 'crs_contradicted'],
    ['EPSG:4549', 'wgs84', 'crs_contradicted'],
    ['EPSG:4549', 'EPSG:4548', 'crs_contradicted'],
    ['wgs84', 'EPSG:32651', 'crs_contradicted'],
    ['wgs84', 'Xian_1980_3_Degree_GK_CM_120E', 'datum_not_supported'],
    ['cgcs2000', 'EPSG:4610', 'datum_not_supported'],
  ] as const)('stated %s, named %s', (stated, hint, expected) => {
    expect(codeOf(() => checkHint(stated, hint))).toEqual(expected)
  })

  it('guesses what projected numbers are', () => {
    expect(guessCrs([40_563_210.5, 3_456_789])).toEqual({ crs: 'EPSG:4528', is_swapped: false })
    expect(guessCrs([13_522_000, 3_663_000])).toEqual({ crs: 'EPSG:3857', is_swapped: false })
    expect(guessCrs([563_210, 3_456_789])).toEqual({ crs: 'EPSG:4534-4554', is_swapped: false })
    expect(guessCrs([3_456_789, 40_563_210])).toEqual({ crs: 'EPSG:4528', is_swapped: true })
    expect(guessCrs([400, 500])).toBeUndefined()
  })
})

describe('places', () => {
  const placed = (
    layer: Parameters<typeof placeOf>[0],
    geometry: object,
    crs: Parameters<typeof placeOf>[1] = 'wgs84',
  ) => placeOf(layer, crs, { geometry: geometry as never, problem: null })
  const ring = (size: number) => [
    [121.47, 31.23],
    [121.47 + size, 31.23],
    [121.47 + size, 31.23 + size],
    [121.47, 31.23 + size],
    [121.47, 31.23],
  ]

  it.each([
    ['swapped', 'gates', point(31.23, 121.47), 'wgs84', 'lon_lat_swapped'],
    ['swapped within range', 'gates', point(39.9, 80.1), 'wgs84', 'lon_lat_swapped'],
    ['at 0, 0', 'gates', point(0, 0), 'wgs84', 'position_out_of_range'],
    ['not numbers', 'gates', point(Number.NaN, 31), 'wgs84', 'coordinate_not_finite'],
    ['metres given as degrees', 'gates', point(13_522_000, 3_663_000), 'wgs84', 'coordinate_out_of_range'],
    ['degrees given as metres', 'gates', point(121.47, 31.23), 'EPSG:4549', 'coordinate_out_of_range'],
    [
      'a line where a point belongs',
      'gates',
      { type: 'LineString', coordinates: ring(0.001) },
      'wgs84',
      'geometry_type',
    ],
    [
      'two points',
      'gates',
      {
        type: 'MultiPoint',
        coordinates: [
          [121, 31],
          [121, 32],
        ],
      },
      'wgs84',
      'geometry_type',
    ],
    [
      'an open ring',
      'schools',
      { type: 'Polygon', coordinates: [ring(0.001).slice(0, 4)] },
      'wgs84',
      'ring_not_closed',
    ],
    ['a sliver', 'schools', { type: 'Polygon', coordinates: [ring(0.00001)] }, 'wgs84', 'area_too_small'],
    ['a district as a campus', 'schools', { type: 'Polygon', coordinates: [ring(0.1)] }, 'wgs84', 'area_too_large'],
  ] as const)('refuses a position that is %s', (_, layer, geometry, crs, code) => {
    expect(placed(layer, geometry, crs)).toMatchObject({ code })
  })

  it('says what projected numbers look like', () => {
    expect(placed('gates', point(13_522_000, 3_663_000))).toMatchObject({
      message_zh: expect.stringContaining('投影坐标'),
    })
  })

  it('keeps the delivered geometry beside the converted one', () => {
    expect(placed('gates', point(121.4745, 31.2284), 'gcj02')).toMatchObject({
      geometry: { type: 'Point' },
      source_geometry: point(121.4745, 31.2284),
    })
    expect(placed('gates', { type: 'MultiPoint', coordinates: [[121.47, 31.23, 5]] })).toEqual({
      geometry: point(121.47, 31.23),
    })
  })

  it('finds a point inside any area', () => {
    const horseshoe = [
      [0, 0],
      [10, 0],
      [10, 10],
      [8, 10],
      [8, 2],
      [3, 2],
      [3, 10],
      [0, 10],
      [0, 0],
    ].map(([x, y]) => [121 + x! / 1000, 31 + y! / 1000])
    expect(interiorPoint({ type: 'Polygon', coordinates: [horseshoe] }).coordinates).toEqual([
      expect.closeTo(121.0015, 9),
      expect.closeTo(31.005, 9),
    ])
  })
})

describe('the sample', () => {
  it('is the same for the same stream and spread over it', () => {
    const run = () => {
      const sampler = new Sampler<number>(100)
      for (let i = 0; i < 10_000; i++) sampler.offer(() => i)
      return sampler.items
    }
    expect(run()).toEqual(run())
    const late = run().filter((i) => i >= 5000).length
    expect(late).toBeGreaterThan(30)
    expect(late).toBeLessThan(70)
  })
})
