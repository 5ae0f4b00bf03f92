// Importing again: nothing is doubled, one changed row changes one row, and the past stays known.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enginesUnderTest } from '../db/databases.ts'
import { counts, csv, file, fingerprint, geojson, openSite, type Site, square } from './site.ts'

const REGISTER = [
  '编号,场所名称,场所类别,有效期至,lon,lat',
  'a,蓝天网吧,网吧,2027-01-01,121.421,31.221',
  'b,金豹歌厅,歌舞娱乐场所,2027-06-30,121.431,31.231',
  'c,星星酒吧,酒吧,,121.441,31.241',
]

describe.each(enginesUnderTest)('importing again on $name', (engine) => {
  describe.skipIf(engine.missing)('the same and changed files', () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite(engine)
    })
    afterAll(() => site.database.drop())

    const unchanged = (n: number) => ({ accepted: n, created: 0, updated: 0, unchanged: n, rejected: 0 })
    const content = () =>
      site.rows(
        'select id, name, kind, licence_expires_on, st_astext(position) as place, version, import_id, valid_from from venues order by id',
      )

    it('by external id', async () => {
      const first = await site.import('venues', file('登记.csv', csv(...REGISTER)), { source: '文旅局' })
      expect(first.created).toBe(3)
      const before = await content()
      expect(counts(await site.import('venues', file('登记.csv', csv(...REGISTER)), { source: '文旅局' }))).toEqual(
        unchanged(3),
      )
      expect(await content()).toEqual(before)
    })

    it('a changed row updates exactly one', async () => {
      const changed = REGISTER.map((line) =>
        line.replace('金豹歌厅,歌舞娱乐场所,2027-06-30,121.431', '金豹量贩歌厅,歌舞娱乐场所,2029-06-30,121.433'),
      )
      const result = await site.import('venues', file('登记.csv', csv(...changed)), { source: '文旅局' })
      expect(counts(result)).toEqual({ accepted: 3, created: 0, updated: 1, unchanged: 2, rejected: 0 })
      expect(
        await site.rows(
          `select external_id, name, licence_expires_on, version, import_id from venues where version > 1`,
        ),
      ).toEqual([
        {
          external_id: 'b',
          name: '金豹量贩歌厅',
          licence_expires_on: '2029-06-30',
          version: 2,
          import_id: result.import_id,
        },
      ])
      expect(await site.rows('select name, version from venues_history')).toEqual([{ name: '金豹歌厅', version: 1 }])
    })

    it('what a file leaves out stays, what it denies goes', async () => {
      const partial = csv('编号,场所名称,场所类别,lon,lat', 'a,蓝天网吧,网吧,121.421,31.221')
      expect(counts(await site.import('venues', file('登记.csv', partial), { source: '文旅局' }))).toEqual(unchanged(1))
      const forGood = csv('编号,场所名称,场所类别,有效期至,lon,lat', 'a,蓝天网吧,网吧,长期,121.421,31.221')
      expect((await site.import('venues', file('登记.csv', forGood), { source: '文旅局' })).updated).toBe(1)
      expect(await site.rows(`select licence_expires_on from venues where external_id = 'a'`)).toEqual([
        { licence_expires_on: null },
      ])
    })

    it('by name and place, also from another source', async () => {
      const poi = csv('name,type,lon,lat', '蓝天网吧,网吧,121.42101,31.22101', '新网吧,网吧,121.5,31.3')
      const result = await site.import('venues', file('poi.csv', poi), { source: 'poi' })
      expect(counts(result)).toEqual({ accepted: 2, created: 1, updated: 1, unchanged: 0, rejected: 0 })
      expect(counts(await site.import('venues', file('poi.csv', poi), { source: 'poi' }))).toEqual(unchanged(2))
      expect(await site.rows(`select count(*) as n from venues where name = '蓝天网吧'`)).toEqual([{ n: 1 }])
    })

    it('repeated rows of one file are taken once and told', async () => {
      const text = csv(
        'name,type,lon,lat',
        '甲网吧,网吧,121.60001,31.3',
        '甲网吧,网吧,121.60001,31.3',
        '甲网吧,网吧,121.6003,31.3',
        '甲网吧,网吧,121.61001,31.3',
      )
      const result = await site.import('venues', file('poi.csv', text))
      expect(counts(result)).toEqual({ accepted: 4, created: 2, updated: 0, unchanged: 2, rejected: 0 })
      expect(result.warnings).toEqual([
        expect.objectContaining({ code: 'repeated_rows', message_zh: expect.stringContaining('3→2, 4→2') }),
      ])
      expect(counts(await site.import('venues', file('poi.csv', text)))).toEqual(unchanged(4))
    })

    it('regions, schools, gates, stalls and roads alike', async () => {
      const regions = file(
        'r.geojson',
        geojson([{ properties: { code: '310101', name: '黄浦区' }, geometry: square(121.4, 31.2, 0.1) }]),
      )
      const schools = file(
        's.geojson',
        geojson([{ properties: { name: '一小', type: '小学' }, geometry: square(121.41, 31.21, 0.001) }]),
      )
      const gates = file('g.csv', csv('name,school_name,lon,lat', '正门,一小,121.4105,31.21'))
      const stalls = file('t.csv', csv('time,goods,lon,lat', '2026-11-01 17:00,烧烤,121.42,31.22'))
      const roads = file(
        'w.geojson',
        geojson([
          {
            properties: { class: 'primary' },
            geometry: {
              type: 'LineString',
              coordinates: [
                [121.41, 31.21],
                [121.42, 31.22],
              ],
            },
          },
        ]),
      )
      const layers = { regions, schools, gates, stalls, roads } as const
      for (const [layer, path] of Object.entries(layers)) {
        expect([layer, counts(await site.import(layer as keyof typeof layers, path))]).toEqual([
          layer,
          { accepted: 1, created: 1, updated: 0, unchanged: 0, rejected: 0 },
        ])
      }
      for (const [layer, path] of Object.entries(layers)) {
        expect([layer, counts(await site.import(layer as keyof typeof layers, path))]).toEqual([layer, unchanged(1)])
      }
    })

    it('a dry run tells the same and stores nothing', async () => {
      const before = await fingerprint(site.db)
      const text = csv(...REGISTER.slice(0, 2), 'z,新开网吧,网吧,2027-01-01,121.4105,31.2105')
      const tried = await site.import('venues', file('登记.csv', text), { source: '文旅局', dry_run: true })
      expect(tried).toMatchObject({ outcome: 'dry_run', import_id: null })
      expect(await fingerprint(site.db)).toBe(before)
      const stored = await site.import('venues', file('登记.csv', text), { source: '文旅局' })
      expect(stored).toEqual({ ...tried, outcome: 'stored', import_id: expect.any(Number) })
      expect(await fingerprint(site.db)).not.toBe(before)
    })
  })
})
