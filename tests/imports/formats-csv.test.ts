import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { gbk, readContent, refusalOf, writeTemp } from './formats-files.ts'

const SHOPS = 'name,lon,lat\n金豹KTV,121.47,31.23\n清风书店,121.48,31.24\n'

test('rows, columns and the places by their usual names', async () => {
  const read = await readContent('shops.csv', SHOPS)
  expect(read).toMatchObject({
    format: 'csv',
    encoding: 'utf-8',
    columns: ['name', 'lon', 'lat'],
    crs_hint: null,
    geometry_columns: { lon: 'lon', lat: 'lat', wkt: null },
  })
  expect(read.rows).toEqual([
    {
      row: 2,
      properties: { name: '金豹KTV', lon: '121.47', lat: '31.23' },
      geometry: { type: 'Point', coordinates: [121.47, 31.23] },
      problem: null,
    },
    {
      row: 3,
      properties: { name: '清风书店', lon: '121.48', lat: '31.24' },
      geometry: { type: 'Point', coordinates: [121.48, 31.24] },
      problem: null,
    },
  ])
})

describe('encodings', () => {
  const utf16 = Buffer.from(`\ufeff${SHOPS}`, 'utf16le')
  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(SHOPS), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${SHOPS}`), 'utf-8'],
    ['GBK', gbk(SHOPS), 'gb18030'],
    ['UTF-16 little-endian', utf16, 'utf-16le'],
    ['UTF-16 big-endian', Buffer.from(utf16).swap16(), 'utf-16be'],
  ])('%s is detected', async (_, bytes, encoding) => {
    const read = await readContent('shops.csv', bytes)
    expect(read.encoding).toBe(encoding)
    expect(read.columns).toEqual(['name', 'lon', 'lat'])
    expect(read.rows.map(({ properties }) => properties.name)).toEqual(['金豹KTV', '清风书店'])
  })

  test('a four-byte GB18030 character', async () => {
    // U+3447, as 82 30 E0 33 in the GB18030 tables; such characters occur in place names.
    const bytes = Buffer.concat([gbk('name,lon,lat\n金'), Buffer.of(0x82, 0x30, 0xe0, 0x33), gbk(',121,31\n')])
    const read = await readContent('rare.csv', bytes)
    expect(read.rows[0]?.properties.name).toBe(
      `金${new TextDecoder('gb18030').decode(Uint8Array.of(0x82, 0x30, 0xe0, 0x33))}`,
    )
  })

  test('the first Chinese character may come late', async () => {
    const ascii = Array.from({ length: 40_000 }, (_, i) => `shop ${i},121.5,31.2`).join('\n')
    const late = Buffer.concat([Buffer.from(`name,lon,lat\n${ascii}\n`), gbk('网吧,121.5,31.2\n')])
    const read = await readContent('late.csv', late)
    expect(read.encoding).toBe('gb18030')
    expect(read.rows.at(-1)?.properties.name).toBe('网吧')
  })

  test('a character cut by a chunk border stays whole', async () => {
    const row = `${'街'.repeat(333)},121.5,31.2\n`
    const read = await readContent('long.csv', `name,lon,lat\n${row.repeat(1000)}`)
    expect(read.encoding).toBe('utf-8')
    expect(new Set(read.rows.map(({ properties }) => properties.name))).toEqual(new Set(['街'.repeat(333)]))
  })

  test('a stated encoding wins, and is refused when the bytes are not in it', async () => {
    expect((await readContent('a.csv', gbk(SHOPS), { encoding: 'cp936' })).rows).toHaveLength(2)
    expect((await readContent('a.csv', Buffer.from(SHOPS, 'utf16le'), { encoding: 'UTF-16LE' })).rows).toHaveLength(2)
    expect((await refusalOf(readContent('a.csv', gbk(SHOPS), { encoding: 'utf-8' }))).code).toBe('encoding_mismatch')
    expect((await refusalOf(readContent('a.csv', SHOPS, { encoding: 'klingon' }))).code).toBe('encoding_not_supported')
  })

  test('neither UTF-8 nor GB18030', async () => {
    const bytes = Buffer.concat([
      Buffer.from('name,lon,lat\n'),
      Buffer.of(0xff, 0xff, 0xc3, 0x28),
      Buffer.from(',1,2\n'),
    ])
    expect((await refusalOf(readContent('a.csv', bytes))).code).toBe('encoding_unknown')
  })
})

describe('delimiters', () => {
  test.each([
    ['comma', ','],
    ['tab', '\t'],
    ['semicolon', ';'],
    ['bar', '|'],
  ])('%s', async (_, delimiter) => {
    const text = SHOPS.replaceAll(',', delimiter)
    const read = await readContent('shops.csv', text)
    expect(read.columns).toEqual(['name', 'lon', 'lat'])
    expect(read.rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [121.47, 31.23] })
  })

  test('the header decides, whatever the type paths hold', async () => {
    const read = await readContent(
      'poi.csv',
      'name,type,lon,lat\n海吧,餐饮;酒吧;酒吧|休闲;酒吧;酒吧|a;b;c,121.4,31.2\n',
    )
    expect(read.rows[0]?.properties.type).toBe('餐饮;酒吧;酒吧|休闲;酒吧;酒吧|a;b;c')
  })
})

describe('rows as a person counts them', () => {
  test('blank lines count, line breaks inside quotes do not', async () => {
    const read = await readContent('a.csv', '\nname,lon,lat\n"两行\n名称",121,31\n\n甲,122,32\r\n')
    expect(read.rows.map(({ row, properties }) => [row, properties.name])).toEqual([
      [3, '两行\n名称'],
      [5, '甲'],
    ])
  })

  test('a title above the header is passed over', async () => {
    const read = await readContent('a.csv', '2024年网吧名单,,\nname,lon,lat\n甲,121,31\n')
    expect(read.columns).toEqual(['name', 'lon', 'lat'])
    expect(read.rows.map(({ row }) => row)).toEqual([3])
  })
})

describe('cells', () => {
  test('codes keep their zeros, blanks are null, padding goes', async () => {
    const read = await readContent('a.csv', 'code,name,note,lon,lat\n\t007,　甲　,,121,31\n')
    expect(read.rows[0]?.properties).toEqual({ code: '007', name: '甲', note: null, lon: '121', lat: '31' })
  })

  test('quotes inside a cell', async () => {
    const read = await readContent('a.csv', 'name,size,lon,lat\n"又名""小刘""网吧",5"屏,121,31\n')
    expect(read.rows[0]?.properties).toMatchObject({ name: '又名"小刘"网吧', size: '5"屏' })
  })

  test('nameless and repeated columns get names; __proto__ is only a name', async () => {
    const read = await readContent('a.csv', 'name,,name,__proto__,lon,lat\na,b,c,d,121,31\n')
    expect(read.columns).toEqual(['name', 'column_2', 'name_2', '__proto__', 'lon', 'lat'])
    expect(Object.entries(read.rows[0]?.properties ?? {})).toContainEqual(['__proto__', 'd'])
    expect(Object.getPrototypeOf(read.rows[0]?.properties)).toBe(Object.prototype)
  })

  test('a missing cell is null, one too many refuses the row and only the row', async () => {
    const read = await readContent('a.csv', 'name,lon,lat,note\n甲,121,31\n乙,路1号,2层,121,31\n丙,121,31,x,,\n')
    expect(read.rows.map(({ problem, geometry }) => [problem?.code ?? null, geometry !== null])).toEqual([
      [null, true],
      ['too_many_cells', false],
      [null, true],
    ])
    expect(read.rows[0]?.properties.note).toBeNull()
  })
})

describe('coordinates', () => {
  test.each([
    ['经度,纬度', '经度', '纬度'],
    ['lng,lat', 'lng', 'lat'],
    ['Longitude,Latitude', 'Longitude', 'Latitude'],
    ['X,Y', 'X', 'Y'],
    ['经度（WGS84）,纬度（WGS84）', '经度（WGS84）', '纬度（WGS84）'],
    ['POINT_X,POINT_Y', 'POINT_X', 'POINT_Y'],
  ])('%s', async (names, lon, lat) => {
    const read = await readContent('a.csv', `name,${names}\n甲,121,31\n`)
    expect(read.geometry_columns).toEqual({ lon, lat, wkt: null })
    expect(read.rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [121, 31] })
  })

  test('lon and lat are preferred to x and y', async () => {
    const read = await readContent('a.csv', 'x,y,lat,lon\n500000,3450000,31,121\n')
    expect(read.geometry_columns).toEqual({ lon: 'lon', lat: 'lat', wkt: null })
  })

  test('stated columns', async () => {
    const read = await readContent('a.csv', 'name,东,北,lon,lat\n甲,640412,3457455,121,31\n', {
      lon_column: '东',
      lat_column: '北',
    })
    expect(read.rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [640412, 3457455] })
    const missing = await refusalOf(readContent('a.csv', SHOPS, { lon_column: '东经', lat_column: 'lat' }))
    expect(missing.code).toBe('column_not_found')
    expect(missing.message_zh).toContain('“东经”')
    const half = await refusalOf(readContent('a.csv', 'name,east,note\n甲,1,2\n', { lon_column: 'east' }))
    expect(half.code).toBe('column_not_found')
  })

  test.each([
    ['abc', 'coordinate_not_a_number'],
    ['NaN', 'coordinate_not_a_number'],
    ['Infinity', 'coordinate_not_a_number'],
    ['1e999', 'coordinate_not_a_number'],
    ['121°28′', 'coordinate_not_a_number'],
    ['0x79', 'coordinate_not_a_number'],
    ['', 'coordinate_missing'],
  ])('longitude "%s" refuses its row: %s', async (value, code) => {
    const read = await readContent('a.csv', `name,lon,lat\n甲,${value},31\n乙,121,31\n`)
    expect(read.rows[0]).toMatchObject({ geometry: null, problem: { code, column: 'lon' } })
    expect(read.rows[1]?.problem).toBeNull()
  })

  test('full-width digits and exponents are numbers; no coordinates at all are no fault', async () => {
    const read = await readContent('a.csv', 'name,lon,lat\n甲,１２１．５,3.12e1\n乙,,\n')
    expect(read.rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [121.5, 31.2] })
    expect(read.rows[1]).toMatchObject({ geometry: null, problem: null })
  })

  test('a WKT column is read and not repeated', async () => {
    const read = await readContent('a.csv', 'name,WKT\n甲,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n乙,POINT (1)\n丙,\n')
    expect(read.geometry_columns).toEqual({ lon: null, lat: null, wkt: 'WKT' })
    expect(read.rows[0]).toMatchObject({ properties: { name: '甲' }, geometry: { type: 'Polygon' }, problem: null })
    expect(Object.keys(read.rows[0]?.properties ?? {})).toEqual(['name'])
    expect(read.rows[1]?.problem).toMatchObject({ code: 'wkt_invalid', column: 'WKT' })
    expect(read.rows[2]).toMatchObject({ geometry: null, problem: null })
  })

  test('GeoJSON in a geometry column', async () => {
    const read = await readContent('a.csv', 'name\tgeom\n甲\t{"type":"Point","coordinates":[121,31]}\n')
    expect(read.rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [121, 31] })
  })
})

describe('what is no table', () => {
  test.each<[string, string, string]>([
    ['a.csv', '121.4,31.2\n121.5,31.3\n', 'header_missing'],
    ['a.csv', 'just some words\nand more\n', 'format_not_supported'],
    ['a.csv', '', 'file_empty'],
    ['a.csv', '\n\n  \n', 'file_empty'],
    ['a.csv', 'name,lon,lat\n"never closed,121,31\n', 'csv_invalid'],
  ])('%s %j: %s', async (name, text, code) => {
    expect((await refusalOf(readContent(name, text))).code).toBe(code)
  })

  test('an unclosed quote does not swallow the memory', async () => {
    const text = `name,lon,lat\n"never closed,${'121,31\n'.repeat(50_000)}`
    const refusal = await refusalOf(readContent('a.csv', text, { limits: { max_record_bytes: 10_000 } }))
    expect(refusal.code).toBe('record_too_large')
  })

  test('too many columns', async () => {
    const header = Array.from({ length: 30 }, (_, i) => `c${i}`).join(',')
    expect((await refusalOf(readContent('a.csv', `${header}\n1\n`, { limits: { max_columns: 20 } }))).code).toBe(
      'too_many_columns',
    )
  })

  test('a zero character refuses its row', async () => {
    const text = `name,lon,lat\n${'甲,121,31\n'.repeat(10_000)}乙\u0000,121,31\n`
    const read = await readContent('a.csv', text)
    expect(read.rows.at(-1)).toMatchObject({ geometry: null, problem: { code: 'text_invalid', column: 'name' } })
  })
})

test('rows can be read twice, and abandoned', async () => {
  const { openSource } = await import('../../server/imports/formats/index.ts')
  const source = await openSource(writeTemp('a.csv', SHOPS))
  for await (const row of source.rows()) {
    expect(row.row).toBe(2)
    break
  }
  let count = 0
  for await (const _ of source.rows()) count++
  expect(count).toBe(2)
  await source.close()
})

test('a file larger than the heap is read in a small one', { timeout: 120_000 }, async () => {
  const path = writeTemp('big.csv', '')
  const file = createWriteStream(path)
  file.write('name,address,lon,lat\n')
  const block = Array.from(
    { length: 1000 },
    (_, i) => `网吧${i},"人民大道${i}号,${'x'.repeat(500)}",121.${i},31.${i}\n`,
  )
  for (let i = 0; i < 200; i++) if (!file.write(block.join(''))) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
  const script = `
    import { openSource } from ${JSON.stringify(new URL('../../server/imports/formats/index.ts', import.meta.url).href)}
    const source = await openSource(${JSON.stringify(path)})
    let rows = 0
    for await (const row of source.rows()) if (row.geometry) rows++
    console.log(rows)`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=64',
    '--import=tsx',
    '--input-type=module',
    '--eval',
    script,
  ])
  expect(Number(stdout)).toBe(200_000)
})
