import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { near, rectangle } from '../fixtures/town.ts'
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

const idOf = async (path: string, name: string): Promise<number> => {
  const { body } = await app.get(`/api/${path}?q=${encodeURIComponent(name)}`)
  expect(body.numberMatched, name).toBe(1)
  return body.features[0].id
}
const countSchools = async (): Promise<number> =>
  (await app.get('/api/schools?status=open,planned,closed')).body.numberMatched

/** An empty field outside every zone. */
const FIELD = rectangle(200, 3000, 300, 3080)
const newSchool = { name: '育才小学', kinds: ['primary'], geometry: FIELD }

describe('a campus', () => {
  it('that is not there is 404', async () => {
    expect((await app.get('/api/schools/999999')).status).toBe(404)
    expect((await app.patch('/api/schools/999999', { name: '无' })).body.code).toBe('not_found')
    expect((await app.post('/api/schools/999999/close', { reason: '撤并' })).status).toBe(404)
    expect((await app.get('/api/schools/0')).status).toBe(400)
    expect((await app.get('/api/schools/9e99')).status).toBe(400)
  })

  it.each([
    ['no name', { kinds: ['primary'], geometry: FIELD }, 'name'],
    ['an unknown kind', { ...newSchool, kinds: ['nursery'] }, 'kinds.0'],
    ['a member we do not know', { ...newSchool, owner: '某人' }, 'owner'],
    ['a negative number of students', { ...newSchool, students: -1 }, 'students'],
    ['a date that does not exist', { ...newSchool, established_on: '2026-02-30' }, 'established_on'],
    [
      'text for a coordinate',
      { ...newSchool, geometry: { type: 'Point', coordinates: ['114', 35] } },
      'geometry.coordinates.0',
    ],
    [
      'null for a coordinate',
      { ...newSchool, geometry: { type: 'Point', coordinates: [114, null] } },
      'geometry.coordinates.1',
    ],
  ])('with %s is refused with the field named', async (_what, body, field) => {
    const before = await countSchools()
    const answer = await app.post('/api/schools', body)
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('invalid_request')
    expect(fieldsOf(answer)).toContain(field)
    expect(await countSchools()).toBe(before)
  })

  it.each([
    ['lon and lat swapped', { type: 'Point', coordinates: [35.7, 114.0] }, 'lon_lat_swapped'],
    ['a place outside China', { type: 'Point', coordinates: [2.35, 48.85] }, 'position_out_of_range'],
    ['an open ring', { type: 'Polygon', coordinates: [FIELD.coordinates[0]!.slice(0, 4)] }, 'ring_not_closed'],
    ['no ring at all', { type: 'Polygon', coordinates: [] }, 'too_few_positions'],
    [
      'a boundary that crosses itself',
      { type: 'Polygon', coordinates: [[0, 2, 1, 3, 4].map((n) => FIELD.coordinates[0]![n]!)] },
      'Self-intersection',
    ],
  ])('with %s is refused and nothing is stored', async (_what, geometry, says) => {
    const before = await countSchools()
    const answer = await app.post('/api/schools', { ...newSchool, geometry })
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('row_refused')
    expect(fieldsOf(answer)).toEqual(['geometry'])
    expect(answer.body.errors[0].message).toContain(says)
    expect(await countSchools()).toBe(before)
  })

  it('with NaN or a number beyond all numbers is no JSON we take', async () => {
    const text = JSON.stringify({ ...newSchool, geometry: { type: 'Point', coordinates: [114, 35] } })
    expect((await app.post('/api/schools', text.replace('114', 'NaN'))).status).toBe(400)
    const beyond = await app.post('/api/schools', text.replace('114', '1e999'))
    expect(beyond.status).toBe(400)
    expect(fieldsOf(beyond)).toContain('geometry.coordinates.0')
  })

  it('is created with its boundary, bell times and region, and read again as written', async () => {
    const bells = [
      { period: 'arrival', day_type: 'term', weekdays: [1, 2, 3, 4, 5], starts: '07:10', ends: '07:50', label: null },
    ]
    const created = await app.post('/api/schools', {
      ...newSchool,
      address: '新华路5号',
      students: 12,
      bell_times: bells,
    })
    expect(created.status).toBe(201)
    expect(changesOf(created)).toEqual([0, 0, 0])
    const { body } = await app.get(`/api/schools/${created.body.id}`)
    expect(body).toEqual(created.body)
    expect(body.geometry).toEqual({ type: 'MultiPolygon', coordinates: [FIELD.coordinates] })
    expect(body.properties).toMatchObject({
      name: '育才小学',
      kinds: ['primary'],
      status: 'open',
      region_code: '410902100',
      station_code: 'PS-0902-01',
      address: '新华路5号',
      students: 12,
      is_point_only: false,
      position_error_m: 3,
      gates: 0,
      findings: 0,
      bell_times: bells,
      source: 'manual',
      version: 1,
    })
    const twin = await app.post('/api/schools', newSchool)
    expect(twin.status).toBe(409)
    expect(twin.body).toMatchObject({ code: 'duplicate', detail: `stored as ${created.body.id}` })
  })

  it('drops heights and ignores a crs member', async () => {
    const geometry = { ...near(8, -300, 900), crs: { type: 'name', properties: { name: 'EPSG:3857' } } }
    geometry.coordinates.push(71.5)
    const { status, body } = await app.post('/api/schools', { name: '山上小学', kinds: ['primary'], geometry })
    expect(status).toBe(201)
    expect(body.geometry).toEqual(near(8, -300, 900))
    expect(body.properties).toMatchObject({ is_point_only: true, position_error_m: 30 })
  })

  it('opens the findings of what stands near it, and closing it ends them', async () => {
    // 100 m east of the café that no campus reaches.
    const created = await app.post('/api/schools', { ...newSchool, name: '河东小学', geometry: near(2, 160, -350) })
    expect(changesOf(created)).toEqual([1, 0, 0])
    expect(created.body.properties.findings).toBe(1)
    const closed = await app.post(`/api/schools/${created.body.id}/close`, { reason: '撤并', on: '2026-11-20' })
    expect(closed.status).toBe(200)
    expect(changesOf(closed)).toEqual([0, 0, 1])
    expect(closed.body.properties).toMatchObject({
      status: 'closed',
      closed_on: '2026-11-20',
      closed_reason: '撤并',
      findings: 0,
      version: 2,
    })
    const { body } = await app.get(`/api/findings?school_id=${created.body.id}&ended=true`)
    expect(body.features.map((f: { properties: object }) => f.properties)).toMatchObject([
      { ended_reason: 'school_closed', valid_to: closed.body.properties.valid_from },
    ])
    const again = await app.post(`/api/schools/${created.body.id}/close`, { reason: '撤并' })
    expect(again.status).toBe(409)
    expect(again.body.code).toBe('already_closed')

    const reopened = await app.patch(`/api/schools/${created.body.id}`, { status: 'open' })
    expect(reopened.body.properties).toMatchObject({ status: 'open', closed_on: null, closed_reason: null })
    expect(changesOf(reopened)).toEqual([1, 0, 0])
    await app.post(`/api/schools/${created.body.id}/close`, { reason: '撤并' })
  })

  it('is not closed in advance', async () => {
    const id = await idOf('schools', '新区小学')
    const answer = await app.post(`/api/schools/${id}/close`, { reason: '停建', on: '2026-12-24' })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer)).toEqual(['on'])
    expect((await app.get(`/api/schools/${id}`)).body.properties.status).toBe('planned')
  })

  it('keeps what a change leaves out, to the last bit of its boundary', async () => {
    const id = await idOf('schools', '河口镇初级中学')
    const before = (await app.get(`/api/schools/${id}`)).body
    const changed = await app.patch(`/api/schools/${id}`, { students: 1250, address: '建设路7号' })
    expect(changed.status).toBe(200)
    expect(changed.body.geometry).toEqual(before.geometry)
    expect(changed.body.properties).toMatchObject({
      students: 1250,
      address: '建设路7号',
      name: before.properties.name,
      source: 'town',
      external_id: 'S2',
      version: before.properties.version + 1,
    })
    // The song hall's finding carries the school's version.
    expect(changesOf(changed)).toEqual([0, 1, 0])
    const cleared = await app.patch(`/api/schools/${id}`, { address: null, students: null })
    expect(cleared.body.properties).toMatchObject({ address: null, students: null })
  })

  it('is left as it is by a change that changes nothing', async () => {
    const id = await idOf('schools', '河口镇第二小学')
    const before = (await app.get(`/api/schools/${id}`)).body
    const same = await app.patch(`/api/schools/${id}`, { name: '河口镇第二小学' })
    expect(same.status).toBe(200)
    expect(changesOf(same)).toEqual([0, 0, 0])
    expect(same.body).toEqual(before)
    expect((await app.patch(`/api/schools/${id}`, {})).body).toEqual(before)
  })

  it('is changed only by who has seen it as it is', async () => {
    const id = await idOf('schools', '河口镇第一小学')
    const { version } = (await app.get(`/api/schools/${id}`)).body.properties
    const first = await app.patch(`/api/schools/${id}`, { students: 901 }, { 'if-match': `"${version}"` })
    expect(first.status).toBe(200)
    const late = await app.patch(`/api/schools/${id}`, { students: 800 }, { 'if-match': `"${version}"` })
    expect(late.status).toBe(409)
    expect(late.body.code).toBe('version_conflict')
    const close = await app.post(`/api/schools/${id}/close`, { reason: '误' }, { 'if-match': `"${version}"` })
    expect(close.status).toBe(409)
    expect((await app.get(`/api/schools/${id}`)).body.properties).toMatchObject({ students: 901, status: 'open' })
    const unreadable = await app.patch(`/api/schools/${id}`, { students: 1 }, { 'if-match': 'abc' })
    expect(fieldsOf(unreadable)).toEqual(['If-Match'])
    expect((await app.patch(`/api/schools/${id}`, { students: 900 }, { 'if-match': '*' })).status).toBe(200)
  })

  it('cannot be given the identity of a delivered row', async () => {
    const id = await idOf('schools', '河口镇第一小学')
    const answer = await app.patch(`/api/schools/${id}`, { external_id: 'X', source: 'elsewhere' })
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer)).toContain('external_id')
  })

  it('refuses bell times that end before they start, and keeps the old ones', async () => {
    const id = await idOf('schools', '育才小学')
    const bells = [
      { period: 'dismissal', day_type: 'term', weekdays: [5], starts: '17:00', ends: '16:00', label: null },
    ]
    expect((await app.patch(`/api/schools/${id}`, { bell_times: bells })).status).toBe(422)
    expect((await app.get(`/api/schools/${id}`)).body.properties.bell_times).toHaveLength(1)
    const emptied = await app.patch(`/api/schools/${id}`, { bell_times: [] })
    expect(emptied.body.properties.bell_times).toEqual([])
  })
})

describe('a gate', () => {
  it('that is not there is 404', async () => {
    expect((await app.get('/api/gates/999999')).status).toBe(404)
    expect((await app.patch('/api/gates/999999', { name: '无' })).status).toBe(404)
    expect((await app.post('/api/gates/999999/close', { reason: '封闭' })).status).toBe(404)
  })

  it('needs a kind and a school', async () => {
    expect(fieldsOf(await app.post('/api/gates', { geometry: near(0, 0, 0) }))).toContain('kind')
    const far = await app.post('/api/gates', { kind: 'side', geometry: near(0, -500, -500) })
    expect(far.status).toBe(422)
    expect(fieldsOf(far)).toEqual(['school_id'])
    const none = await app.post('/api/gates', { kind: 'side', school_id: 999999, geometry: near(0, 0, 40) })
    expect(fieldsOf(none)).toEqual(['school_id'])
    const swapped = await app.post('/api/gates', {
      kind: 'side',
      geometry: { type: 'Point', coordinates: [35.7, 114] },
    })
    expect(fieldsOf(swapped)).toEqual(['geometry'])
  })

  it('is filed under the campus it stands at, and gate rules measure from it', async () => {
    const school = await idOf('schools', '柳园镇九年一贯制学校')
    const before = (await app.get(`/api/schools/${school}`)).body.properties
    // 10 m nearer to the lottery shop than the side gate.
    const created = await app.post('/api/gates', { name: '西小门', kind: 'side', geometry: near(3, -10, 40) })
    expect(created.status).toBe(201)
    expect(created.body.properties).toMatchObject({
      school_id: school,
      kind: 'side',
      is_student_gate: true,
      status: 'open',
    })
    // Lottery and stall findings of the school both carry its new version.
    expect(changesOf(created)).toEqual([0, 2, 0])
    const after = (await app.get(`/api/schools/${school}`)).body.properties
    expect(after).toMatchObject({ gates: before.gates + 1, version: before.version + 1 })
    const lottery = (await app.get(`/api/findings?school_id=${school}&rule=TOWN-LOTTERY-100`)).body.features[0]
    expect(lottery.properties).toMatchObject({ origin: 'gate', gate_id: created.body.id, gate_name: '西小门' })
    expect(lottery.properties.distance_m).toBeCloseTo(70, 0)

    const moved = await app.patch(`/api/gates/${created.body.id}`, { geometry: near(3, -5, 40), name: null })
    expect(moved.body.properties).toMatchObject({ name: null, school_id: school, version: 2 })
    expect(
      (await app.get(`/api/findings?school_id=${school}&rule=TOWN-LOTTERY-100`)).body.features[0].properties.distance_m,
    ).toBeCloseTo(75, 0)

    const closed = await app.post(`/api/gates/${created.body.id}/close`, { reason: '封闭管理', on: '2026-11-22' })
    expect(closed.body.properties).toMatchObject({
      status: 'closed',
      closed_on: '2026-11-22',
      closed_reason: '封闭管理',
    })
    expect(changesOf(closed)).toEqual([0, 2, 0])
    expect((await app.post(`/api/gates/${created.body.id}/close`, { reason: '封闭管理' })).body.code).toBe(
      'already_closed',
    )
    expect((await app.get(`/api/gates?school_id=${school}`)).body.numberMatched).toBe(2)
    expect((await app.get(`/api/gates?school_id=${school}&status=open,closed`)).body.numberMatched).toBe(3)
  })

  it('is changed only by who has seen it as it is', async () => {
    const school = await idOf('schools', '杏林市职业学校')
    const { id } = (await app.get(`/api/gates?school_id=${school}`)).body.features[0]
    expect((await app.patch(`/api/gates/${id}`, { kind: 'back' }, { 'if-match': '"9"' })).body.code).toBe(
      'version_conflict',
    )
    expect((await app.get(`/api/gates/${id}`)).body.properties).toMatchObject({ kind: 'main', version: 1 })
  })
})
