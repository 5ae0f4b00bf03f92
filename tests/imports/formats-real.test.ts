// Files nobody here wrote, read as their owners left them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Polygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import { gbkNamedZip, readContent, readPath, zipOf } from './formats-files.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)
const at = (path: string) => fileURLToPath(new URL(path, DATA))

describe.skipIf(!existsSync(DATA))('real files (skipped without ../shared/data)', () => {
  test('391 rows of GBK with WKT polygons', async () => {
    const read = await readPath(at('beijing-gbk/poi.csv'))
    expect(read).toMatchObject({ format: 'csv', encoding: 'gb18030', geometry_columns: { wkt: 'geometry', lon: null } })
    expect(read.rows).toHaveLength(391)
    expect(read.rows.every(({ geometry, problem }) => geometry?.type.endsWith('Polygon') && !problem)).toBe(true)
    expect(read.rows[0]?.properties.name).toBe('北京海洋馆')
    const amenities = read.rows.map(({ properties }) => properties.amenity)
    for (const [amenity, count] of [
      ['school', 5],
      ['university', 3],
      ['kindergarten', 1],
    ] as const) {
      expect(amenities.filter((value) => value === amenity)).toHaveLength(count)
    }
    // The same file under its other name, and declared wrongly.
    expect((await readPath(at('beijing-gbk/poi.csv'), { encoding: 'gbk' })).rows).toEqual(read.rows)
  })

  test.each([
    ['shanghai_school.csv', 6151],
    ['shanghai_food.csv', 14398],
    ['shanghai_hotpot.csv', 2510],
    ['shanghai_Theatr_Cinema.csv', 753],
  ])('%s: %i rows, all with a place', async (name, count) => {
    const read = await readPath(at(`shanghai-poi/${name}`))
    expect(read.encoding).toBe('utf-8')
    expect(read.columns).toEqual(['name', 'address', 'adname', 'pname', 'type', 'lat', 'lon'])
    expect(read.rows).toHaveLength(count)
    expect(read.rows.filter(({ geometry, problem }) => !geometry || problem)).toEqual([])
  })

  describe('17 districts in a shapefile with a Chinese name', () => {
    const folder = at('shanghai-poi/districts/')
    const parts = () =>
      Object.fromEntries(readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(`${folder}${name}`))]))

    test.each<[string, () => Promise<Awaited<ReturnType<typeof readPath>>>]>([
      ['beside its neighbours', () => readPath(`${folder}区县界_area.shp`)],
      ['in a zip with UTF-8 names', () => readContent('上海区县.zip', zipOf(parts()))],
      ['in a zip with GBK names', () => readContent('上海区县.zip', gbkNamedZip(parts()))],
    ])('%s', async (_, reading) => {
      const read = await reading()
      expect(read).toMatchObject({ format: 'shapefile', encoding: 'gb18030', crs_hint: 'wgs84' })
      expect(read.rows).toHaveLength(17)
      expect(read.rows.map(({ properties }) => properties.NAME)).toContain('浦东新区')
      expect(read.rows.filter(({ problem }) => problem)).toEqual([])
    })

    test('areas agree with those the makers wrote into the table', async () => {
      const read = await readPath(`${folder}区县界_area.shp`)
      for (const { geometry, properties } of read.rows) {
        const polygons = geometry?.type === 'MultiPolygon' ? geometry.coordinates : [(geometry as Polygon).coordinates]
        const area = polygons.flat().reduce((sum, ring) => sum + signedArea(ring as [number, number][]), 0)
        expect(area, String(properties.NAME)).toBeCloseTo(Number(properties.Shape_Area), 10)
      }
    })
  })

  test('the POI table of a map provider', async () => {
    const sheet = 'POI分类与编码（中英文）'
    const read = await readPath(at('codes/amap_poicode.xlsx'), { sheet })
    expect(read.columns.slice(0, 5)).toEqual(['序号', 'NEW_TYPE', '大类', '中类', '小类'])
    expect(read.rows).toHaveLength(869)
    const bars = read.rows.find(({ properties }) => properties.NEW_TYPE === '080304')
    expect(bars?.properties).toMatchObject({ 大类: '体育休闲服务', 中类: '娱乐场所', 小类: '酒吧' })
    const log = await readPath(at('codes/amap_poicode.xlsx'))
    expect(log.rows[0]?.properties.变更日期).toBe('2014-05-06')
  })

  test('county codes keep their text', async () => {
    const read = await readPath(at('codes/county-codes.csv'))
    expect(read.rows[0]?.properties).toEqual({ code: '110101', name: '东城区', cityCode: '1101', provinceCode: '11' })
  })
})

// Shoelace, in square degrees as the table states it; holes count negative.
function signedArea(ring: [number, number][]): number {
  return ring.slice(1).reduce((sum, [x, y], i) => {
    const [x0, y0] = ring[i] as [number, number]
    return sum + (x0 * y - x * y0) / 2
  }, 0)
}
