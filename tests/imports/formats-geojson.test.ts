import { describe, expect, test } from 'vitest'
import { gbk, readContent, refusalOf } from './formats-files.ts'

const feature = (properties: object, geometry: unknown = { type: 'Point', coordinates: [121, 31] }) => ({
  type: 'Feature',
  properties,
  geometry,
})
const collection = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features })

describe('what can stand at the top', () => {
  test('a FeatureCollection, whatever the order of its members', async () => {
    const features = [
      feature({ name: '甲', open: true, floor: 2, note: null }),
      feature({ name: '乙', phone: '1' }, null),
    ]
    for (const text of [
      JSON.stringify({ type: 'FeatureCollection', features }),
      JSON.stringify({ features, bbox: [1, 2, 3, 4], type: 'FeatureCollection' }, null, 2),
      `\ufeff  ${JSON.stringify({ name: 'x', crs: null, type: 'FeatureCollection', features })}\n`,
    ]) {
      const read = await readContent('a.geojson', text)
      expect(read).toMatchObject({ format: 'geojson', encoding: 'utf-8', geometry_columns: null, crs_hint: null })
      expect(read.columns).toEqual(['name', 'open', 'floor', 'note', 'phone'])
      expect(read.rows).toEqual([
        {
          row: 1,
          properties: { name: '甲', open: true, floor: 2, note: null },
          geometry: { type: 'Point', coordinates: [121, 31] },
          problem: null,
        },
        { row: 2, properties: { name: '乙', phone: '1' }, geometry: null, problem: null },
      ])
    }
  })

  test('one Feature, one geometry', async () => {
    const one = await readContent('a.json', JSON.stringify(feature({ name: '甲' })))
    expect(one.rows).toMatchObject([{ row: 1, properties: { name: '甲' }, geometry: { type: 'Point' } }])
    const bare = await readContent('a.json', '{"coordinates":[121,31],"type":"Point"}')
    expect(bare.rows).toEqual([
      { row: 1, properties: {}, geometry: { type: 'Point', coordinates: [121, 31] }, problem: null },
    ])
  })

  test.each([
    ['one per line', '\n', ''],
    ['with record separators', '\n', '\u001e'],
    ['without anything between', '', ''],
  ])('a sequence of Features %s', async (_, end, start) => {
    const text = ['甲', '乙', '丙'].map((name) => `${start}${JSON.stringify(feature({ name }))}${end}`).join('')
    const read = await readContent('a.geojsonl', text)
    expect(read.rows.map(({ row, properties }) => [row, properties.name])).toEqual([
      [1, '甲'],
      [2, '乙'],
      [3, '丙'],
    ])
  })

  test('an empty collection has no rows', async () => {
    expect((await readContent('a.geojson', collection())).rows).toEqual([])
  })

  test('GBK text', async () => {
    const read = await readContent('a.geojson', gbk(collection(feature({ 名称: '网吧' }))))
    expect(read.encoding).toBe('gb18030')
    expect(read.rows[0]?.properties).toEqual({ 名称: '网吧' })
  })
})

describe('properties', () => {
  test('nested values become JSON text, the feature id joins', async () => {
    const text = collection({ ...feature({ tags: { a: [1] }, list: [1, 2] }), id: 'way/1' })
    const read = await readContent('a.geojson', text)
    expect(read.rows[0]?.properties).toEqual({ id: 'way/1', tags: '{"a":[1]}', list: '[1,2]' })
    const own = await readContent('a.geojson', collection({ ...feature({ id: 7 }), id: 'way/1' }))
    expect(own.rows[0]?.properties).toEqual({ id: 7 })
  })

  test('brackets, quotes and escapes inside text do not confuse the cutter', async () => {
    const name = '}]{["\\\\"],:\n\u001e" 网吧'
    const read = await readContent('a.geojson', collection(feature({ [name]: name, features: [{ type: 'x' }] })))
    expect(read.rows[0]?.properties).toEqual({ [name]: name, features: '[{"type":"x"}]' })
  })

  test('a collection longer than many chunks', async () => {
    const features = Array.from({ length: 5000 }, (_, i) => feature({ name: `街道${i}`, text: '长'.repeat(200) }))
    const read = await readContent('a.geojson', JSON.stringify({ type: 'FeatureCollection', features }, null, 1))
    expect(read.rows.map(({ properties }) => properties.name)).toEqual(features.map((_, i) => `街道${i}`))
  })
})

describe('coordinate system hints', () => {
  test.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'wgs84'],
    ['urn:ogc:def:crs:EPSG::4490', 'cgcs2000'],
    ['urn:ogc:def:crs:EPSG::4549', 'EPSG:4549'],
    ['EPSG:3857', 'EPSG:3857'],
    ['urn:ogc:def:crs:EPSG::2437', 'EPSG:2437'],
    ['Xian 1980', 'Xian 1980'],
  ])('%s: %s', async (name, hint) => {
    const crs = { type: 'name', properties: { name } }
    const text = JSON.stringify({ type: 'FeatureCollection', crs, features: [feature({})] })
    expect((await readContent('a.geojson', text)).crs_hint).toBe(hint)
  })
})

describe('one broken feature refuses one row', () => {
  const cases: [string, unknown][] = [
    ['one number', { type: 'Point', coordinates: [121] }],
    ['text for numbers', { type: 'Point', coordinates: ['121', '31'] }],
    ['an empty point', { type: 'Point', coordinates: [] }],
    ['a null ordinate', { type: 'Point', coordinates: [null, 31] }],
    [
      'an open ring',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      },
    ],
    [
      'a short ring',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [0, 0],
          ],
        ],
      },
    ],
    ['no rings', { type: 'Polygon', coordinates: [] }],
    ['a line of one', { type: 'LineString', coordinates: [[0, 0]] }],
    ['an unknown type', { type: 'Circle', coordinates: [0, 0] }],
    ['no type', { coordinates: [0, 0] }],
    ['a list', [121, 31]],
    ['a text', 'POINT(121 31)'],
  ]
  test.each(cases)('%s', async (_, geometry) => {
    const read = await readContent('a.geojson', collection(feature({ name: '甲' }, geometry), feature({ name: '乙' })))
    expect(read.rows[0]).toMatchObject({
      properties: { name: '甲' },
      geometry: null,
      problem: { code: 'geometry_invalid' },
    })
    expect(read.rows[1]?.problem).toBeNull()
  })

  test('NaN, as Python writes it, and other things that are not JSON', async () => {
    const text = `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,NaN]}},nonsense,${JSON.stringify(feature({}))}]}`
    const read = await readContent('a.geojson', text)
    expect(read.rows.map(({ problem }) => problem?.code ?? null)).toEqual(['json_invalid', 'json_invalid', null])
  })

  test('elements that are no features', async () => {
    const read = await readContent(
      'a.geojson',
      '{"type":"FeatureCollection","features":[1,null,{"type":"Point","coordinates":[1,2]}]}',
    )
    expect(read.rows.map(({ problem }) => problem?.code)).toEqual([
      'geometry_invalid',
      'geometry_invalid',
      'geometry_invalid',
    ])
  })

  test('a zero character written as an escape', async () => {
    const read = await readContent('a.geojson', collection(feature({ name: 'a\u0000b' })))
    expect(read.rows[0]?.problem).toMatchObject({ code: 'text_invalid', column: 'name' })
  })

  test('every geometry kind passes untouched, heights too', async () => {
    const ring = [
      [0, 0, 5],
      [1, 0, 5],
      [1, 1, 5],
      [0, 0, 5],
    ]
    const geometries = [
      { type: 'Point', coordinates: [1, 2, 3] },
      { type: 'MultiPoint', coordinates: [[1, 2]] },
      { type: 'LineString', coordinates: ring },
      { type: 'MultiLineString', coordinates: [ring] },
      { type: 'Polygon', coordinates: [ring, ring] },
      { type: 'MultiPolygon', coordinates: [[ring]] },
      { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] },
    ]
    const read = await readContent('a.geojson', collection(...geometries.map((geometry) => feature({}, geometry))))
    expect(read.rows.map(({ geometry }) => geometry)).toEqual(geometries)
  })
})

describe('a broken file refuses all', () => {
  test.each([
    ['cut off', collection(feature({}), feature({})).slice(0, -20), 'geojson_invalid'],
    ['cut off inside a text', '{"type":"FeatureCollection","features":[{"type":"Fea', 'geojson_invalid'],
    ['another type', '{"type":"Banana"}', 'geojson_invalid'],
    ['no type', '{"features":[]}', 'geojson_invalid'],
    ['features that are no list', '{"type":"FeatureCollection","features":{}}', 'geojson_invalid'],
    ['no comma', '{"type" "FeatureCollection"}', 'geojson_invalid'],
    ['a word at the end', `${collection()} end`, 'geojson_invalid'],
    ['TopoJSON', '{"type":"Topology","objects":{},"arcs":[]}', 'format_not_supported'],
    ['Esri JSON', '{"geometryType":"esriGeometryPoint","features":[{"attributes":{}}]}', 'format_not_supported'],
    ['a list', '[{"type":"Feature"}]', 'format_mismatch'],
    ['endless depth', `{"type":"Feature","properties":${'['.repeat(100_000)}`, 'geojson_invalid'],
  ])('%s: %s', async (_, text, code) => {
    expect((await refusalOf(readContent('a.geojson', text))).code).toBe(code)
  })

  test('a feature beyond the limit', async () => {
    const text = collection(feature({ text: 'x'.repeat(600_000) }))
    const refusal = await refusalOf(readContent('a.geojson', text, { limits: { max_record_bytes: 100_000 } }))
    expect(refusal.code).toBe('record_too_large')
  })
})
