import fc from 'fast-check'
import type { Geometry, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { GeometryError } from '../../server/imports/formats/geometry.ts'
import { parseWkt } from '../../server/imports/formats/wkt.ts'

test.each<[string, Geometry]>([
  ['POINT (121.47 31.23)', { type: 'Point', coordinates: [121.47, 31.23] }],
  ['point(-1e-3 +.5)', { type: 'Point', coordinates: [-0.001, 0.5] }],
  ['POINT Z (1 2 3)', { type: 'Point', coordinates: [1, 2] }],
  ['POINTZM(1 2 3 4)', { type: 'Point', coordinates: [1, 2] }],
  ['POINT (1 2 3)', { type: 'Point', coordinates: [1, 2] }],
  [
    'LINESTRING M (1 2 9, 3 4 9)',
    {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  [
    ' POLYGON((0 0,4 0,4 4,0 0), (1 1, 2 1, 2 2, 1 1)) ',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 0],
        ],
        [
          [1, 1],
          [2, 1],
          [2, 2],
          [1, 1],
        ],
      ],
    },
  ],
  [
    'MULTIPOINT (1 2, 3 4)',
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  [
    'MULTIPOINT ((1 2), (3 4))',
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  [
    'MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))',
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ],
    },
  ],
  [
    'MULTIPOLYGON\n(((0 0, 1 0, 1 1, 0 0)),\n((5 5, 6 5, 6 6, 5 5)))',
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
        [
          [
            [5, 5],
            [6, 5],
            [6, 6],
            [5, 5],
          ],
        ],
      ],
    },
  ],
])('%s', (text, geometry) => {
  expect(parseWkt(text)).toEqual(geometry)
})

describe('refused', () => {
  test.each([
    '',
    'POINT',
    'POINT EMPTY',
    'MULTIPOLYGON Z EMPTY',
    'POINT (1)',
    'POINT (1 2',
    'POINT (1 2) x',
    'POINT (1 2 3 4 5)',
    'POINT (1,2)',
    'POINT (NaN NaN)',
    'POINT (1e999 2)',
    'POINT (0x1 2)',
    'POINT 1 2',
    'LINESTRING (1 2)',
    'POLYGON ((0 0, 1 0, 1 1))',
    'POLYGON ((0 0, 1 0, 1 1, 0 1))',
    'POLYGON (0 0, 1 0, 1 1, 0 0)',
    'SRID=4326;POINT(1 2)',
    'CIRCULARSTRING (0 0, 1 1, 2 0)',
    'GEOMETRYCOLLECTION (POINT (1 2))',
    '0101000020E6100000',
    'POINT (1 2); DROP TABLE venues',
  ])('%s', (text) => {
    expect(() => parseWkt(text)).toThrow(GeometryError)
  })

  test('the place of the fault is named in both languages', () => {
    const fault = (() => {
      try {
        return parseWkt('POINT (1 x)')
      } catch (error) {
        return error as GeometryError
      }
    })()
    expect(fault).toMatchObject({ zh: '第 10 个字符处应为数字', en: 'a number expected at character 10' })
  })
})

const show = (position: Position) => position.join(' ')
const line = (positions: Position[]) => `(${positions.map(show).join(', ')})`

describe('properties', () => {
  const position = fc.tuple(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const ring = fc
    .array(position, { minLength: 3, maxLength: 8 })
    .map((positions) => [...positions, positions[0] as Position])

  test('what is written is read', () => {
    const anyNumber = fc.oneof(
      position.map((at): [string, Geometry] => [`POINT (${show(at)})`, { type: 'Point', coordinates: at }]),
      fc
        .array(ring, { minLength: 1, maxLength: 3 })
        .map((rings): [string, Geometry] => [
          `POLYGON (${rings.map(line).join(', ')})`,
          { type: 'Polygon', coordinates: rings },
        ]),
      fc
        .array(position, { minLength: 2, maxLength: 9 })
        .map((positions): [string, Geometry] => [
          `LINESTRING ${line(positions)}`,
          { type: 'LineString', coordinates: positions },
        ]),
    )
    fc.assert(
      fc.property(anyNumber, ([text, geometry]) => {
        // -0 is written as 0.
        expect(JSON.stringify(parseWkt(text))).toBe(JSON.stringify(geometry))
      }),
      { seed: 11 },
    )
  })

  test('anything else is a GeometryError, never a crash', () => {
    const word = fc.constantFrom(
      'POINT',
      'POLYGON',
      'MULTI',
      '(',
      ')',
      ',',
      ' ',
      '1',
      '-2.5',
      'e',
      'EMPTY',
      'Z',
      '.',
      '网',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        try {
          parseWkt(words.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(GeometryError)
        }
      }),
      { seed: 12, numRuns: 2000 },
    )
  })

  test('a polygon of a hundred thousand points', () => {
    const positions = Array.from({ length: 100_000 }, (_, i): Position => [Math.cos(i), Math.sin(i)])
    const closed = [...positions, positions[0] as Position]
    expect(parseWkt(`POLYGON (${line(closed)})`)).toEqual({ type: 'Polygon', coordinates: [closed] })
  })
})
