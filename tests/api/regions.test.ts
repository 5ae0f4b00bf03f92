import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, near, rectangle } from '../fixtures/town.ts'
import { changesOf, fieldsOf, freshApp, openTestDatabase, type TestApp, type TestDatabase } from '../harness.ts'

let database: TestDatabase
let app: TestApp
beforeAll(async () => {
  database = await openTestDatabase({ town: true })
  app = await freshApp(database)
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const codes = async (query = ''): Promise<string[]> =>
  (await app.get(`/api/regions?${query}`)).body.features.map((f: { properties: { code: string } }) => f.properties.code)
const idOf = async (code: string): Promise<number> => (await app.get(`/api/regions?q=${code}`)).body.features[0].id
const versions = async () => {
  const rows = await database.db.selectFrom('dataset_versions').selectAll().execute()
  return Object.fromEntries(rows.map((row) => [row.layer, row.version]))
}

const island = {
  code: '410903',
  kind: 'admin',
  level: 'district',
  name: '沙洲区',
  geometry: rectangle(9000, 9000, 9500, 9500),
}

describe('regions', () => {
  it('are filtered by kind, level, parent, subtree, text and bbox', async () => {
    expect(await codes()).toEqual(['410900', '410902', '410902100', '410902101', 'PS-0902-01'])
    expect(await codes('kind=police')).toEqual(['PS-0902-01'])
    expect(await codes('level=city,district')).toEqual(['410900', '410902'])
    expect(await codes('parent=410900')).toEqual(['410902'])
    expect(await codes('region=410902')).toEqual(['410902', '410902100', '410902101', 'PS-0902-01'])
    expect(await codes('region=410902100')).toEqual(['410902100'])
    expect(await codes(`q=${encodeURIComponent('柳园')}`)).toEqual(['410902101'])
    expect(await codes('q=xinglin')).toEqual(['410900'])
    expect(await codes(`bbox=${[...at(5000, 1000), ...at(5100, 1100)]}`)).toEqual(['410900', '410902', '410902101'])
    expect(await codes('as_of=2026-10-31T23:59:59Z')).toEqual([])
  })

  it('that are not there are 404', async () => {
    expect((await app.get('/api/regions/999999')).status).toBe(404)
    expect((await app.patch('/api/regions/999999', { name: '无' })).status).toBe(404)
  })

  it.each([
    ['no code', { ...island, code: undefined }, 400, 'code'],
    ['an unknown level', { ...island, level: 'village' }, 400, 'level'],
    ['a point', { ...island, geometry: near(0, 0, 0) }, 400, 'geometry.type'],
    [
      'swapped coordinates',
      {
        ...island,
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [35, 114],
              [36, 114],
              [36, 115],
              [35, 114],
            ],
          ],
        },
      },
      422,
      'geometry',
    ],
    [
      'a boundary that crosses itself',
      { ...island, geometry: { type: 'Polygon', coordinates: [[at(0, 0), at(9, 9), at(9, 0), at(0, 9), at(0, 0)]] } },
      422,
      'geometry',
    ],
  ])('with %s are refused and nothing is stored', async (_what, body, status, field) => {
    const answer = await app.post('/api/regions', body)
    expect(answer.status).toBe(status)
    expect(fieldsOf(answer)).toContain(field)
    expect(await codes()).toHaveLength(5)
  })

  it('are added and renamed without touching places and findings', async () => {
    const before = await versions()
    const created = await app.post('/api/regions', island)
    expect(created.status).toBe(201)
    expect((await app.get(`/api/regions/${created.body.id}`)).body).toEqual(created.body)
    expect(created.body.properties).toMatchObject({
      code: '410903',
      name: '沙洲区',
      name_en: null,
      parent_code: null,
      version: 1,
    })
    expect(created.body.geometry).toEqual({ type: 'MultiPolygon', coordinates: [island.geometry.coordinates] })
    const twin = await app.post('/api/regions', { ...island, name: '另一个' })
    expect(twin.body.code).toBe('duplicate')
    const renamed = await app.patch(`/api/regions/${created.body.id}`, { name: '沙洲新区', parent_code: '410900' })
    expect(renamed.body.geometry).toEqual(created.body.geometry)
    expect(renamed.body.properties).toMatchObject({ name: '沙洲新区', parent_code: '410900', version: 2 })
    expect(changesOf(renamed)).toEqual([0, 0, 0])
    expect(await versions()).toEqual({ ...before, regions: before.regions! + 2 })
    const taken = await app.patch(`/api/regions/${created.body.id}`, { code: '410902' })
    expect(taken.status).toBe(409)
    const stale = await app.patch(`/api/regions/${created.body.id}`, { name: '旧' }, { 'if-match': '"1"' })
    expect(stale.body.code).toBe('version_conflict')
  })

  it('that move take the places and the jurisdiction with them', async () => {
    const schools = async (region: string) => (await app.get(`/api/schools?region=${region}`)).body.numberMatched
    expect([await schools('410902100'), await schools('410902101')]).toEqual([6, 4])
    const id = await idOf('410902100')
    // The border between the townships moves a kilometre east, past one column of campuses.
    await app.patch(`/api/regions/${await idOf('410902101')}`, { geometry: rectangle(4500, 0, 7000, 4000) })
    const moved = await app.patch(`/api/regions/${id}`, { geometry: rectangle(0, 0, 4500, 4000) })
    expect(moved.status).toBe(200)
    expect([await schools('410902100'), await schools('410902101')]).toEqual([8, 2])
    const before = changesOf(moved)
    expect(before[0]).toBe(0)
    expect(before[2]).toBe(0)
    // Whose city is no longer the rules' city is out of their reach.
    const city = await idOf('410900')
    const { features } = (await app.get('/api/regions?region=410902')).body
    for (const region of features)
      if (region.properties.kind === 'admin')
        await app.patch(`/api/regions/${region.id}`, { code: region.properties.code.replace('4109', '4108') })
    await app.patch(`/api/regions/${city}`, { code: '410800' })
    expect((await app.get('/api/findings')).body.numberMatched).toBe(0)
    expect((await app.get('/api/zones')).body.numberMatched).toBe(0)
    expect((await app.get('/api/findings?as_of=2026-11-10T00:00:00Z')).body.numberMatched).toBe(10)
  })
})

describe('roads', () => {
  it('are filtered by class, name, region and bbox', async () => {
    const names = async (query = '') =>
      (await app.get(`/api/roads?${query}`)).body.features.map(
        (f: { properties: { name: string } }) => f.properties.name,
      )
    expect(await names()).toEqual(['人民路', '人民路', '胜利街', '柳园大桥', null])
    expect(await names('class=secondary')).toEqual(['胜利街', '柳园大桥'])
    expect(await names(`q=${encodeURIComponent('人民')}`)).toEqual(['人民路', '人民路'])
    expect(await names(`bbox=${[...at(3390, 800), ...at(3410, 1000)]}`)).toEqual(['人民路', '柳园大桥'])
    expect(await names('region=410903')).toEqual([])
    expect(await names('region=410800')).toHaveLength(5)
    expect(await names('as_of=2026-10-01T00:00:00Z')).toEqual([])
  })

  it('are read one by one; length in metres', async () => {
    const { body } = await app.get('/api/roads?class=footway')
    const { id, properties } = body.features[0]
    expect(properties).toMatchObject({ oneway: 'no', is_bridge: false, foot: true, name: null, external_id: 'E4' })
    expect(properties.length_m).toBeCloseTo(1400, -1)
    expect((await app.get(`/api/roads/${id}`)).body).toEqual(body.features[0])
    expect((await app.get('/api/roads/999999')).status).toBe(404)
    expect((await app.post('/api/roads', {})).status).toBe(404)
  })
})

describe('zones', () => {
  const past = 'as_of=2026-11-10T00:00:00Z'

  it('are drawn around every protected campus, by rule and threshold', async () => {
    const { body } = await app.get(`/api/zones?${past}&limit=1000`)
    // Seven protected campuses with gates, one point-only without: it has no gate zones.
    expect(body.numberMatched).toBeGreaterThan(20)
    const count = async (query: string) => (await app.get(`/api/zones?${past}&${query}`)).body.numberMatched
    expect(await count('threshold_m=50')).toBe(8)
    expect(await count('rule=TOWN-STALL-50')).toBe(8)
    expect(await count('rule=TOWN-TOBACCO-WALK-100')).toBe(7)
    expect(await count('region=410902101')).toBe(await count('region=410902101&q='))
    expect(await count(`q=${encodeURIComponent('桃李')}`)).toBe(2)
    const { school_id } = body.features[0].properties
    expect(await count(`school_id=${school_id}`)).toBe(
      body.features.filter((f: { properties: { school_id: number } }) => f.properties.school_id === school_id).length,
    )
    expect(await count(`bbox=${[...at(1000, 1000), ...at(1001, 1001)]}&threshold_m=50`)).toBe(1)
    expect(await count('bbox=-180,-90,180,90')).toBe(body.numberMatched)
    expect(fieldsOf(await app.get('/api/zones?threshold_m=near'))).toEqual(['threshold_m'])
  })
})
