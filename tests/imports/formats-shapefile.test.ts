import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import type { Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { crsHintOfPrj } from '../../server/imports/formats/crs-hint.ts'
import { assembleRings } from '../../server/imports/formats/rings.ts'
import { entryName } from '../../server/imports/formats/zip.ts'
import {
  dbfOf,
  gbk,
  gbkNamedZip,
  readContent,
  readPath,
  refusalOf,
  shape,
  shpOf,
  writeTemp,
  zipOf,
} from './formats-files.ts'

type Xy = [number, number]

// Clockwise, as the format wants its outer rings.
const square = (x: number, y: number, size: number): Xy[] => [
  [x, y],
  [x, y + size],
  [x + size, y + size],
  [x + size, y],
  [x, y],
]
const reversed = (ring: Xy[]): Xy[] => ring.toReversed()

const NAMES = [{ name: 'NAME', type: 'C', length: 20 }]
const nameTable = (count: number) =>
  dbfOf(
    NAMES,
    Array.from({ length: count }, (_, i) => [`row ${i + 1}`]),
  )

async function readShapesOf(type: number, records: Buffer[]) {
  const parts = { 'a.shp': shpOf(type, records), 'a.dbf': nameTable(records.length) }
  return (await readContent('a.zip', zipOf(parts))).rows
}

describe('shapes', () => {
  test('points, null shapes, and Z and M variants', async () => {
    const rows = await readShapesOf(1, [
      shape.point([121, 31]),
      shape.none(),
      shape.point([1, 2], 21),
      shape.point([3, 4], 11),
    ])
    expect(rows.map(({ row, geometry, problem }) => [row, geometry, problem])).toEqual([
      [1, { type: 'Point', coordinates: [121, 31] }, null],
      [2, null, null],
      [3, { type: 'Point', coordinates: [1, 2] }, null],
      [4, { type: 'Point', coordinates: [3, 4] }, null],
    ])
  })

  test('multipoints', async () => {
    const rows = await readShapesOf(8, [
      shape.multipoint([
        [1, 2],
        [3, 4],
      ]),
    ])
    expect(rows[0]?.geometry).toEqual({
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    })
  })

  test('lines of one and of several parts', async () => {
    const [one, several] = await readShapesOf(3, [
      shape.parts(3, [
        [
          [0, 0],
          [1, 1],
        ],
      ]),
      shape.parts(
        13,
        [
          [
            [0, 0],
            [1, 1],
          ],
          [
            [5, 5],
            [6, 6],
            [7, 5],
          ],
        ],
        64,
      ),
    ])
    expect(one?.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    })
    expect(several?.geometry).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [5, 5],
          [6, 6],
          [7, 5],
        ],
      ],
    })
  })

  test('polygons with holes and islands', async () => {
    // The lake of the first square holds an island; the second square stands alone; parts come in no order.
    const rings = [
      reversed(square(1, 1, 6)),
      square(20, 20, 5),
      square(0, 0, 10),
      square(2, 2, 3),
      reversed(square(21, 21, 1)),
    ]
    const rows = await readShapesOf(5, [shape.parts(5, rings), shape.parts(5, [square(0, 0, 1)])])
    expect(rows[0]?.geometry).toEqual({
      type: 'MultiPolygon',
      coordinates: [
        [reversed(square(20, 20, 5)), square(21, 21, 1)],
        [reversed(square(0, 0, 10)), square(1, 1, 6)],
        [reversed(square(2, 2, 3))],
      ],
    })
    expect(rows[1]?.geometry).toEqual({ type: 'Polygon', coordinates: [reversed(square(0, 0, 1))] })
  })

  test('an open ring is closed', async () => {
    const rows = await readShapesOf(5, [shape.parts(5, [square(0, 0, 1).slice(0, 4)])])
    expect(rows[0]?.geometry).toEqual({ type: 'Polygon', coordinates: [reversed(square(0, 0, 1))] })
  })

  test.each<[string, number, Buffer]>([
    ['a coordinate that is not a number', 1, shape.point([Number.NaN, 31])],
    ['a coordinate that is "no data"', 1, shape.point([-1e39, 31])],
    [
      'a ring of two points',
      5,
      shape.parts(5, [
        [
          [0, 0],
          [1, 1],
        ],
      ]),
    ],
    [
      'a polygon without area',
      5,
      shape.parts(5, [
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [0, 0],
        ],
      ]),
    ],
    ['a line of one point', 3, shape.parts(3, [[[0, 0]]])],
    ['no parts', 5, shape.parts(5, [])],
    [
      'a part out of order',
      3,
      shape.parts(3, [
        [],
        [
          [0, 0],
          [1, 1],
        ],
      ]),
    ],
    ['a multipoint without points', 8, shape.multipoint([])],
  ])('%s refuses one row', async (_, type, record) => {
    const rows = await readShapesOf(type, [record, shape.none()])
    expect(rows[0]).toMatchObject({
      geometry: null,
      properties: { NAME: 'row 1' },
      problem: { code: 'geometry_invalid' },
    })
    expect(rows[1]?.problem).toBeNull()
  })
})

describe('ring assembly', () => {
  const areaOf = (ring: Position[]): number =>
    ring.slice(1).reduce((sum, [x, y], i) => {
      const [x0, y0] = ring[i] as Xy
      return sum + (x0 * (y as number) - (x as number) * y0) / 2
    }, 0)

  test('rings that all wind the wrong way are sorted by nesting', () => {
    const rings = [square(0, 0, 10), square(1, 1, 6), square(2, 2, 2)].map(reversed)
    expect(assembleRings(rings)).toEqual([[reversed(square(0, 0, 10)), square(1, 1, 6)], [reversed(square(2, 2, 2))]])
  })

  test('a hole outside of everything is a polygon of its own', () => {
    expect(assembleRings([square(0, 0, 2), reversed(square(5, 5, 1))])).toEqual([
      [reversed(square(0, 0, 2))],
      [reversed(square(5, 5, 1))],
    ])
  })

  test('a hole that touches its shell at a corner and along an edge', () => {
    const [polygon] = assembleRings([square(0, 0, 10), reversed(square(0, 0, 3))])
    expect(polygon).toHaveLength(2)
  })

  test('survey coordinates keep small rings apart', () => {
    const [east, north] = [40_500_000, 3_456_789]
    const polygons = assembleRings([square(east, north, 100), reversed(square(east + 10, north + 10, 0.01))])
    expect(polygons).toHaveLength(1)
    expect(polygons[0]).toHaveLength(2)
  })

  test('any arrangement of separate squares with holes comes back, whatever the order', () => {
    const grid = fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(3)), {
      minLength: 1,
      maxLength: 12,
      selector: ([x, y]) => `${x} ${y}`,
    })
    fc.assert(
      fc.property(grid, fc.infiniteStream(fc.nat(1000)), (cells, shuffle) => {
        const rings = cells.flatMap(([x, y, holes]) => [
          square(x * 20, y * 20, 10),
          ...Array.from({ length: holes }, (_, i) => reversed(square(x * 20 + 1 + i * 3, y * 20 + 1, 2))),
        ])
        const keyed = rings.map((ring) => ({ ring, key: shuffle.next().value ?? 0 }))
        const polygons = assembleRings(keyed.toSorted((a, b) => a.key - b.key).map(({ ring }) => ring))
        expect(polygons).toHaveLength(cells.length)
        for (const [outer, ...holes] of polygons) {
          expect(areaOf(outer as Position[])).toBe(100)
          for (const hole of holes) expect(areaOf(hole)).toBe(-4)
          const [west, south] = [0, 1].map((axis) => Math.min(...(outer as Xy[]).map((at) => at[axis] ?? 0)))
          const cell = cells.find(([x, y]) => x * 20 === west && y * 20 === south)
          expect(holes).toHaveLength(cell?.[2] ?? -1)
        }
      }),
      { seed: 21, numRuns: 200 },
    )
  })
})

describe('attributes', () => {
  const columns = [
    { name: 'NAME', type: 'C', length: 12 },
    { name: 'COUNT', type: 'N', length: 8 },
    { name: 'ID', type: 'N', length: 18 },
    { name: 'OPENED', type: 'D', length: 8 },
    { name: 'ACTIVE', type: 'L', length: 1 },
    { name: 'RATE', type: 'F', length: 10 },
  ]
  const points = (count: number) =>
    shpOf(
      1,
      Array.from({ length: count }, () => shape.point([1, 2])),
    )

  test('types, blanks and what did not fit', async () => {
    const records = [
      ['bar', '      12', '310115200001234567', '20240305', 'T', '1.25e2'],
      ['', '', '', '        ', '?', '**********'],
      [' padded ', '-1', '42', '20240230', 'n', '0.5'],
    ]
    const read = await readContent('a.zip', zipOf({ 'a.shp': points(3), 'a.dbf': dbfOf(columns, records) }))
    expect(read.columns).toEqual(['NAME', 'COUNT', 'ID', 'OPENED', 'ACTIVE', 'RATE'])
    expect(read.rows.map(({ properties }) => Object.values(properties))).toEqual([
      ['bar', 12, '310115200001234567', '2024-03-05', true, 125],
      [null, null, null, null, null, null],
      ['padded', -1, 42, '20240230', false, 0.5],
    ])
  })

  test('a deleted record is left out with its shape', async () => {
    const shp = shpOf(1, [shape.point([1, 1]), shape.point([2, 2]), shape.point([3, 3])])
    const read = await readContent('a.zip', zipOf({ 'a.shp': shp, 'a.dbf': dbfOf(NAMES, [['a'], null, ['c']]) }))
    expect(read.rows.map(({ row, properties, geometry }) => [row, properties.NAME, geometry])).toEqual([
      [1, 'a', { type: 'Point', coordinates: [1, 1] }],
      [3, 'c', { type: 'Point', coordinates: [3, 3] }],
    ])
  })

  const latin = Buffer.from('caf\xe9 ', 'latin1')
  test.each<[string, { cpg?: string; driver?: number; bytes: Uint8Array; encoding: string; text: string }]>([
    ['.cpg UTF-8', { cpg: 'UTF-8', bytes: Buffer.from('网吧'), encoding: 'utf-8', text: '网吧' }],
    ['.cpg GBK', { cpg: 'GBK\r\n', bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
    ['.cpg 936', { cpg: 'ANSI 936', bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
    ['.cpg ISO-8859-1', { cpg: 'ISO-8859-1', bytes: latin, encoding: 'windows-1252', text: 'café' }],
    ['.cpg Big5', { cpg: 'Big5', bytes: Buffer.of(0xba, 0xf4, 0xa7, 0x61), encoding: 'big5', text: '網吧' }],
    ['a language driver', { driver: 0x4d, bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
    ['nothing, and UTF-8', { bytes: Buffer.from('网吧'), encoding: 'utf-8', text: '网吧' }],
    ['nothing, and GBK', { bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
    ['"ANSI", and GBK', { driver: 0x57, bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
    ['a .cpg that is wrong', { cpg: 'UTF-8', bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
    ['a .cpg nobody knows', { cpg: 'OEM', bytes: gbk('网吧'), encoding: 'gb18030', text: '网吧' }],
  ])('encoding by %s', async (_, { cpg, driver, bytes, encoding, text }) => {
    const parts: Record<string, Uint8Array | string> = {
      'a.shp': points(2),
      'a.dbf': dbfOf(NAMES, [['x'], [bytes]], driver),
    }
    if (cpg !== undefined) parts['a.cpg'] = cpg
    const read = await readContent('a.zip', zipOf(parts))
    expect(read.encoding).toBe(encoding)
    expect(read.rows[1]?.properties.NAME).toBe(text)
  })

  test('a stated encoding is final', async () => {
    const parts = { 'a.shp': points(1), 'a.dbf': dbfOf(NAMES, [[gbk('网吧')]]), 'a.cpg': 'UTF-8' }
    expect((await readContent('a.zip', zipOf(parts), { encoding: 'gbk' })).rows[0]?.properties.NAME).toBe('网吧')
    expect((await refusalOf(readContent('a.zip', zipOf(parts), { encoding: 'utf-8' }))).code).toBe('encoding_mismatch')
  })

  test.each<[string, Uint8Array, Uint8Array, string]>([
    ['UTF-8', Buffer.from('中华人民共和国').subarray(0, 20), Buffer.from('学校名称'), '中华人民共和'],
    [
      'GBK',
      Buffer.concat([Buffer.from('a'), gbk('中华人民共和国公民')]).subarray(0, 20),
      gbk('学校名称'),
      'a中华人民共和国公民'.slice(0, 10),
    ],
  ])('%s cut through a character at the width of the field', async (_, text, name, shown) => {
    const table = dbfOf([{ name, type: 'C', length: text.length }], [[text]])
    const read = await readContent('a.zip', zipOf({ 'a.shp': points(1), 'a.dbf': table }))
    expect(Object.values(read.rows[0]?.properties ?? {})).toEqual([shown])
  })

  test('Chinese column names, cut at ten bytes', async () => {
    const table = dbfOf([{ name: gbk('学校名称全称'), type: 'C', length: 8 }], [['x']])
    expect((await readContent('a.zip', zipOf({ 'a.shp': points(1), 'a.dbf': table }))).columns).toEqual(['学校名称全'])
  })
})

describe('archives', () => {
  const shp = shpOf(1, [shape.point([121, 31])])
  const dbf = dbfOf(NAMES, [['甲']])

  test.each<[string, Uint8Array]>([
    ['UTF-8', zipOf({ '学校/幼儿园.shp': shp, '学校/幼儿园.dbf': dbf, '学校/幼儿园.prj': 'GEOGCS["GCS_WGS_1984"]' })],
    [
      'GBK',
      gbkNamedZip({ '学校/幼儿园.shp': shp, '学校/幼儿园.dbf': dbf, '学校/幼儿园.prj': 'GEOGCS["GCS_WGS_1984"]' }),
    ],
  ])('Chinese names in %s', async (_, zip) => {
    const read = await readContent('数据.zip', zip)
    expect(read).toMatchObject({ format: 'shapefile', crs_hint: 'wgs84' })
    expect(read.rows).toEqual([
      { row: 1, properties: { NAME: '甲' }, geometry: { type: 'Point', coordinates: [121, 31] }, problem: null },
    ])
  })

  test('names are decoded without help from the archive', () => {
    expect(entryName(gbk('区县界_area.shp'))).toBe('区县界_area.shp')
    expect(entryName(Buffer.from('区县界_area.shp'))).toBe('区县界_area.shp')
    expect(entryName(Buffer.from('data\\a.shp'))).toBe('data/a.shp')
  })

  test('endings and names in mixed case, hidden twins of macOS', async () => {
    const zip = zipOf({
      'A.SHP': shp,
      'a.Dbf': dbf,
      '__MACOSX/._A.SHP': 'x',
      '__MACOSX/._a.Dbf': 'x',
      'readme.txt': 'x',
    })
    expect((await readContent('a.zip', zip)).rows).toHaveLength(1)
  })

  test('several layers: one must be named', async () => {
    const zip = zipOf({
      'x/schools.shp': shp,
      'x/schools.dbf': dbf,
      'bars.shp': shp,
      'bars.dbf': dbfOf(NAMES, [['bar']]),
    })
    const refusal = await refusalOf(readContent('a.zip', zip))
    expect(refusal).toMatchObject({ code: 'layer_not_chosen', detail: { layers: ['schools', 'bars'] } })
    expect((await readContent('a.zip', zip, { sheet: 'bars' })).rows[0]?.properties.NAME).toBe('bar')
    expect((await refusalOf(readContent('a.zip', zip, { sheet: 'none' }))).code).toBe('layer_not_chosen')
  })

  test('a .shp beside its neighbours', async () => {
    const path = writeTemp('幼儿园.shp', shp)
    writeFileSync(join(dirname(path), '幼儿园.DBF'), dbf)
    writeFileSync(join(dirname(path), '幼儿园.prj'), 'GEOGCS["China Geodetic Coordinate System 2000"]')
    const read = await readPath(path)
    expect(read).toMatchObject({ format: 'shapefile', crs_hint: 'cgcs2000' })
    expect(read.rows[0]?.properties.NAME).toBe('甲')
  })

  test.each<[string, Record<string, Uint8Array | string>, string]>([
    ['without .dbf', { 'a.shp': shp }, 'shapefile_incomplete'],
    [
      'with fewer attribute rows',
      { 'a.shp': shpOf(1, [shape.none(), shape.none()]), 'a.dbf': dbf },
      'shapefile_invalid',
    ],
    ['with more attribute rows', { 'a.shp': shp, 'a.dbf': nameTable(2) }, 'shapefile_invalid'],
    ['with a .shp cut off', { 'a.shp': shp.subarray(0, shp.length - 4), 'a.dbf': dbf }, 'file_truncated'],
    ['with a .dbf cut off', { 'a.shp': shp, 'a.dbf': dbf.subarray(0, dbf.length - 8) }, 'file_truncated'],
    ['with a .shp that is none', { 'a.shp': 'x'.repeat(200), 'a.dbf': dbf }, 'shapefile_invalid'],
    ['with a .dbf that is none', { 'a.shp': shp, 'a.dbf': 'x'.repeat(200) }, 'shapefile_invalid'],
    ['with empty parts', { 'a.shp': '', 'a.dbf': '' }, 'file_truncated'],
    ['of surfaces', { 'a.shp': shpOf(31, []), 'a.dbf': dbfOf(NAMES, []) }, 'shape_type_not_supported'],
  ])('%s', async (_, parts, code) => {
    expect((await refusalOf(readContent('a.zip', zipOf(parts)))).code).toBe(code)
  })

  test('a shape that claims to be longer than the file', async () => {
    const broken = Buffer.from(shp)
    broken.writeInt32BE(1_000_000, 104)
    expect((await refusalOf(readContent('a.zip', zipOf({ 'a.shp': broken, 'a.dbf': dbf })))).code).toBe(
      'shapefile_invalid',
    )
    const big = shpOf(8, [shape.multipoint(Array.from({ length: 1000 }, (): Xy => [1, 2]))])
    const limits = { max_record_bytes: 1000 }
    expect((await refusalOf(readContent('a.zip', zipOf({ 'a.shp': big, 'a.dbf': dbf }), { limits }))).code).toBe(
      'record_too_large',
    )
  })
})

describe('.prj', () => {
  const gauss = (meridian: number, easting: number, datum = 'D_China_2000', name = 'CGCS2000_3_Degree_GK') =>
    `PROJCS["${name}",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["${datum}",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${easting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

  test.each<[string, string | null]>([
    ['GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]', 'wgs84'],
    ['GEOGCS["WGS 84",DATUM["WGS_1984"],AUTHORITY["EPSG","4326"]]', 'wgs84'],
    ['GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000"]]', 'cgcs2000'],
    ['GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980"]]', 'GCS_Xian_1980'],
    [gauss(120, 500000), 'EPSG:4549'],
    [gauss(120, 40500000), 'EPSG:4528'],
    [gauss(75, 25500000), 'EPSG:4513'],
    [gauss(135, 500000), 'EPSG:4554'],
    // A 6-degree zone and a local system are none of the zones that can be stated.
    [gauss(123, 21500000, 'D_China_2000', 'CGCS2000_GK_Zone_21'), 'CGCS2000_GK_Zone_21'],
    [gauss(121, 0, 'D_China_2000', 'Shanghai_Local'), 'Shanghai_Local'],
    ['PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984"]]', 'EPSG:3857'],
    [
      'PROJCS["WGS_1984_UTM_Zone_50N",GEOGCS["GCS_WGS_1984"],PROJECTION["Transverse_Mercator"]]',
      'WGS_1984_UTM_Zone_50N',
    ],
    ['PROJCS["CGCS2000 / 3-degree Gauss-Kruger CM 117E",GEOGCS["x"],AUTHORITY["EPSG","4548"]]', 'EPSG:4548'],
    ['nonsense', null],
    ['', null],
  ])('%s', (prj, hint) => {
    expect(crsHintOfPrj(prj)).toBe(hint)
  })
})
