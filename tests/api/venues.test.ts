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

const idOf = async (name: string): Promise<number> => {
  const { body } = await app.get(`/api/venues?q=${encodeURIComponent(name)}&status=open,suspended,closed`)
  expect(body.numberMatched, name).toBe(1)
  return body.features[0].id
}
const count = async (path: string): Promise<number> => (await app.get(path)).body.numberMatched
const everyVenue = '/api/venues?status=open,suspended,closed'
const everyStall = '/api/stalls?status=present,cleared'
const findingsOf = async (query: string) => (await app.get(`/api/findings?${query}`)).body.features

/** 60 m south of the planned school, whose neighbours no rule protects. */
const QUIET = near(8, 60, -60)
const newVenue = { name: '星辰网吧', kind: 'internet_cafe', geometry: QUIET }

describe('a venue', () => {
  it('that is not there is 404', async () => {
    expect((await app.get('/api/venues/999999')).status).toBe(404)
    expect((await app.patch('/api/venues/999999', { name: '无' })).body.code).toBe('not_found')
    expect((await app.post('/api/venues/999999/close', { reason: '停业' })).status).toBe(404)
  })

  it.each([
    ['no kind', { name: '店', geometry: QUIET }, 'kind'],
    ['an unknown kind', { ...newVenue, kind: 'casino' }, 'kind'],
    [
      'a line for a position',
      { ...newVenue, geometry: { type: 'LineString', coordinates: [at(0, 0), at(1, 1)] } },
      'geometry.type',
    ],
    ['a confidence above 1', { ...newVenue, kind_confidence: 1.5 }, 'kind_confidence'],
    ['a door without a position', { ...newVenue, doors: [{ kind: 'main' }] }, 'doors.0.position'],
    ['an owner', { ...newVenue, owner: '某人' }, 'owner'],
    ['text for a truth value', { ...newVenue, is_internal: 'yes' }, 'is_internal'],
  ])('with %s is refused with the field named', async (_what, body, field) => {
    const before = await count(everyVenue)
    const answer = await app.post('/api/venues', body)
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer)).toContain(field)
    expect(await count(everyVenue)).toBe(before)
  })

  it.each([
    ['lon and lat swapped', { geometry: { type: 'Point', coordinates: [35.7, 114] } }, 'geometry'],
    ['a door in the sea', { doors: [{ kind: 'main', position: [0, 0] }] }, 'doors.0.position'],
    [
      'an open footprint',
      { footprint: { type: 'Polygon', coordinates: [[at(0, 0), at(1, 0), at(1, 1), at(0, 1)]] } },
      'footprint',
    ],
    [
      'a footprint that crosses itself',
      { footprint: { type: 'Polygon', coordinates: [[at(0, 0), at(9, 9), at(9, 0), at(0, 9), at(0, 0)]] } },
      'footprint',
    ],
  ])('with %s is refused and nothing is stored', async (_what, wrong, field) => {
    const before = await count(everyVenue)
    const answer = await app.post('/api/venues', { ...newVenue, ...wrong })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer)).toEqual([field])
    expect(await count(everyVenue)).toBe(before)
    const id = await idOf('蓝天网吧')
    const version = (await app.get(`/api/venues/${id}`)).body.properties.version
    expect((await app.patch(`/api/venues/${id}`, wrong)).status).toBe(422)
    expect((await app.get(`/api/venues/${id}`)).body.properties.version).toBe(version)
  })

  it('is created with doors and footprint, and read again as written', async () => {
    const doors = [
      { kind: 'main', position: at(5060, 2930), position_error_m: 1 },
      { kind: 'side', position: at(5065, 2925) },
    ]
    const footprint = rectangle(5050, 2920, 5070, 2932)
    const created = await app.post('/api/venues', {
      ...newVenue,
      doors,
      footprint,
      licence_no: 'L-77',
      licence_expires_on: '2027-01-31',
      codes: { licence_code: 'F5210' },
    })
    expect(created.status).toBe(201)
    expect(changesOf(created)).toEqual([0, 0, 0])
    expect((await app.get(`/api/venues/${created.body.id}`)).body).toEqual(created.body)
    expect(created.body.geometry).toEqual(QUIET)
    expect(created.body.properties).toMatchObject({
      name: '星辰网吧',
      kind: 'internet_cafe',
      kind_source: 'given',
      kind_confidence: 1,
      status: 'open',
      region_code: '410902101',
      station_code: 'PS-0902-01',
      licence_no: 'L-77',
      licence_expires_on: '2027-01-31',
      is_internal: false,
      position_error_m: 30,
      findings: 0,
      doors: [doors[0], { ...doors[1], position_error_m: 3 }],
      footprint: { type: 'MultiPolygon', coordinates: [footprint.coordinates] },
      version: 1,
    })
    const twin = await app.post('/api/venues', newVenue)
    expect(twin.status).toBe(409)
    expect(twin.body.code).toBe('duplicate')
  })

  it('is flagged at once, follows its moves, and its findings end with it', async () => {
    const created = await app.post('/api/venues', {
      ...newVenue,
      name: '新月网吧',
      position_error_m: 3,
      geometry: near(6, 60, -50),
    })
    expect(changesOf(created)).toEqual([1, 0, 0])
    const { id } = created.body
    expect(created.body.properties.findings).toBe(1)
    const [flagged] = await findingsOf(`venue_id=${id}`)
    expect(flagged.properties).toMatchObject({ state: 'suspected', rule_code: 'TOWN-NET-200', venue_name: '新月网吧' })
    expect(flagged.properties.distance_m).toBeCloseTo(50, 0)

    const nearer = await app.patch(`/api/venues/${id}`, { geometry: near(6, 60, -40) })
    expect(changesOf(nearer)).toEqual([0, 1, 0])
    const [again] = await findingsOf(`venue_id=${id}`)
    expect(again.properties.distance_m).toBeCloseTo(40, 0)
    expect(again.properties.first_detected_at).toBe(flagged.properties.first_detected_at)

    const away = await app.patch(`/api/venues/${id}`, { geometry: QUIET })
    expect(changesOf(away)).toEqual([0, 0, 1])
    expect(await findingsOf(`venue_id=${id}`)).toEqual([])
    expect(changesOf(await app.patch(`/api/venues/${id}`, { geometry: near(6, 60, -40) }))).toEqual([1, 0, 0])

    const closed = await app.post(`/api/venues/${id}/close`, { reason: '搬迁', on: '2026-11-21' })
    expect(changesOf(closed)).toEqual([0, 0, 1])
    expect(closed.body.properties).toMatchObject({ status: 'closed', closed_on: '2026-11-21', closed_reason: '搬迁' })
    const history = await findingsOf(`venue_id=${id}&ended=true`)
    expect(history.map((f: { properties: { ended_reason: string } }) => f.properties.ended_reason)).toEqual([
      'superseded',
      'out_of_reach',
      'venue_closed',
    ])
    expect((await app.post(`/api/venues/${id}/close`, { reason: '搬迁' })).body.code).toBe('already_closed')
    const reopened = await app.patch(`/api/venues/${id}`, { status: 'open' })
    expect(changesOf(reopened)).toEqual([1, 0, 0])
    expect(reopened.body.properties).toMatchObject({ closed_on: null, closed_reason: null })
    await app.post(`/api/venues/${id}/close`, { reason: '搬迁' })
  })

  it('whose doors are replaced is measured from the new ones', async () => {
    const id = await idOf('夜色酒吧')
    const before = (await app.get(`/api/venues/${id}`)).body
    expect(before.properties.doors.map((door: { kind: string }) => door.kind)).toEqual(['main', 'fire_exit'])
    const [measured] = await findingsOf(`venue_id=${id}`)
    expect(measured.properties.target).toBe('door')
    expect(measured.properties.distance_m).toBeCloseTo(140, 0)

    const same = await app.patch(`/api/venues/${id}`, { doors: before.properties.doors })
    expect(changesOf(same)).toEqual([0, 0, 0])
    expect(same.body.properties.version).toBe(before.properties.version)

    const door = { kind: 'main', position: near(6, 60, -130).coordinates, position_error_m: 1 }
    const changed = await app.patch(`/api/venues/${id}`, { doors: [door] })
    expect(changesOf(changed)).toEqual([0, 1, 0])
    expect(changed.body.properties).toMatchObject({ doors: [door], version: before.properties.version + 1 })
    expect((await findingsOf(`venue_id=${id}`))[0].properties.distance_m).toBeCloseTo(130, 0)

    const bare = await app.patch(`/api/venues/${id}`, { doors: [], footprint: null })
    expect(bare.body.properties).toMatchObject({ doors: [], footprint: null })
    expect((await findingsOf(`venue_id=${id}`))[0].properties).toMatchObject({ target: 'position', door_id: null })
  })

  it('keeps what a change leaves out, and where its coordinates came from', async () => {
    const id = await idOf('清风书店')
    const before = (await app.get(`/api/venues/${id}`)).body
    await database.db
      .updateTable('venues')
      .set({ source_crs: 'gcj02', conversion: 'gcj02-exact/1' })
      .where('id', '=', id)
      .execute()
    const changed = await app.patch(`/api/venues/${id}`, { address: null, licence_no: 'L-9' })
    expect(changed.body.geometry).toEqual(before.geometry)
    expect(changed.body.properties).toMatchObject({
      address: null,
      licence_no: 'L-9',
      name: '清风书店',
      source: 'town',
      source_crs: 'gcj02',
      conversion: 'gcj02-exact/1',
    })
    const moved = await app.patch(`/api/venues/${id}`, { geometry: near(0, 210, 40) })
    expect(moved.body.properties).toMatchObject({ source_crs: 'wgs84', conversion: null })
  })

  it('whose kind a person states is known for certain', async () => {
    const guessed = { kind: 'restaurant', kind_source: 'name', kind_confidence: 0.6, kind_matched: '店' }
    const created = await app.post('/api/venues', { ...newVenue, ...guessed, name: '老王书店' })
    expect(created.body.properties).toMatchObject(guessed)
    const stated = await app.patch(`/api/venues/${created.body.id}`, { kind: 'bookshop' })
    expect(stated.body.properties).toMatchObject({
      kind: 'bookshop',
      kind_source: 'given',
      kind_confidence: 1,
      kind_matched: null,
    })
  })

  it('is changed only by who has seen it as it is', async () => {
    const id = await idOf('蓝天网吧')
    const { version } = (await app.get(`/api/venues/${id}`)).body.properties
    expect((await app.patch(`/api/venues/${id}`, { name: '蓝天网咖' }, { 'if-match': `"${version}"` })).status).toBe(
      200,
    )
    const late = await app.patch(`/api/venues/${id}`, { name: '晚到' }, { 'if-match': `"${version}"` })
    expect(late.status).toBe(409)
    expect(late.body.code).toBe('version_conflict')
    expect((await app.post(`/api/venues/${id}/close`, { reason: '误' }, { 'if-match': `"${version}"` })).status).toBe(
      409,
    )
    expect((await app.get(`/api/venues/${id}`)).body.properties).toMatchObject({ name: '蓝天网咖', status: 'open' })
  })

  it('takes the identity of the row that an import finds it by', async () => {
    const created = await app.post('/api/venues', { ...newVenue, name: '归一书屋', kind: 'bookshop' })
    const delivered = {
      ...newVenue,
      name: '归一书屋',
      kind: 'bookshop',
      source: 'bureau',
      external_id: 'B-1',
      address: '一号',
    }
    const twin = await app.post('/api/venues', delivered)
    expect(twin.status).toBe(409)
    // Nothing of the refused row is kept.
    expect((await app.get(`/api/venues/${created.body.id}`)).body.properties).toMatchObject({
      source: 'manual',
      external_id: null,
      address: null,
    })
  })

  it('is found by the day its licence runs out', async () => {
    const names = async (query: string) =>
      (await app.get(`/api/venues?${query}`)).body.features.map(
        (f: { properties: { name: string } }) => f.properties.name,
      )
    expect(await names('expires_before=2027-01-01')).toEqual(['夜色酒吧'])
    expect(await names('expires_before=2026-12-31')).toEqual([])
    expect(fieldsOf(await app.get('/api/venues?expires_before=soon'))).toEqual(['expires_before'])
  })
})

describe('a street stall', () => {
  const seen = {
    sighted_at: '2026-11-22T16:30:00+08:00',
    stall_type: 'mobile',
    goods: '烤肠',
    geometry: near(8, 60, -20),
  }

  it('that is not there is 404', async () => {
    expect((await app.get('/api/stalls/999999')).status).toBe(404)
    expect((await app.patch('/api/stalls/999999', { goods: '无' })).status).toBe(404)
    expect((await app.post('/api/stalls/999999/close', { reason: '清理' })).status).toBe(404)
  })

  it.each([
    ['no moment', { geometry: QUIET }, 400, 'sighted_at'],
    ['a day for a moment', { ...seen, sighted_at: '2026-11-22' }, 400, 'sighted_at'],
    ['an unknown type', { ...seen, stall_type: 'boat' }, 400, 'stall_type'],
    ['swapped coordinates', { ...seen, geometry: { type: 'Point', coordinates: [35.7, 114] } }, 422, 'geometry'],
  ])('with %s is refused and nothing is stored', async (_what, body, status, field) => {
    const before = await count(everyStall)
    const answer = await app.post('/api/stalls', body)
    expect(answer.status).toBe(status)
    expect(fieldsOf(answer)).toContain(field)
    expect(await count(everyStall)).toBe(before)
  })

  it('is recorded, flagged, moved and cleared', async () => {
    const created = await app.post('/api/stalls', seen)
    expect(created.status).toBe(201)
    expect(changesOf(created)).toEqual([0, 0, 0])
    expect((await app.get(`/api/stalls/${created.body.id}`)).body).toEqual(created.body)
    expect(created.body.properties).toMatchObject({
      name: null,
      stall_type: 'mobile',
      status: 'present',
      goods: '烤肠',
      position_error_m: 5,
      region_code: '410902101',
      findings: 0,
      version: 1,
    })
    expect(new Date(created.body.properties.sighted_at)).toEqual(new Date(seen.sighted_at))
    expect((await app.post('/api/stalls', seen)).body.code).toBe('duplicate')

    const path = `/api/stalls/${created.body.id}`
    const moved = await app.patch(path, { geometry: near(6, 60, -20), name: '小张烤肠' })
    expect(changesOf(moved)).toEqual([1, 0, 0])
    expect(moved.body.properties).toMatchObject({ name: '小张烤肠', goods: '烤肠', findings: 1, version: 2 })
    expect((await app.patch(path, { goods: '饮料' }, { 'if-match': '"1"' })).body.code).toBe('version_conflict')
    const [flagged] = await findingsOf(`stall_id=${created.body.id}`)
    expect(flagged.properties).toMatchObject({
      rule_code: 'TOWN-STALL-50',
      severity: 'inspect',
      venue_id: null,
      stall_id: created.body.id,
      venue_name: '小张烤肠',
      venue_kind: 'street_stall',
      target: 'stall',
    })

    const cleared = await app.post(`${path}/close`, { reason: '劝离' })
    expect(changesOf(cleared)).toEqual([0, 0, 1])
    expect(cleared.body.properties).toMatchObject({
      status: 'cleared',
      cleared_on: '2026-11-23',
      cleared_reason: '劝离',
      findings: 0,
    })
    expect((await app.post(`${path}/close`, { reason: '劝离' })).body.code).toBe('already_closed')
    expect(await count('/api/stalls')).toBe(3)
    expect(await count(everyStall)).toBe(4)
  })
})
