// Broken files of every format: whatever bytes change, reading ends with rows or with a SourceError. Never with another
// error, and never not at all.
import fc from 'fast-check'
import { describe, test } from 'vitest'
import { SourceError } from '../../server/imports/formats/index.ts'
import { dbfOf, gbk, inlineRow, readContent, shape, shpOf, xlsxOf, zipOf } from './formats-files.ts'

const dbf = dbfOf(
  [
    { name: gbk('名称'), type: 'C', length: 12 },
    { name: 'OPENED', type: 'D', length: 8 },
    { name: 'AREA', type: 'N', length: 9 },
  ],
  [[gbk('网吧'), '20240305', '12.5'], [gbk('酒吧'), '', ''], null],
)
const ring: [number, number][] = [
  [0, 0],
  [0, 1],
  [1, 1],
  [0, 0],
]
const shp = shpOf(5, [
  shape.parts(5, [ring, ring.toReversed() as [number, number][]]),
  shape.none(),
  shape.parts(5, [ring]),
])
const sheet = `${inlineRow(1, 'name', 'lon', 'lat')}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45356</v></c><c r="C2"><v>31</v></c></row>`

const FILES: Record<string, Uint8Array> = {
  'utf8.csv': Buffer.from('name,lon,lat,wkt\n"网吧, 1号",121.5,31.2,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n酒吧,,,\n'),
  'gbk.csv': gbk('name\tlon\tlat\n网吧\t121.5\t31.2\n酒吧\t121.6\t31.3\n'),
  'utf16.csv': Buffer.from('\ufeffname,lon,lat\n网吧,121.5,31.2\n', 'utf16le'),
  'collection.geojson': Buffer.from(
    JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } },
      features: [
        {
          type: 'Feature',
          id: 1,
          properties: { name: '网"吧\n', tags: { a: [1] } },
          geometry: { type: 'Point', coordinates: [1, 2] },
        },
        { type: 'Feature', properties: null, geometry: { type: 'Polygon', coordinates: [ring] } },
      ],
    }),
  ),
  'sequence.geojsonl': Buffer.from('\u001e{"type":"Feature","properties":{"a":1},"geometry":null}\n'.repeat(3)),
  'book.xlsx': xlsxOf({
    sheets: { 网吧: sheet },
    shared: '<si><t>甲</t></si>',
    styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
  }),
  'shapes.zip': zipOf({ '区县.shp': shp, '区县.dbf': dbf, '区县.prj': 'GEOGCS["GCS_WGS_1984"]', '区县.cpg': 'GBK' }),
}

type Edit =
  | { at: number; byte: number }
  | { from: number; length: number }
  | { cut: number }
  | { insert: number; bytes: number[] }

const edit = (size: number): fc.Arbitrary<Edit> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ at: fc.nat(size - 1), byte: fc.nat(255) }) },
    { weight: 1, arbitrary: fc.record({ from: fc.nat(size - 1), length: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ cut: fc.nat(size - 1) }) },
    {
      weight: 1,
      arbitrary: fc.record({ insert: fc.nat(size - 1), bytes: fc.array(fc.nat(255), { minLength: 1, maxLength: 20 }) }),
    },
  )

function apply(file: Uint8Array, edits: Edit[]): Uint8Array {
  return edits.reduce<Uint8Array>((bytes, change) => {
    if ('at' in change) return bytes.map((byte, index) => (index === change.at ? change.byte : byte))
    if ('from' in change)
      return Buffer.concat([bytes.subarray(0, change.from), bytes.subarray(change.from + change.length)])
    if ('cut' in change) return bytes.subarray(0, change.cut)
    return Buffer.concat([bytes.subarray(0, change.insert), Buffer.from(change.bytes), bytes.subarray(change.insert)])
  }, file)
}

async function readOrRefuse(name: string, content: Uint8Array): Promise<void> {
  try {
    await readContent(name, content, { limits: { max_unpacked_bytes: 50_000_000 } })
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
  }
}

describe.each(Object.entries(FILES))('%s', (name, file) => {
  test('any few bytes changed, lost or added', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit(file.length), { minLength: 1, maxLength: 5 }), (edits) =>
        readOrRefuse(name, apply(file, edits)),
      ),
      { seed: 31, numRuns: 150, timeout: 10_000 },
    )
  })

  test('cut at every length', { timeout: 120_000 }, async () => {
    const step = Math.max(1, Math.floor(file.length / 150))
    for (let length = 0; length < file.length; length += step) await readOrRefuse(name, file.subarray(0, length))
  })
})

// In a zip most changes only break a checksum; the parts themselves are changed here.
const inZip = { '区县.shp': shp, '区县.dbf': dbf }
describe.each(Object.entries(inZip))('%s inside its zip', (part, bytes) => {
  test('any few bytes changed, lost or added', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit(bytes.length), { minLength: 1, maxLength: 5 }), (edits) =>
        readOrRefuse('shapes.zip', zipOf({ ...inZip, [part]: apply(bytes, edits) })),
      ),
      { seed: 32, numRuns: 200, timeout: 10_000 },
    )
  })
})

describe('XML inside its workbook', () => {
  test('any few characters of the sheet changed', { timeout: 120_000 }, async () => {
    const bytes = Buffer.from(sheet)
    await fc.assert(
      fc.asyncProperty(fc.array(edit(bytes.length), { minLength: 1, maxLength: 4 }), (edits) => {
        const changed = Buffer.from(apply(bytes, edits)).toString('utf8')
        return readOrRefuse('book.xlsx', xlsxOf({ sheets: { 网吧: changed }, shared: '<si><t>甲</t></si>' }))
      }),
      { seed: 33, numRuns: 150, timeout: 10_000 },
    )
  })
})
