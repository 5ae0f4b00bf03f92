// Broken files: each is refused with words for its sender, and nothing stored is touched.
import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enginesUnderTest } from '../db/databases.ts'
import { counts, csv, file, fingerprint, geojson, openSite, refusalOf, type Site, square } from './site.ts'

const BOW_TIE = {
  type: 'Polygon',
  coordinates: [
    [
      [121.4, 31.2],
      [121.41, 31.21],
      [121.41, 31.2],
      [121.4, 31.21],
      [121.4, 31.2],
    ],
  ],
}
const venues = (...rows: string[]) => csv('编号,name,kind,lon,lat', ...rows)

describe.each(enginesUnderTest)('refusals on $name', (engine) => {
  describe.skipIf(engine.missing)('broken input', () => {
    let site: Site
    let before: string
    beforeAll(async () => {
      site = await openSite(engine)
      const text = venues('a,蓝天网吧,网吧,121.421,31.221', 'b,星星酒吧,酒吧,121.441,31.241')
      await site.import('venues', file('v.csv', text), { source: 's' })
      await site.import('schools', file('s.csv', csv('name,kind,lon,lat', '一小,小学,121.422,31.221')))
      before = await fingerprint(site.db)
    })
    afterAll(() => site.database.drop())

    const utm = csv('name,kind,x,y', '网吧甲,网吧,40563210.5,3456789', '网吧乙,网吧,40563410.5,3456799')
    it.each([
      [
        'an unknown coordinate system',
        'venues',
        'v.csv',
        venues('c,x,网吧,121.4,31.2'),
        { crs: 'unknown' },
        'crs_not_supported',
        'gcj02',
      ],
      [
        'no coordinate system',
        'venues',
        'v.csv',
        venues('c,x,网吧,121.4,31.2'),
        { crs: '' },
        'crs_not_supported',
        'gcj02',
      ],
      ['an empty file', 'venues', 'v.csv', '', {}, 'file_empty', 'v.csv'],
      ['a header without rows', 'venues', 'v.csv', venues(), {}, 'no_rows', 'v.csv'],
      ['a workbook that is text', 'venues', 'v.xlsx', venues('c,x,网吧,121.4,31.2'), {}, 'format_mismatch', 'XLSX'],
      [
        'a table that is an archive',
        'venues',
        'v.csv',
        zipSync({ 'a.txt': strToU8('x') }),
        {},
        'format_mismatch',
        'CSV',
      ],
      [
        'a shapefile without a table',
        'venues',
        'v.zip',
        zipSync({ 'a.shp': new Uint8Array(100) }),
        {},
        'shapefile_incomplete',
        '.dbf',
      ],
      [
        'missing columns',
        'venues',
        'v.csv',
        csv('甲,lon,lat', 'x,121.4,31.2'),
        {},
        'columns_missing',
        '“甲”、“lon”、“lat”',
      ],
      [
        'a mapped column that is not there',
        'venues',
        'v.csv',
        venues('c,x,网吧,121.4,31.2'),
        { map: { address: '住址' } },
        'column_not_found',
        '“住址”',
      ],
      [
        'a field that the layer has not',
        'venues',
        'v.csv',
        venues('c,x,网吧,121.4,31.2'),
        { map: { students: 'name' } },
        'unknown_field',
        'students',
      ],
      ['no coordinates', 'venues', 'v.csv', csv('name,kind', 'x,网吧'), {}, 'place_columns_missing', '--map lon='],
      [
        'all positions swapped',
        'venues',
        'v.csv',
        venues('c,x,网吧,31.2,121.4', 'd,y,网吧,31.3,121.4'),
        {},
        'lon_lat_swapped',
        '颠倒',
      ],
      ['metres given as degrees', 'venues', 'v.csv', utm, {}, 'crs_does_not_fit', 'EPSG:4528'],
      [
        'degrees given as metres',
        'venues',
        'v.csv',
        venues('c,x,网吧,121.4,31.2'),
        { crs: 'EPSG:4549' },
        'crs_does_not_fit',
        'EPSG:4549',
      ],
      ['a place outside China', 'venues', 'v.csv', venues('c,x,网吧,7.42,43.73'), {}, 'crs_does_not_fit', '7.42'],
      [
        'coordinates that are no numbers',
        'venues',
        'v.csv',
        venues('c,x,网吧,NaN,31.2'),
        {},
        'coordinate_not_a_number',
        'NaN',
      ],
      [
        'a polygon that crosses itself',
        'schools',
        's.geojson',
        geojson([{ properties: { name: '二小', kind: '小学' }, geometry: BOW_TIE }]),
        {},
        'invalid_geometry',
        'Self-intersection',
      ],
      [
        'a ring that is not closed',
        'schools',
        's.geojson',
        geojson([
          {
            properties: { name: '二小', kind: '小学' },
            geometry: { type: 'Polygon', coordinates: [square(121.4, 31.2, 0.01).coordinates[0]!.slice(0, 4)] },
          },
        ]),
        {},
        'geometry_invalid',
        '',
      ],
      [
        'a training centre as a school',
        'schools',
        's.csv',
        csv('name,kind,lon,lat', '飞跃培训,培训机构,121.4,31.2'),
        {},
        'not_a_school',
        '培训机构',
      ],
      [
        'text that cannot be stored',
        'venues',
        'v.geojson',
        geojson([
          { properties: { name: 'a\0b', kind: 'bar' }, geometry: { type: 'Point', coordinates: [121.4, 31.2] } },
        ]),
        {},
        'text_invalid',
        '',
      ],
      [
        'a crs member of metres',
        'venues',
        'v.geojson',
        geojson([{ properties: { name: 'x', kind: 'bar' }, geometry: { type: 'Point', coordinates: [121.4, 31.2] } }], {
          crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4549' } },
        }),
        {},
        'crs_contradicted',
        'EPSG:4549',
      ],
      [
        'cut off JSON',
        'venues',
        'v.geojson',
        geojson([
          { properties: { name: 'x', kind: 'bar' }, geometry: { type: 'Point', coordinates: [121.4, 31.2] } },
        ]).slice(0, -20),
        {},
        'geojson_invalid',
        '',
      ],
      [
        'one bad row in strict mode',
        'venues',
        'v.csv',
        venues('c,x,网吧,121.4,31.2', 'd,y,网吧,31.2,121.4', 'e,z,网吧,121.4,31.3'),
        { strict: true },
        'rows_rejected',
        '1',
      ],
    ] as const)('%s', async (_, layer, name, content, options, code, words) => {
      const refusal = await refusalOf(site.import(layer, file(name, content as string), options))
      expect(refusal).toMatchObject({ code, zh: expect.stringContaining(words) })
      expect(refusal.en).not.toBe('')
      expect(await fingerprint(site.db)).toBe(before)
    })

    it('strict mode also for what only the database sees', async () => {
      const path = file(
        's.geojson',
        geojson([
          { properties: { name: '二小', kind: '小学' }, geometry: square(121.4, 31.2, 0.001) },
          { properties: { name: '三小', kind: '小学' }, geometry: BOW_TIE },
        ]),
      )
      const refusal = await refusalOf(site.import('schools', path, { strict: true }))
      expect(refusal).toMatchObject({ code: 'rows_rejected', result: { rejected: 1, created: 0, import_id: null } })
      expect(await fingerprint(site.db)).toBe(before)
    })

    it('an error in the last batch undoes all batches before it', async () => {
      await sql`alter table venues add constraint venues_no_boom check (name <> 'boom')`.execute(site.db)
      const rows = Array.from(
        { length: 4500 },
        (_, i) =>
          `n${i},${i === 4499 ? 'boom' : `店${i}`},酒吧,${121 + (i % 100) * 0.005},${31 + Math.floor(i / 100) * 0.005}`,
      )
      const work = site.import('venues', file('v.csv', venues(...rows)), { source: 's' })
      await expect(work).rejects.toMatchObject({ code: '23514' })
      await sql`alter table venues drop constraint venues_no_boom`.execute(site.db)
      expect(await fingerprint(site.db)).toBe(before)
    })

    it('rows that are wrong are told one by one, the others are taken', async () => {
      const text = csv(
        '编号,name,kind,有效期至,经营状态,坐标误差,lon,lat',
        'c,丙网吧,网吧,2027-01-01,营业,5,121.45,31.2',
        'd,丁网吧,网吧,2027-02-30,营业,5,121.45,31.21',
        'e,戊网吧,网吧,2027-01-01,待定,5,121.45,31.22',
        'f,,网吧,2027-01-01,营业,5,121.45,31.23',
        'g,庚网吧,网吧,2027-01-01,营业,900,121.45,31.24',
        'h,辛网吧,网吧,2027-01-01,营业,5,,',
        'c,壬网吧,网吧,2027-01-01,营业,5,121.45,31.26',
        'c,丙网吧,网吧,2027-01-01,营业,5,121.45,31.2',
        `i,${'长'.repeat(201)},网吧,2027-01-01,营业,5,121.45,31.27`,
        'j,癸网吧,网吧,2027-01-01,营业,5,121.45,abc',
      )
      const result = await site.import('venues', file('v.csv', text), { source: 's' })
      expect(counts(result)).toEqual({ accepted: 2, created: 1, updated: 0, unchanged: 1, rejected: 8 })
      expect(result.rejections.map(({ row, column, code }) => [row, column, code])).toEqual([
        [3, '有效期至', 'value_invalid'],
        [4, '经营状态', 'value_invalid'],
        [5, 'name', 'value_missing'],
        [6, '坐标误差', 'value_invalid'],
        [7, null, 'geometry_missing'],
        [8, '编号', 'duplicate_id'],
        [10, 'name', 'value_invalid'],
        [11, 'lat', 'coordinate_not_a_number'],
      ])
      for (const { message_zh, message_en } of result.rejections) {
        expect(message_zh).toMatch(/[\u4e00-\u9fff]/)
        expect(message_en).not.toBe('')
      }
      expect(result.rejections[0]?.expected).toContain('2024-03-01')
    })

    it('lists the first thousand rejections and counts all', async () => {
      const rows = Array.from({ length: 3000 }, (_, i) =>
        i === 2999 ? `ok,好网吧,网吧,121.46,31.2` : `n${i},,网吧,121.45,31.2`,
      )
      const result = await site.import('venues', file('v.csv', venues(...rows)))
      expect(counts(result)).toMatchObject({ created: 1, rejected: 2999 })
      expect(result.rejections).toHaveLength(1000)
      const [record] = await site.rows<{ n: number; rejected: number }>(
        `select jsonb_array_length(rejections) as n, rejected from imports order by id desc limit 1`,
      )
      expect(record).toEqual({ n: 1000, rejected: 2999 })
    })
  })
})
