import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTIVE_RULES, DRAFT_RULES, RULE_SOURCES } from '../fixtures/town.ts'
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
  (await app.get(`/api/rules?${query}`)).body.rules.map((rule: { code: string }) => rule.code).sort()
const idOf = async (code: string): Promise<number> => (await app.get(`/api/rules?q=${code}`)).body.rules[0].id
const findingsOf = async (code: string): Promise<number> =>
  (await app.get(`/api/findings?rule=${code}`)).body.numberMatched

let draftedAt: string
const newRule = { ...ACTIVE_RULES[0]!, code: 'TOWN-NET-400', threshold_m: 400 }

describe('the list of rules', () => {
  it('tells all of them with their sources and findings', async () => {
    const { body } = await app.get('/api/rules')
    expect(body).toMatchObject({ numberMatched: 6, numberReturned: 6 })
    const net = body.rules.find((rule: { code: string }) => rule.code === 'TOWN-NET-200')
    const { source_code, ...given } = ACTIVE_RULES[0]!
    expect(net).toMatchObject({ ...given, status: 'active', findings: 4, official_text: null, version: 2 })
    expect(net.source).toMatchObject({ ...RULE_SOURCES[0], code: source_code, doc_no: null })
  })

  it('is filtered by status, kind, jurisdiction and text', async () => {
    expect(await codes('status=draft')).toEqual(['TOWN-BOOK-300'])
    expect(await codes('kind=bar,tobacco')).toEqual(['TOWN-KTV-200', 'TOWN-TOBACCO-WALK-100'])
    expect(await codes('jurisdiction=000000')).toEqual([])
    expect(await codes('jurisdiction=000000,410900')).toHaveLength(6)
    expect(await codes('q=stall')).toEqual(['TOWN-STALL-50'])
    expect(await codes(`q=${encodeURIComponent('校园周边')}&status=active`)).toHaveLength(5)
    expect(await codes('as_of=2026-10-01T00:00:00Z')).toEqual([])
  })
})

describe('a rule', () => {
  it('that is not there is 404', async () => {
    expect((await app.get('/api/rules/999999')).status).toBe(404)
    expect((await app.patch('/api/rules/999999', { notes: null })).status).toBe(404)
    expect((await app.post('/api/rules/999999/retire', { reason: '废止' })).status).toBe(404)
  })

  it.each([
    ['a code in small letters', { ...newRule, code: 'net' }, 400, 'code'],
    ['no threshold', { ...newRule, threshold_m: undefined }, 400, 'threshold_m'],
    ['a threshold beyond reach', { ...newRule, threshold_m: 2001 }, 400, 'threshold_m'],
    ['an unknown venue kind', { ...newRule, venue_kinds: ['casino'] }, 400, 'venue_kinds.0'],
    ['a status of its own', { ...newRule, status: 'active' }, 400, 'status'],
    ['an end before its beginning', { ...newRule, effective_to: '2019-12-31' }, 422, 'effective_to'],
    ['a fixed date that is missing', { ...newRule, grandfather_policy: 'fixed_date' }, 422, 'grandfather_until'],
  ])('with %s is refused with the field named', async (_what, body, status, field) => {
    const answer = await app.post('/api/rules', body)
    expect(answer.status).toBe(status)
    expect(fieldsOf(answer)).toContain(field)
    expect(await codes()).toHaveLength(6)
  })

  it('needs a source that is on file', async () => {
    const answer = await app.post('/api/rules', { ...newRule, source_code: 'NOWHERE' })
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('unknown_rule_source')
  })

  it('is drafted, reviewed and activated, and finds something only then', async () => {
    const created = await app.post('/api/rules', newRule)
    expect(created.status).toBe(201)
    expect(created.headers['content-type']).toContain('application/json')
    expect(changesOf(created)).toEqual([0, 0, 0])
    expect(created.body).toMatchObject({ code: 'TOWN-NET-400', status: 'draft', version: 1, findings: 0 })
    draftedAt = encodeURIComponent(created.body.valid_from)
    const path = `/api/rules/${created.body.id}`
    expect((await app.get(path)).body).toEqual(created.body)
    expect((await app.post('/api/rules', newRule)).status).toBe(409)

    const hasty = await app.patch(path, { status: 'active' })
    expect(hasty.status).toBe(409)
    expect(hasty.body.code).toBe('bad_rule_transition')
    expect(changesOf(await app.patch(path, { status: 'reviewed', official_text: '原文由审核人填写' }))).toEqual([
      0, 0, 0,
    ])
    const active = await app.patch(path, { status: 'active' }, { 'if-match': '"2"' })
    // The four that are within 200 m, and the café at 350 m.
    expect(changesOf(active)).toEqual([5, 0, 0])
    expect(active.body).toMatchObject({ status: 'active', version: 3, findings: 5, official_text: '原文由审核人填写' })
    expect(await findingsOf('TOWN-NET-400')).toBe(5)

    const tightened = await app.patch(path, { threshold_m: 300 })
    expect(changesOf(tightened)).toEqual([0, 4, 1])
    const same = await app.patch(path, { threshold_m: 300, status: 'active' })
    expect(changesOf(same)).toEqual([0, 0, 0])
    expect(same.body).toEqual(tightened.body)
    expect((await app.patch(path, {})).body.version).toBe(tightened.body.version)
    expect((await app.patch(path, { threshold_m: 100 }, { 'if-match': '"3"' })).body.code).toBe('version_conflict')

    const retired = await app.post(`${path}/retire`, { reason: '被新规替代', on: '2026-11-22' })
    expect(retired.status).toBe(200)
    expect(changesOf(retired)).toEqual([0, 0, 4])
    expect(retired.body).toMatchObject({ status: 'retired', findings: 0, notes: '2026-11-22 停用：被新规替代' })
    expect(await findingsOf('TOWN-NET-400')).toBe(0)
    expect((await app.post(`${path}/retire`, { reason: '再次' })).body.code).toBe('already_closed')
    const ended = (await app.get('/api/findings?rule=TOWN-NET-400&ended=true')).body.features
    expect(new Set(ended.map((f: { properties: { ended_reason: string } }) => f.properties.ended_reason))).toEqual(
      new Set(['superseded', 'out_of_reach', 'rule_not_in_force']),
    )
  })

  it('is shown as it was', async () => {
    const id = await idOf('TOWN-NET-400')
    expect((await app.get(`/api/rules/${id}?as_of=2026-11-20T00:00:00Z`)).status).toBe(404)
    const draft = (await app.get(`/api/rules/${id}?as_of=${draftedAt}`)).body
    expect(draft).toMatchObject({ status: 'draft', version: 1, official_text: null })
  })

  it('keeps the dates of a change in order', async () => {
    const id = await idOf(DRAFT_RULES[0]!.code)
    const answer = await app.patch(`/api/rules/${id}`, { effective_to: '2019-01-01' })
    expect(answer.status).toBe(422)
    expect(fieldsOf(answer)).toEqual(['effective_to'])
    expect(fieldsOf(await app.patch(`/api/rules/${id}`, { grandfather_policy: 'fixed_date' }))).toEqual([
      'grandfather_until',
    ])
    const ended = await app.patch(`/api/rules/${id}`, { effective_to: '2026-01-01', co_departments: ['教育', '城管'] })
    expect(ended.body).toMatchObject({ effective_to: '2026-01-01', co_departments: ['教育', '城管'] })
    expect((await app.patch(`/api/rules/${id}`, { effective_to: null })).body.effective_to).toBeNull()
  })
})

describe('a rule source', () => {
  const source = { ...RULE_SOURCES[0]!, code: 'TOWN-REG-2', title: '另一部办法', url: null }

  it('is added once and listed', async () => {
    expect(fieldsOf(await app.post('/api/rule-sources', { ...source, jurisdiction: '41' }))).toEqual(['jurisdiction'])
    const created = await app.post('/api/rule-sources', source)
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject(source)
    const again = await app.post('/api/rule-sources', { ...source, title: '改名' })
    expect(again.status).toBe(409)
    const { body } = await app.get('/api/rule-sources')
    expect(body.numberMatched).toBe(2)
    expect(body.sources).toContainEqual(created.body)
  })
})
