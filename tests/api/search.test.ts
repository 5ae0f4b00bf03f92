import { afterAll, beforeAll, expect, it } from 'vitest'
import { BY_HAND } from '../../server/http/change.ts'
import { writeRoads } from '../../server/roads/service.ts'
import { at } from '../fixtures/town.ts'
import { fieldsOf, freshApp, openTestDatabase, type TestApp, type TestDatabase } from '../harness.ts'

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

const search = async (q: string, limit = 20) =>
  (await app.get(`/api/search?q=${encodeURIComponent(q)}&limit=${limit}`)).body.results
const found = async (q: string, limit?: number): Promise<string[]> =>
  (await search(q, limit)).map((hit: { type: string; name: string }) => `${hit.type} ${hit.name}`)

it('finds every type by part of its name', async () => {
  expect(await found('桃')).toEqual(['school 桃李小学', 'venue 桃园网吧'])
  expect(await found('柳园')).toEqual([
    'school 柳园镇幼儿园',
    'school 柳园镇九年一贯制学校',
    'region 柳园镇',
    'road 柳园大桥',
  ])
  expect(await found('炸串')).toEqual(['stall 炸串'])
  expect(await found('XINGLIN')).toEqual(['region 杏林市'])
  expect(await found('没有这样的地方')).toEqual([])
})

it('puts the very name first, then what begins with the word', async () => {
  expect((await found('河口镇'))[0]).toBe('region 河口镇')
  expect((await found('小学')).every((hit) => hit.startsWith('school'))).toBe(true)
})

it('tells where each is, and what tells it from others', async () => {
  const [road] = await search('人民路')
  expect(road).toMatchObject({ type: 'road', name: '人民路', detail: '河口镇' })
  expect(road.bbox).toEqual([...at(0, 900), ...at(3400, 900)])
  const [school] = await search('河口镇第一小学')
  expect(school).toMatchObject({ type: 'school', detail: '人民路1号' })
  expect(school.bbox).toEqual([...at(1000, 1000), ...at(1120, 1080)])
  const [cafe] = await search('远方网吧')
  expect(cafe).toMatchObject({ type: 'venue', detail: '河口镇', position: at(3060, 650), bbox: null })
})

it('falls back to addresses', async () => {
  expect(await found('胜利街')).toEqual(['road 胜利街', 'venue 蓝天网吧'])
  expect(await found('人民路 彩票')).toEqual(['venue 好运彩票'])
})

it('joins the edges of a street, and keeps streets apart that only share a name', async () => {
  const streets = async () => (await found('人民路')).filter((hit) => hit.startsWith('road'))
  expect(await streets()).toHaveLength(1)
  const elsewhere = { name: '人民路', class: 'primary' as const, oneway: 'no' as const }
  await app.services.applyChange('test.road', async (trx) => {
    const line = { type: 'LineString' as const, coordinates: [at(0, 9000), at(900, 9000)] as number[][] }
    const { scope, layers } = await writeRoads(trx, [{ ...elsewhere, geometry: line }], BY_HAND)
    return { result: null, scope, layers }
  })
  expect(await streets()).toHaveLength(2)
})

it('leaves out what is closed', async () => {
  const [cafe] = await search('桃园网吧')
  await app.post(`/api/venues/${cafe.id}/close`, { reason: '停业' })
  expect(await found('桃园')).toEqual([])
})

it('keeps to the limit and takes odd texts for what they are', async () => {
  expect(await found('网吧', 2)).toHaveLength(2)
  expect(await found('%')).toEqual([])
  expect(await found('   ')).toEqual([])
  expect(fieldsOf(await app.get('/api/search'))).toEqual(['q'])
  expect(fieldsOf(await app.get('/api/search?q=a&limit=0'))).toEqual(['limit'])
})
