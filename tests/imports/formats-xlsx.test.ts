import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { dateKindOf, serialToIso } from '../../server/imports/formats/xlsx-dates.ts'
import { inlineRow, readContent, refusalOf, xlsxOf, xlsxParts, zipOf } from './formats-files.ts'

const HEADER = inlineRow(1, 'name', 'lon', 'lat')
const cell = (reference: string, value: string, attributes = '') =>
  `<c r="${reference}" ${attributes}><v>${value}</v></c>`
const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`

/** Reads one sheet with a name column and one cell in column B of row 2. */
async function valueIn(cellXml: string, parts: { shared?: string; styles?: string; workbook_pr?: string } = {}) {
  const sheet = `${inlineRow(1, 'name', 'value')}${row(2, cell('A2', '1'), cellXml)}`
  const read = await readContent('a.xlsx', xlsxOf({ sheets: { 表: sheet }, ...parts }))
  return read.rows[0]?.properties.value
}

test('rows, columns and places', async () => {
  const sheet = `${HEADER}${row(2, cell('A2', '0', 't="s"'), cell('B2', '121.47'), cell('C2', '31.23'))}`
  const read = await readContent('shops.xlsx', xlsxOf({ sheets: { 网吧: sheet }, shared: '<si><t>金豹KTV</t></si>' }))
  expect(read).toMatchObject({
    format: 'xlsx',
    encoding: null,
    columns: ['name', 'lon', 'lat'],
    geometry_columns: { lon: 'lon', lat: 'lat', wkt: null },
  })
  expect(read.rows).toEqual([
    {
      row: 2,
      properties: { name: '金豹KTV', lon: 121.47, lat: 31.23 },
      geometry: { type: 'Point', coordinates: [121.47, 31.23] },
      problem: null,
    },
  ])
})

describe('cells', () => {
  test.each<[string, string, unknown]>([
    ['a number', cell('B2', '12.5'), 12.5],
    ['a number with an exponent', cell('B2', '3.1E-2'), 0.031],
    ['a formula text', cell('B2', 'A&amp;B', 't="str"'), 'A&B'],
    ['an inline text', '<c r="B2" t="inlineStr"><is><t>甲</t></is></c>', '甲'],
    [
      'an inline text in runs',
      '<c r="B2" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>',
      '甲 乙',
    ],
    ['true', cell('B2', '1', 't="b"'), true],
    ['false', cell('B2', '0', 't="b"'), false],
    ['an error', cell('B2', '#N/A', 't="e"'), null],
    ['an ISO date', cell('B2', '2024-03-05', 't="d"'), '2024-03-05'],
    ['nothing', '<c r="B2"/>', null],
    ['a formula without its result', '<c r="B2"><f>NOW()</f></c>', null],
    ['a formula with its result', '<c r="B2"><f>1+1</f><v>2</v></c>', 2],
    ['a text with an escape', cell('B2', 'a_x000D_b', 't="str"'), 'a\rb'],
  ])('%s', async (_, xml, value) => {
    expect(await valueIn(xml)).toBe(value)
  })

  test('shared texts: runs join, phonetic readings do not', async () => {
    const shared =
      '<si><r><rPr/><t>上海</t></r><r><t>网吧</t></r><rPh sb="0" eb="1"><t>シャンハイ</t></rPh></si><si><t/></si>'
    expect(await valueIn(cell('B2', '0', 't="s"'), { shared })).toBe('上海网吧')
    expect(await valueIn(cell('B2', '1', 't="s"'), { shared })).toBeNull()
  })

  test('cells left out of the file leave no hole, cells without a reference follow on', async () => {
    const sheet = `${inlineRow(1, 'a', 'b', 'c', 'd')}${row(2, cell('C2', '3'))}<row><c><v>1</v></c><c/><c><v>3</v></c></row>`
    const read = await readContent('a.xlsx', xlsxOf({ sheets: { 表: sheet } }))
    expect(read.rows.map(({ row: number, properties }) => [number, properties])).toEqual([
      [2, { a: null, b: null, c: 3, d: null }],
      [3, { a: 1, b: null, c: 3, d: null }],
    ])
  })

  test('titles, blank rows and row numbers as Excel shows them', async () => {
    const sheet = `${inlineRow(1, '2024年名单')}${row(2)}${inlineRow(3, 'name', 'lon', 'lat')}${inlineRow(7, '甲', '121', '31')}`
    const read = await readContent('a.xlsx', xlsxOf({ sheets: { 表: sheet } }))
    expect(read.columns).toEqual(['name', 'lon', 'lat'])
    expect(read.rows).toMatchObject([{ row: 7, geometry: { type: 'Point', coordinates: [121, 31] } }])
  })

  test('prefixed element names, as some programs write them', async () => {
    const parts = xlsxParts({ sheets: { 表: '' } })
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c><x:c r="B1" t="str"><x:v>b</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    const read = await readContent('a.xlsx', zipOf(parts))
    expect(read.rows[0]?.properties).toEqual({ a: 5, b: null })
  })

  test('a UTF-16 sheet', async () => {
    const parts: Record<string, string | Uint8Array> = xlsxParts({ sheets: { 表: '' } })
    const xml = `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${inlineRow(1, '名称', '经度')}${inlineRow(2, '网吧', '121')}</sheetData></worksheet>`
    parts['xl/worksheets/sheet1.xml'] = Buffer.from(`\ufeff${xml}`, 'utf16le')
    expect((await readContent('a.xlsx', zipOf(parts))).rows[0]?.properties).toEqual({ 名称: '网吧', 经度: '121' })
  })
})

describe('dates', () => {
  const styles = (code: string) =>
    `<numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="22"/><xf numFmtId="58"/></cellXfs>`

  test.each<[number, string]>([
    [2, '2024-03-05'],
    [3, '2024-03-05'],
    [4, '2024-03-05T12:00:00'],
    [5, '2024-03-05'],
  ])('built-in format of style %i', async (style, value) => {
    expect(await valueIn(cell('B2', '45356.5', `s="${style}"`), { styles: styles('0') })).toBe(value)
  })

  test.each<[string, unknown]>([
    ['yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '2024-03-05'],
    ['yyyy年m月d日', '2024-03-05'],
    ['[$-804]yyyy-mm-dd hh:mm', '2024-03-05T12:00:00'],
    ['[$-F800]dddd, mmmm dd, yyyy', '2024-03-05'],
    ['yyyy/m/d;@', '2024-03-05'],
    ['0.00', 45356.5],
    ['General', 45356.5],
    ['G/通用格式', 45356.5],
    ['0.00E+00', 45356.5],
    ['#,##0&quot;元/day&quot;', 45356.5],
    ['[Red]0', 45356.5],
    ['@', 45356.5],
  ])('format %s', async (code, value) => {
    expect(await valueIn(cell('B2', '45356.5', 's="1"'), { styles: styles(code) })).toBe(value)
  })

  test('the 1904 system', async () => {
    const value = await valueIn(cell('B2', '43894', 's="2"'), {
      styles: styles('0'),
      workbook_pr: '<workbookPr date1904="1"/>',
    })
    expect(value).toBe('2024-03-05')
  })

  test.each<[string, string | undefined]>([
    ['h:mm:ss', 'time'],
    ['上午/下午h"时"mm"分"', 'time'],
    ['mm:ss', 'time'],
    ['[h]:mm', 'time'],
    ['m/d', 'date'],
    ['mmm', 'date'],
    ['aaaa', 'date'],
    ['e"年"', 'date'],
    ['yyyy-mm-dd"T"hh:mm', 'datetime'],
    ['_(* #,##0_)', undefined],
    ['0\\d', undefined],
    ['¥#,##0.00;[Red]¥-#,##0.00', undefined],
  ])('%s shows %s', (code, kind) => {
    expect(dateKindOf(code)).toBe(kind)
  })

  // Excel's own table of serial numbers; day 60 does not exist.
  test.each<[number, string]>([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [25569, '1970-01-01'],
    [45351, '2024-02-29'],
    [2958465, '9999-12-31'],
  ])('day %i is %s', (serial, iso) => {
    expect(serialToIso(serial, 'date', false)).toBe(iso)
  })

  test('times are rounded to the second, what is no day stays a number', () => {
    expect(serialToIso(0.354166666666667, 'time', false)).toBe('08:30:00')
    expect(serialToIso(45356.9999999, 'datetime', false)).toBe('2024-03-06T00:00:00')
    expect(serialToIso(-1, 'date', false)).toBeUndefined()
    expect(serialToIso(2958466, 'date', false)).toBeUndefined()
  })
})

describe('sheets', () => {
  const sheets = {
    说明: inlineRow(1, 'first', 'x'),
    网吧: inlineRow(1, 'second', 'x'),
  }
  test('the first visible one, or the named one', async () => {
    expect((await readContent('a.xlsx', xlsxOf({ sheets }))).columns).toEqual(['first', 'x'])
    expect((await readContent('a.xlsx', xlsxOf({ sheets }), { sheet: '网吧' })).columns).toEqual(['second', 'x'])
    const hidden = xlsxOf({ sheets, sheet_attributes: { 说明: 'state="hidden"' } })
    expect((await readContent('a.xlsx', hidden)).columns).toEqual(['second', 'x'])
  })

  test('an unknown name lists those there are', async () => {
    const refusal = await refusalOf(readContent('a.xlsx', xlsxOf({ sheets }), { sheet: '彩票' }))
    expect(refusal).toMatchObject({ code: 'sheet_not_found', detail: { sheets: ['说明', '网吧'] } })
  })
})

describe('refused', () => {
  const sheetPart = 'xl/worksheets/sheet1.xml'
  const withSheet = (xml: string) => ({ ...xlsxParts({ sheets: { 表: '' } }), [sheetPart]: xml })

  test.each<[string, Record<string, string>, string]>([
    ['a DOCTYPE', withSheet('<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'), 'xml_doctype'],
    [
      'a DOCTYPE in the shared texts',
      {
        ...xlsxParts({ sheets: { 表: HEADER } }),
        'xl/sharedStrings.xml': '<!DOCTYPE sst SYSTEM "http://127.0.0.1/x"><sst/>',
      },
      'xml_doctype',
    ],
    ['an undefined entity', withSheet(`<worksheet>&nbsp;</worksheet>`), 'xml_invalid'],
    ['XML cut off', withSheet('<worksheet><sheetData><row r="1">'), 'xml_invalid'],
    ['an empty part', withSheet(''), 'xml_invalid'],
    ['an empty sheet', withSheet('<worksheet><sheetData/></worksheet>'), 'xlsx_invalid'],
    [
      'a cell outside the grid',
      withSheet('<worksheet><row r="1"><c r="XFE1"><v>1</v></c></row></worksheet>'),
      'xlsx_invalid',
    ],
    ['a row outside the grid', withSheet('<worksheet><row r="1048577"/></worksheet>'), 'xlsx_invalid'],
    [
      'rows that go backwards',
      withSheet(`<worksheet><sheetData>${inlineRow(5, 'a', 'b')}${inlineRow(2, 'c')}</sheetData></worksheet>`),
      'xlsx_invalid',
    ],
    [
      'a shared text that is not there',
      withSheet('<worksheet><row r="1"><c t="s"><v>7</v></c></row></worksheet>'),
      'xlsx_invalid',
    ],
    ['a number that is none', withSheet('<worksheet><row r="1"><c><v>12,5</v></c></row></worksheet>'), 'xlsx_invalid'],
    [
      'no sheet',
      { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook><sheets/></workbook>' },
      'xlsx_invalid',
    ],
    ['no workbook', { '[Content_Types].xml': '<Types/>', 'other.xml': '<a/>' }, 'xlsx_invalid'],
  ])('%s: %s', async (_, parts, code) => {
    expect((await refusalOf(readContent('a.xlsx', zipOf(parts)))).code).toBe(code)
  })

  test('bytes that are not UTF-8', async () => {
    const parts = { ...xlsxParts({ sheets: { 表: '' } }), [sheetPart]: Buffer.from('<a>\xe9\xe9</a>', 'latin1') }
    expect((await refusalOf(readContent('a.xlsx', zipOf(parts)))).code).toBe('xml_invalid')
  })

  test('a zip bomb, by ratio and by size', async () => {
    const bomb = `<worksheet><sheetData>${HEADER}${' '.repeat(12 * 1024 ** 2)}</sheetData></worksheet>`
    const file = zipOf(withSheet(bomb))
    expect(file.length).toBeLessThan(100_000)
    expect((await refusalOf(readContent('a.xlsx', file))).detail).toMatchObject({ what: 'ratio' })
    const limits = { max_unpacked_bytes: 1024 ** 2, max_ratio: 1e9 }
    expect((await refusalOf(readContent('a.xlsx', file, { limits }))).detail).toMatchObject({ what: 'size' })
  })

  test('too many parts', async () => {
    const parts = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, 'x']))
    const refusal = await refusalOf(readContent('a.xlsx', zipOf(parts), { limits: { max_entries: 20 } }))
    expect(refusal.detail).toMatchObject({ what: 'entries' })
  })

  test('a changed byte inside the packed data fails the checksum', async () => {
    const parts = Object.fromEntries(
      Object.entries(xlsxParts({ sheets: { 表: HEADER + inlineRow(2, '甲', '1', '2') } })).map(([name, text]) => [
        name,
        Buffer.from(text),
      ]),
    )
    const file = Buffer.from(zipSync(parts, { level: 0 }))
    const at = file.indexOf('甲')
    file[at + 2] = (file[at + 2] ?? 0) ^ 1
    expect((await refusalOf(readContent('a.xlsx', file))).code).toBe('archive_damaged')
  })

  test('an encrypted part', async () => {
    const file = Buffer.from(xlsxOf({ sheets: { 表: HEADER } }))
    // The general-purpose flag of every header, local and central.
    for (const [mark, offset] of [
      ['PK\u0003\u0004', 6],
      ['PK\u0001\u0002', 8],
    ] as const) {
      for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 1)) file[at + offset] = 1
    }
    expect((await refusalOf(readContent('a.xlsx', file))).code).toBe('archive_encrypted')
  })

  test('a zip cut off, and random bytes behind its signature', async () => {
    const file = Buffer.from(xlsxOf({ sheets: { 表: HEADER } }))
    expect((await refusalOf(readContent('a.xlsx', file.subarray(0, file.length - 30)))).code).toBe('archive_damaged')
    const noise = Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 197 + 31) % 256)),
    ])
    expect((await refusalOf(readContent('a.xlsx', noise))).code).toBe('archive_damaged')
  })
})
