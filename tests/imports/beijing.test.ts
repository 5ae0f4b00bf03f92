// A GBK table of OpenStreetMap objects with WKT outlines, as a university group published it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enginesUnderTest } from '../db/databases.ts'
import { counts, openSite, type Site } from './site.ts'

const POI = join(new URL('../../../shared/data/beijing-gbk', import.meta.url).pathname, 'poi.csv')
const isMissing = !existsSync(POI)
if (isMissing) console.warn(`skipped: ${POI} is not there`)

describe.each(enginesUnderTest)('a GBK file on $name', (engine) => {
  describe.skipIf(engine.missing || isMissing)('Beijing', () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite(engine)
    })
    afterAll(() => site.database.drop())

    it('gives the campuses their outlines and says why the rest are no schools', async () => {
      const result = await site.import('schools', POI)
      expect(result).toMatchObject({ format: 'csv', encoding: 'gb18030', crs: 'wgs84' })
      expect(result.accepted + result.rejected).toBe(391)
      expect(result.columns).toMatchObject({ name: 'name', wkt: 'geometry', external_id: 'poi_id' })
      const schools = await site.rows(
        `select name, kinds, st_area(boundary::geography) > 2000 as is_outlined from schools order by external_id::int`,
      )
      const outlined = (name: string, ...kinds: string[]) => ({ name, kinds, is_outlined: true })
      expect(schools).toEqual([
        outlined('中央财经大学', 'higher'),
        outlined('北京交通大学东校区', 'higher'),
        outlined('北京交通大学', 'higher'),
        outlined('北京交通大学附属中学（南校区）', 'junior', 'senior'),
        outlined('中国农业科学院附属小学（气象路校区）', 'primary'),
        outlined('北京交通大学附属小学（北校区）', 'primary'),
        outlined('中国铁道科学院幼儿园', 'kindergarten'),
        outlined('北京交通大学附属小学（东校区）', 'primary'),
        outlined('北京交通大学附属中学第二分校', 'junior', 'senior'),
      ])
      const codes = new Set(result.rejections.map(({ code }) => code))
      expect([...codes].toSorted()).toEqual(['area_too_small', 'not_a_school', 'value_missing'])
      expect(counts(await site.import('schools', POI))).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: schools.length,
      })
    })

    it('reads the same with the encoding stated, and refuses a wrong one', async () => {
      expect(await site.import('schools', POI, { encoding: 'gbk' })).toMatchObject({ created: 0, updated: 0 })
      await expect(site.import('schools', POI, { encoding: 'utf-8' })).rejects.toMatchObject({
        code: 'encoding_mismatch',
      })
    })

    it('keeps shops as points with their buildings as footprints', async () => {
      const result = await site.import('venues', POI)
      expect(result.created).toBeGreaterThan(50)
      const [off] = await site.rows<{ n: number }>(
        'select count(*) as n from venues where footprint is null or not st_covers(footprint, position)',
      )
      expect(off).toEqual({ n: 0 })
      expect(
        await site.rows(
          `select kind, kind_source, kind_matched from venues where codes #>> '{osm_tags,amenity}' = 'restaurant' limit 1`,
        ),
      ).toEqual([{ kind: 'restaurant', kind_source: 'osm', kind_matched: 'amenity=restaurant' }])
    })
  })
})
