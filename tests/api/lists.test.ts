import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BY_HAND } from '../../server/http/change.ts'
import { encodeCursor } from '../../server/http/collection.ts'
import type { StallInput, VenueInput } from '../../server/venues/schemas.ts'
import { writeStalls, writeVenues } from '../../server/venues/service.ts'
import { at, point } from '../fixtures/town.ts'
import { fieldsOf, freshApp, openTestDatabase, type TestApp, type TestDatabase, walkPages } from '../harness.ts'
import { pick, seeded } from './random.ts'

/** What all collections have in common, over the town with many more venues and stalls. */
let database: TestDatabase
let app: TestApp
beforeAll(async () => {
  database = await openTestDatabase({ town: true })
  app = await freshApp(database)
  const random = seeded(20261123)
  const place = () => point(500 + 5500 * random(), 500 + 2500 * random())
  const venues = Array.from(
    { length: 150 },
    (_, n): VenueInput => ({
      name: `${pick(random, ['东风', '长城', '和平', '幸福'])}${pick(random, ['网吧', '歌厅', '烟酒', '书店'])}${n}`,
      kind: pick(random, ['internet_cafe', 'song_dance', 'bar', 'tobacco', 'bookshop']),
      status: pick(random, ['open', 'open', 'open', 'suspended', 'closed']),
      is_internal: random() < 0.1,
      licence_expires_on: pick(random, [null, '2026-12-01', '2027-06-30', '2020-01-01']),
      position_error_m: pick(random, [3, 30]),
      geometry: place(),
    }),
  )
  const stalls = Array.from(
    { length: 30 },
    (_, n): StallInput => ({ name: null, goods: `货${n}`, sighted_at: '2026-11-20T08:00:00Z', geometry: place() }),
  )
  await app.services.applyChange('test.crowd', async (trx) => {
    const { scope, layers } = await writeVenues(trx, venues, BY_HAND)
    return { result: null, scope, layers }
  })
  await app.services.applyChange('test.crowd', async (trx) => {
    const { scope, layers } = await writeStalls(trx, stalls, BY_HAND)
    return { result: null, scope, layers }
  })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const COLLECTIONS = ['schools', 'gates', 'venues', 'stalls', 'regions', 'roads', 'zones', 'findings'] as const
const matched = async (url: string): Promise<number> => (await app.get(url)).body.numberMatched

describe.each(COLLECTIONS)('the collection of %s', (name) => {
  const path = `/api/${name}`

  it('is walked by cursor: every row once, in order', async () => {
    const all = (await app.get(`${path}?limit=10000`)).body
    expect(all.numberReturned).toBe(all.numberMatched)
    expect(all.links).toEqual([])
    const ids = all.features.map((feature: { id: number }) => feature.id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => (a as number) - (b as number)))
    for (const limit of [1, 7, ids.length - 1, ids.length]) {
      const walked = await walkPages(app, `${path}?limit=${Math.max(1, limit)}`)
      expect(walked).toEqual(all.features)
    }
  })

  it('answers as GeoJSON', async () => {
    const answer = await app.get(`${path}?limit=1`)
    expect(answer.headers['content-type']).toBe('application/geo+json; charset=utf-8')
    expect(answer.body.features[0].type).toBe('Feature')
    expect(Number.isNaN(Date.parse(answer.body.timeStamp))).toBe(false)
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=10001', 'limit'],
    ['limit=many', 'limit'],
    ['as_of=yesterday', 'as_of'],
    ['as_of=2026-11-23', 'as_of'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const answer = await app.get(`${path}?${query}`)
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer)).toEqual([field])
  })

  it.each([
    'abc',
    encodeCursor(['x']),
    encodeCursor([1.5]),
    encodeCursor([1, 2, 3]),
    encodeCursor([]),
    Buffer.from('{"a":1}').toString('base64url'),
    Buffer.from('[1e999]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    const answer = await app.get(`${path}?cursor=${cursor}`)
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('bad_cursor')
  })

  it.each(['1,2,3', '1,2,3,x', '1,2,3,', '114,36,113,37', '114,36,115,35', '-181,0,0,0', '0,0,0,91', 'NaN,0,1,1', ''])(
    'refuses the bbox "%s"',
    async (bbox) => {
      const answer = await app.get(`${path}?bbox=${bbox}`)
      expect(answer.status).toBe(400)
      expect(answer.body.code).toBe('bad_bbox')
    },
  )

  it('is cut by bbox, from the whole world to nothing', async () => {
    const all = await matched(path)
    expect(all).toBeGreaterThan(0)
    expect(await matched(`${path}?bbox=-180,-90,180,90`)).toBe(all)
    expect(await matched(`${path}?bbox=73,3,136,54`)).toBe(all)
    expect(await matched(`${path}?bbox=100,35,100,35`)).toBe(0)
    expect(await matched(`${path}?bbox=-120,30,-110,40`)).toBe(0)
    const west = await matched(`${path}?bbox=${[...at(0, 0), ...at(3500, 4000)]}`)
    const east = await matched(`${path}?bbox=${[...at(3500, 0), ...at(7000, 4000)]}`)
    expect(west).toBeGreaterThan(0)
    expect(east).toBeGreaterThan(0)
    expect(west + east).toBeGreaterThanOrEqual(all)
  })

  it('was empty before the town was built', async () => {
    expect(await matched(`${path}?as_of=2026-10-31T23:59:59Z`)).toBe(0)
    expect(await matched(`${path}?as_of=2026-11-01T08:00:00%2B08:00`)).toBeGreaterThan(0)
  })

  it('repeats the filters in its next link', async () => {
    const query = `bbox=73,3,136,54&as_of=2026-11-25T00:00:00Z&limit=1`
    const { body } = await app.get(`${path}?${query}`)
    const next = new URL(body.links[0].href, 'http://localhost')
    expect(next.pathname).toBe(path)
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ bbox: '73,3,136,54', limit: '1' })
    expect(await walkPages(app, `${path}?${query}`)).toHaveLength(body.numberMatched)
  })

  it('takes odd texts for what they are', async () => {
    for (const q of ["'; drop table schools; --", '%', '_', '\\', '100%', '"', '校', '\u{20BB7}'])
      expect((await app.get(`${path}?q=${encodeURIComponent(q)}`)).status, q).toBe(200)
    expect(await matched(`${path}?q=${encodeURIComponent('%')}`)).toBe(0)
    expect((await app.get(`${path}?q=${encodeURIComponent('a\u0000b')}`)).status).toBe(400)
    expect((await app.get(`${path}?q=${'长'.repeat(101)}`)).status).toBe(400)
  })
})

type Facets = Record<string, { value: string; count: number }[]> & { numberMatched: number }
const withQuery = (path: string, filter: Record<string, string>) => `${path}?${new URLSearchParams(filter)}`

/** For each facet: the filter it counts for, and every value that filter may have. */
const FACETED = {
  schools: {
    kind: ['kind', ['primary', 'junior', 'senior', 'secondary_vocational', 'kindergarten', 'training', 'higher']],
    status: ['status', ['open', 'planned', 'closed']],
    state: ['state', ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt']],
    rule: ['rule', ['TOWN-NET-200', 'TOWN-KTV-200', 'TOWN-STALL-50', 'TOWN-LOTTERY-100', 'TOWN-BOOK-300']],
    region: ['region', ['410902100', '410902101']],
  },
  venues: {
    kind: ['kind', ['internet_cafe', 'song_dance', 'bar', 'tobacco', 'bookshop', 'lottery_exclusive', 'clinic']],
    status: ['status', ['open', 'suspended', 'closed']],
    state: ['state', ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt']],
    rule: ['rule', ['TOWN-NET-200', 'TOWN-KTV-200', 'TOWN-TOBACCO-WALK-100', 'TOWN-BOOK-300']],
    region: ['region', ['410902100', '410902101']],
  },
  findings: {
    state: ['state', ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt']],
    venue_kind: [
      'kind',
      ['internet_cafe', 'song_dance', 'bar', 'tobacco', 'street_stall', 'lottery_exclusive', 'clinic'],
    ],
    rule: ['rule', ['TOWN-NET-200', 'TOWN-KTV-200', 'TOWN-STALL-50', 'TOWN-LOTTERY-100', 'TOWN-BOOK-300']],
    school_kind: ['school_kind', ['primary', 'junior', 'senior', 'secondary_vocational', 'kindergarten', 'training']],
    region: ['region', ['410902100', '410902101']],
  },
} as const

const OTHER_FILTERS: Record<keyof typeof FACETED, [string, string][]> = {
  schools: [
    ['q', '小学'],
    ['bbox', [...at(0, 0), ...at(3500, 4000)].join()],
    ['as_of', '2026-11-10T00:00:00Z'],
  ],
  venues: [
    ['q', '网吧'],
    ['expires_before', '2027-01-01'],
    ['bbox', [...at(0, 0), ...at(3500, 4000)].join()],
    ['as_of', '2026-11-10T00:00:00Z'],
  ],
  findings: [
    ['q', '网吧'],
    ['severity', 'prohibit,inspect'],
    ['inside', 'true'],
    ['bbox', [...at(0, 0), ...at(3500, 4000)].join()],
    ['as_of', '2026-11-10T00:00:00Z'],
    ['ended', 'true'],
  ],
}

function randomFilter(random: () => number, name: keyof typeof FACETED): Record<string, string> {
  const filter: Record<string, string> = {}
  for (const [parameter, values] of Object.values(FACETED[name]))
    if (random() < 0.4) filter[parameter] = [...new Set([pick(random, values), pick(random, values)])].join()
  for (const [parameter, value] of OTHER_FILTERS[name]) if (random() < 0.2) filter[parameter] = value
  return filter
}

describe.each(Object.keys(FACETED) as (keyof typeof FACETED)[])('facets of %s', (name) => {
  const random = seeded(7)
  const filters = [{}, ...Array.from({ length: 5 }, () => randomFilter(random, name))]

  it.each(filters)('count what the list would show for %j', async (filter) => {
    const facets: Facets = (await app.get(withQuery(`/api/${name}/facets`, filter))).body
    expect(facets.numberMatched).toBe(await matched(withQuery(`/api/${name}`, filter)))
    for (const [facet, [parameter, values]] of Object.entries(FACETED[name])) {
      const counted = Object.fromEntries(facets[facet]!.map(({ value, count }) => [value, count]))
      const expected: Record<string, number> = {}
      for (const value of values) {
        const count = await matched(withQuery(`/api/${name}`, { ...filter, [parameter]: value }))
        if (count > 0) expected[value] = count
      }
      expect(counted, facet).toMatchObject(expected)
      for (const { count } of facets[facet]!) expect(count).toBeGreaterThan(0)
      const counts = facets[facet]!.map(({ count }) => count)
      expect(counts).toEqual(counts.toSorted((a, b) => b - a))
      const unexpected = Object.keys(counted).filter((value) => !(value in expected))
      expect(
        unexpected.filter((value) => (values as readonly string[]).includes(value)),
        facet,
      ).toEqual([])
    }
  })
})

describe('facets of findings', () => {
  it('count distinct venues and schools', async () => {
    const { features } = (await app.get('/api/findings?limit=10000')).body
    const facets = (await app.get('/api/findings/facets')).body
    type Row = { properties: { school_id: number; venue_id: number | null; stall_id: number | null } }
    const places = features.map(({ properties }: Row) => `${properties.venue_id}/${properties.stall_id}`)
    expect(facets.venues).toBe(new Set(places).size)
    expect(facets.schools).toBe(new Set(features.map(({ properties }: Row) => properties.school_id)).size)
  })
})
