// Every layer from a file to its table: values, provenance, and what a second import does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromWgs84 } from '../../server/geo/crs.ts'
import { enginesUnderTest } from '../db/databases.ts'
import { counts, csv, file, gbk, geojson, openSite, type Site, square } from './site.ts'

describe.each(enginesUnderTest)('imports by layer on $name', (engine) => {
  describe.skipIf(engine.missing)('the layers', () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite(engine)
    })
    afterAll(() => site.database.drop())

    const created = (n: number) => ({ accepted: n, created: n, updated: 0, unchanged: 0, rejected: 0 })

    it('regions: level and parent follow from the code', async () => {
      const path = file(
        '区划.geojson',
        geojson([
          { properties: { 代码: '310101', 名称: '黄浦区' }, geometry: square(121.4, 31.2, 0.1) },
          { properties: { 代码: '310101002', 名称: '南京东路街道' }, geometry: square(121.4, 31.2, 0.05) },
          { properties: { 代码: '310101550100', 名称: '外滩派出所' }, geometry: square(121.4, 31.2, 0.05) },
        ]),
      )
      const result = await site.import('regions', path)
      expect(result).toMatchObject({
        outcome: 'stored',
        format: 'geojson',
        crs: 'wgs84',
        source: '区划.geojson',
        ...created(3),
      })
      expect(
        await site.rows(
          'select code, parent_code, kind, level, name, conversion, source_geom is null as same from regions order by code',
        ),
      ).toEqual([
        {
          code: '310101',
          parent_code: '310100',
          kind: 'admin',
          level: 'district',
          name: '黄浦区',
          conversion: null,
          same: true,
        },
        {
          code: '310101002',
          parent_code: '310101',
          kind: 'admin',
          level: 'township',
          name: '南京东路街道',
          conversion: null,
          same: true,
        },
        {
          code: '310101550100',
          parent_code: null,
          kind: 'police',
          level: 'station',
          name: '外滩派出所',
          conversion: null,
          same: true,
        },
      ])
    })

    it('schools: a register in GB18030 with GCJ-02 coordinates', async () => {
      const [lon, lat] = fromWgs84('gcj02', [121.42, 31.22])
      const text = csv(
        '学校标识码,学校名称,学校类别,地址,在校生数,建校日期,经度,纬度',
        `31001,黄浦一小,普通小学,人民路1号,"1,250人",1956年9月1日,${lon},${lat}`,
      )
      const result = await site.import('schools', file('学校.csv', gbk(text)), { crs: 'gcj02', source: '区教育局' })
      expect(result).toMatchObject({ encoding: 'gb18030', source: '区教育局', crs: 'gcj02', ...created(1) })
      const [school] = await site.rows<Record<string, unknown>>(
        `select name, kinds, address, students, established_on, region_code, station_code, source, external_id, source_crs, conversion,
                import_id, st_x(position) as lon, st_y(position) as lat, st_x(source_geom) as lon0, st_y(source_geom) as lat0 from schools`,
      )
      expect(school).toEqual({
        name: '黄浦一小',
        kinds: ['primary'],
        address: '人民路1号',
        students: 1250,
        established_on: '1956-09-01',
        region_code: '310101002',
        station_code: '310101550100',
        source: '区教育局',
        external_id: '31001',
        source_crs: 'gcj02',
        conversion: 'gcoord-1.0.7+iterated-inverse',
        import_id: result.import_id,
        lon: expect.closeTo(121.42, 8),
        lat: expect.closeTo(31.22, 8),
        lon0: lon,
        lat0: lat,
      })
    })

    it('gates: find their school by name, by id or by place', async () => {
      const path = file(
        'gates.csv',
        csv(
          '校门名称,所属学校,school_external_id,学生通行,lon,lat',
          '正门,黄浦一小,,是,121.4201,31.2200',
          '后门,,31001,否,121.4199,31.2203',
          ',,,,121.4203,31.2201',
          '东门,不存在的小学,,,121.42,31.22',
        ),
      )
      const result = await site.import('gates', path, { source: '区教育局' })
      expect(counts(result)).toEqual({ accepted: 3, created: 3, updated: 0, unchanged: 0, rejected: 1 })
      expect(result.rejections).toEqual([
        expect.objectContaining({ row: 5, column: '所属学校', code: 'unknown_school' }),
      ])
      expect(
        await site.rows(
          'select g.name, g.kind, g.is_student_gate, s.name as school from school_gates g join schools s on s.id = g.school_id order by g.id',
        ),
      ).toEqual([
        { name: '正门', kind: 'main', is_student_gate: true, school: '黄浦一小' },
        { name: '后门', kind: 'back', is_student_gate: false, school: '黄浦一小' },
        { name: null, kind: 'side', is_student_gate: true, school: '黄浦一小' },
      ])
    })

    it('venues: a licence register, buildings as footprints, kinds and where they come from', async () => {
      const path = file(
        'venues.csv',
        csv(
          '编号\t场所名称\t场所类别\t许可证号\t发证日期\t有效期至\t坐标误差\twkt',
          'a\t蓝天网吧\t网吧\tWX-1\t2020/1/1\t2027年1月1日\t5\tPOINT(121.421 31.221)',
          'b\t金豹KTV\t\tYL-2\t2021-05-01\t长期\t\tPOLYGON((121.43 31.23,121.4304 31.23,121.4304 31.2304,121.43 31.2304,121.43 31.23))',
          'c\t红星宾馆\tsmall_hotel\t\t\t\t\tPOINT(121.44 31.24)',
          'd\t某店\t马戏团\t\t\t\t\tPOINT(121.44 31.25)',
        ),
      )
      const result = await site.import('venues', path, { position_error_m: 8 })
      expect(counts(result)).toEqual({ accepted: 3, created: 3, updated: 0, unchanged: 0, rejected: 1 })
      expect(result.rejections[0]).toMatchObject({
        row: 5,
        column: '场所类别',
        code: 'kind_unknown',
        expected: expect.stringContaining('internet_cafe'),
      })
      expect(
        await site.rows(`select name, kind, kind_source, kind_confidence >= 0.5 as sure, licence_no, licence_issued_on, licence_expires_on,
                                position_error_m, st_astext(position) as position, footprint is not null as drawn from venues order by external_id`),
      ).toEqual([
        {
          name: '蓝天网吧',
          kind: 'internet_cafe',
          kind_source: 'given',
          sure: true,
          licence_no: 'WX-1',
          licence_issued_on: '2020-01-01',
          licence_expires_on: '2027-01-01',
          position_error_m: 5,
          position: 'POINT(121.421 31.221)',
          drawn: false,
        },
        {
          name: '金豹KTV',
          kind: 'song_dance',
          kind_source: 'name',
          sure: true,
          licence_no: 'YL-2',
          licence_issued_on: '2021-05-01',
          licence_expires_on: null,
          position_error_m: 8,
          position: expect.stringMatching(/^POINT\(121\.4302\d* 31\.2302\d*\)$/),
          drawn: true,
        },
        {
          name: '红星宾馆',
          kind: 'small_hotel',
          kind_source: 'given',
          sure: true,
          licence_no: null,
          licence_issued_on: null,
          licence_expires_on: null,
          position_error_m: 8,
          position: 'POINT(121.44 31.24)',
          drawn: false,
        },
      ])
    })

    it('stalls and roads', async () => {
      const stalls = file(
        'stalls.csv',
        csv(
          '摊点类型,经营内容,发现时间,lon,lat',
          '流动摊贩,烧烤,2026/11/1 17:05,121.4201,31.2203',
          '占道经营,水果,2026-11-02,121.421,31.2203',
        ),
      )
      expect(counts(await site.import('stalls', stalls))).toEqual(created(2))
      expect(
        await site.rows(
          `select stall_type, goods, to_jsonb(sighted_at at time zone 'Asia/Shanghai') #>> '{}' as seen from stall_sightings order by id`,
        ),
      ).toEqual([
        { stall_type: 'mobile', goods: '烧烤', seen: '2026-11-01T17:05:00' },
        { stall_type: 'fixed', goods: '水果', seen: '2026-11-02T00:00:00' },
      ])
      const line = (...coordinates: number[][]) => ({ type: 'LineString', coordinates })
      const roads = file(
        'roads.geojson',
        geojson([
          {
            properties: { '@id': 'way/1', highway: 'primary_link', name: '中山路', oneway: 'yes', bridge: 'viaduct' },
            geometry: line([121.42, 31.22], [121.43, 31.22]),
          },
          {
            properties: { '@id': 'way/2', highway: 'footway', crossing: 'zebra', oneway: null, bridge: null },
            geometry: {
              type: 'MultiLineString',
              coordinates: [
                [
                  [121.43, 31.22],
                  [121.43, 31.23],
                ],
              ],
            },
          },
          { properties: { '@id': 'way/3', highway: 'construction' }, geometry: line([121.4, 31.2], [121.41, 31.2]) },
        ]),
      )
      const result = await site.import('roads', roads)
      expect(counts(result)).toEqual({ accepted: 2, created: 2, updated: 0, unchanged: 0, rejected: 1 })
      expect(result.rejections[0]).toMatchObject({ row: 3, column: 'highway', code: 'value_invalid' })
      expect(
        await site.rows(
          'select external_id, class, oneway, is_bridge, crossing, foot, car, a.to_node = b.from_node as joined from road_edges a left join lateral (select from_node from road_edges where id > a.id limit 1) b on true order by id',
        ),
      ).toEqual([
        {
          external_id: 'way/1',
          class: 'primary',
          oneway: 'forward',
          is_bridge: true,
          crossing: null,
          foot: true,
          car: true,
          joined: true,
        },
        {
          external_id: 'way/2',
          class: 'footway',
          oneway: 'no',
          is_bridge: false,
          crossing: 'marked',
          foot: true,
          car: false,
          joined: null,
        },
      ])
    })

    it('keeps a record of every import', async () => {
      const records = await site.rows<{ layer: string; options: { position_error_m?: number } }>(
        'select layer, options, accepted, rejected, imported_by from imports order by id',
      )
      expect(records.map(({ layer }) => layer)).toEqual(['regions', 'schools', 'gates', 'venues', 'stalls', 'roads'])
      expect(records[3]).toMatchObject({
        accepted: 3,
        rejected: 1,
        imported_by: 'test',
        options: { position_error_m: 8 },
      })
    })
  })
})
