import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../server/imports/formats/index.ts'
import { dbfOf, inlineRow, readContent, refusalOf, shape, shpOf, writeTemp, xlsxOf, zipOf } from './formats-files.ts'

const CSV = 'name,lon,lat\n甲,121,31\n'
const GEOJSON = '{"type":"FeatureCollection","features":[]}'
const XLSX = xlsxOf({ sheets: { 表: inlineRow(1, 'name', 'lon', 'lat') } })
const DBF = dbfOf([{ name: 'NAME', type: 'C', length: 8 }], [['甲']])
const SHAPES = zipOf({ 'a.shp': shpOf(1, [shape.point([1, 2])]), 'a.dbf': DBF })
const OLD_EXCEL = Buffer.concat([Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), Buffer.alloc(600)])
const HTML = '\ufeff<html><meta charset="utf-8"><table><tr><td>name</td></tr></table></html>'

describe('content decides', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['a.csv', CSV, 'csv'],
    ['a.TSV', CSV.replaceAll(',', '\t'), 'csv'],
    ['名单.txt', CSV, 'csv'],
    ['upload', CSV, 'csv'],
    ['a.json', GEOJSON, 'geojson'],
    ['upload', GEOJSON, 'geojson'],
    ['a.dat', GEOJSON, 'geojson'],
    ['a.xlsx', XLSX, 'xlsx'],
    ['a.xlsm', XLSX, 'xlsx'],
    ['upload', XLSX, 'xlsx'],
    ['a.zip', SHAPES, 'shapefile'],
    ['upload', SHAPES, 'shapefile'],
  ])('%s is read', async (name, content, format) => {
    expect((await readContent(name, content)).format).toBe(format)
  })

  test('the name the sender gave counts, not that of the temporary file', async () => {
    expect((await readContent('tmp-1', CSV, { file_name: '网吧.csv' })).format).toBe('csv')
    const refusal = await refusalOf(readContent('tmp-1.csv', CSV, { file_name: '网吧.xlsx' }))
    expect(refusal.code).toBe('format_mismatch')
    expect(refusal.message_zh).toContain('网吧.xlsx')
  })
})

describe('a file that is not what its name says is refused, and says what it looks like', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['a.csv', XLSX, /XLSX workbook/],
    ['a.csv', GEOJSON, /GeoJSON/],
    ['a.csv', OLD_EXCEL, /old Excel/],
    ['a.csv', HTML, /HTML/],
    ['a.csv', '%PDF-1.7\n', /PDF/],
    ['a.geojson', CSV, /CSV/],
    ['a.geojson', '<?xml version="1.0"?><kml xmlns="x">', /KML/],
    ['a.geojson', '[1,2]', /CSV|list/],
    ['a.xlsx', CSV, /CSV/],
    ['a.xlsx', SHAPES, /shapefile/],
    ['a.xlsx', OLD_EXCEL, /old Excel/],
    ['a.xlsx', HTML, /HTML/],
    ['a.xls', XLSX, /XLSX workbook/],
    ['a.xls', CSV, /CSV/],
    ['a.zip', XLSX, /XLSX workbook/],
    ['a.zip', zipOf({ 'a.csv': CSV }), /without a shapefile.*a\.csv/],
    ['a.zip', zipOf({ 'doc.kml': '<kml/>' }), /KMZ/],
    ['a.shp', CSV, /CSV/],
    ['a.shp', DBF, /DBF/],
    ['a.dbf', CSV, /CSV/],
    ['a.csv', Buffer.alloc(300), /binary/],
    ['a.csv', Buffer.from(CSV, 'utf16le'), /UTF-16/],
  ])('%s', async (name, content, likeness) => {
    const refusal = await refusalOf(readContent(name, content))
    expect(refusal.code).toBe('format_mismatch')
    expect(String(refusal.detail.looks_like)).toMatch(likeness)
    expect(refusal.message_zh).toContain(name)
  })

  test('the chosen format counts like a name', async () => {
    expect((await refusalOf(readContent('upload', CSV, { format: 'geojson' }))).code).toBe('format_mismatch')
    expect((await readContent('list.log', CSV, { format: 'csv' })).rows).toHaveLength(1)
  })
})

describe('what cannot be imported is named', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['a.xls', OLD_EXCEL, /save it as \.xlsx/],
    ['a.xls', HTML, /HTML table/],
    ['a.kml', '<kml xmlns="x">', /KML/],
    ['a.gpkg', 'SQLite format 3\u0000', /GeoPackage/],
    ['a.osm', '<?xml version="1.0"?>\n<osm version="0.6">', /OpenStreetMap XML/],
    ['a.pbf', Buffer.from('\u0000\u0000\u0000\u000d\n\tOSMHeader\u0018'), /PBF/],
    ['a.docx', zipOf({ 'word/document.xml': '<a/>', '[Content_Types].xml': '<a/>' }), /Word/],
    ['a.ods', zipOf({ 'content.xml': '<a/>', mimetype: 'x' }), /OpenDocument/],
    ['a.xlsb', zipOf({ 'xl/workbook.bin': 'x', '[Content_Types].xml': '<a/>' }), /XLSB/],
    ['a.rar', 'Rar!\u001a\u0007', /RAR/],
    ['a.gz', Buffer.of(0x1f, 0x8b, 8), /gzip/],
    ['a.png', Buffer.from('\x89PNG\r\n', 'latin1'), /PNG/],
    ['a.dbf', DBF, /DBF/],
    ['readme.md', '# words, and commas, and\nmore, of, them\n', /plain text/],
    ['notes.txt', 'words only', /plain text/],
  ])('%s', async (name, content, likeness) => {
    const refusal = await refusalOf(readContent(name, content))
    expect(refusal.code).toBe('format_not_supported')
    expect(refusal.message_en).toMatch(likeness)
    expect(refusal.message_zh).toContain('可导入')
  })
})

test('no file, no content, a folder', async () => {
  expect((await refusalOf(openSource('/nowhere/a.csv'))).code).toBe('file_unreadable')
  expect((await refusalOf(readContent('a.csv', ''))).code).toBe('file_empty')
  const path = join(dirname(writeTemp('x', 'x')), 'folder.csv')
  mkdirSync(path)
  expect(['file_unreadable', 'file_empty']).toContain((await refusalOf(openSource(path))).code)
})
