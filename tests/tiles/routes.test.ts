/** Versions, caching and refusals of the tile service, over HTTP. */
import { gunzipSync } from 'node:zlib'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { type KyselyPlugin, sql } from 'kysely'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/connect.ts'
import { handleError } from '../../server/http/errors.ts'
import { TILE_LAYERS, type TileLayer } from '../../server/tiles/layers.ts'
import { tileVersions } from '../../server/tiles/queries.ts'
import { registerTiles, type TileOptions } from '../../server/tiles/routes.ts'
import { TileJson } from '../../server/tiles/schemas.ts'
import { engineUnderTest, openTestDatabase, type TestDatabase } from '../harness.ts'
import { decode } from './decoded.ts'
import { fillTown, planTown } from './random-town.ts'

const town = planTown(7)
let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
  await fillTown(database.db, town)
})
afterAll(() => database.drop())

function serve(over: Database = database, options: TileOptions = {}) {
  const app = Fastify().setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setErrorHandler(handleError)
  registerTiles(app as never, over, options)
  return async (url: string, headers: Record<string, string> = {}) => {
    const { statusCode: status, headers: sent, rawPayload: bytes, body } = await app.inject({ url, headers })
    return { status, headers: sent as Record<string, string | undefined>, bytes, body }
  }
}
const versionOf = async (layer: TileLayer) => (await tileVersions(database.db))[layer]
const bump = (...layers: string[]) =>
  sql`update dataset_versions set version = version + 1 where layer = any(${layers}::text[])`.execute(database.db)

/** The same database, and how many statements went through it. */
function counted(): { database: Database; count: () => number } {
  let statements = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      statements += 1
      return result
    },
  }
  const db = database.db.withPlugin(plugin)
  return { database: { ...database, db, read: db }, count: () => statements }
}

const FOREVER = 'public, max-age=31536000, immutable'
/** A tile of the middle of the town. */
const TILE = '14/13393/6728'

describe('versions', () => {
  it('the version of a layer moves with everything it shows', async () => {
    const before = await tileVersions(database.db)
    await bump('findings')
    const after = await tileVersions(database.db)
    const moved = TILE_LAYERS.filter((layer) => after[layer] !== before[layer])
    expect(moved).toEqual(['schools', 'venues', 'findings'])
    for (const layer of moved) expect(after[layer]).toBe(before[layer] + 1)
    await bump('stalls', 'rules')
    const last = await tileVersions(database.db)
    expect([last.venues - after.venues, last.findings - after.findings, last.schools - after.schools]).toEqual([
      1, 2, 0,
    ])
  })

  it('the current version may be kept for ever; none, an older or a newer one must be asked again', async () => {
    const get = serve()
    const v = await versionOf('venues')
    for (const [query, control] of [
      [`?v=${v}`, FOREVER],
      ['', 'no-cache'],
      [`?v=${v - 1}`, 'no-cache'],
      [`?v=${v + 5}`, 'no-cache'],
    ]) {
      const { status, headers, bytes } = await get(`/tiles/venues/${TILE}.mvt${query}`)
      expect(status).toBe(200)
      expect(headers['cache-control'], query).toBe(control)
      expect(headers.etag).toBe(`"venues-${v}-14-13393-6728"`)
      expect(headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
      expect(decode(bytes).venues!.length).toBeGreaterThan(5)
    }
  })

  it('after a change the old URL keeps its content, the new one and the plain one have the new', async () => {
    const get = serve()
    const url = `/tiles/venues/${TILE}.mvt`
    const old = await versionOf('venues')
    const before = await get(`${url}?v=${old}`)
    const [first] = decode(before.bytes).venues!
    await sql`update venues set status = 'closed' where id = ${first!.id!}`.execute(database.db)
    await bump('venues')
    const shows = (bytes: Buffer) => decode(bytes).venues!.some(({ id }) => id === first!.id)

    const kept = await get(`${url}?v=${old}`)
    expect([kept.headers['cache-control'], kept.bytes.equals(before.bytes)]).toEqual([FOREVER, true])
    const fresh = await get(`${url}?v=${old + 1}`)
    expect([fresh.headers['cache-control'], fresh.headers.etag, shows(fresh.bytes)]).toEqual([
      FOREVER,
      `"venues-${old + 1}-14-13393-6728"`,
      false,
    ])
    const plain = await get(url)
    expect([plain.headers['cache-control'], shows(plain.bytes)]).toEqual(['no-cache', false])
    // Another process never saw the old version: it says what is true and that it may not be kept.
    const elsewhere = await serve()(`${url}?v=${old}`)
    expect([elsewhere.headers['cache-control'], elsewhere.headers.etag, shows(elsewhere.bytes)]).toEqual([
      'no-cache',
      fresh.headers.etag,
      false,
    ])
  })

  it('a plain URL never misses a change, also when the process has seen the version before', async () => {
    const get = serve()
    const url = `/tiles/schools/${TILE}.mvt`
    const tags = new Set<string | undefined>()
    for (let change = 0; change < 3; change++) {
      tags.add((await get(url)).headers.etag)
      await bump('schools')
    }
    expect(tags.size).toBe(3)
  })

  it.skipIf(engineUnderTest !== 'postgres')(
    'a replica that lags behind is passed over for what it does not know yet',
    async () => {
      await database.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (lagging) => {
          const old = (await tileVersions(lagging)).roads
          await bump('roads')
          const get = serve({ ...database, read: lagging })
          const known = await get(`/tiles/roads/${TILE}.mvt?v=${old}`)
          expect(known.headers['cache-control']).toBe(FOREVER)
          const ahead = await get(`/tiles/roads/${TILE}.mvt?v=${old + 1}`)
          expect([ahead.headers['cache-control'], ahead.headers.etag]).toEqual([
            FOREVER,
            `"roads-${old + 1}-14-13393-6728"`,
          ])
          expect((await get('/tiles/roads.json')).body).toContain(`v=${old + 1}`)
          const plain = await get(`/tiles/roads/${TILE}.mvt`)
          expect([plain.headers['cache-control'], plain.headers.etag]).toEqual([
            'no-cache',
            `"roads-${old}-14-13393-6728"`,
          ])
        })
    },
  )
})

describe('If-None-Match', () => {
  it('answers 304 for the tag of the current version, alone, weak, in a list or as a star', async () => {
    const get = serve()
    const url = `/tiles/findings/${TILE}.mvt`
    const { etag } = (await get(url)).headers
    for (const header of [etag!, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, headers, bytes } = await get(url, { 'if-none-match': header })
      expect([status, headers.etag, headers['cache-control'], bytes.length], header).toEqual([304, etag, 'no-cache', 0])
    }
    expect((await get(url, { 'if-none-match': '"other"' })).status).toBe(200)
    const versioned = await get(`${url}?v=${await versionOf('findings')}`, { 'if-none-match': etag! })
    expect([versioned.status, versioned.headers['cache-control']]).toEqual([304, FOREVER])
  })

  it('sends the tile again after a change', async () => {
    const get = serve()
    const url = `/tiles/findings/${TILE}.mvt`
    const { etag } = (await get(url)).headers
    await bump('findings')
    const again = await get(url, { 'if-none-match': etag! })
    expect([again.status, again.headers.etag === etag]).toEqual([200, false])
  })
})

describe('cache', () => {
  it('a version it holds is answered without the database', async () => {
    const { database: over, count } = counted()
    const get = serve(over)
    const url = `/tiles/venues/${TILE}.mvt?v=${await versionOf('venues')}`
    const first = await get(url)
    const asked = count()
    expect(asked).toBeGreaterThan(0)
    for (let i = 0; i < 5; i++) expect((await get(url)).bytes.equals(first.bytes)).toBe(true)
    expect((await get(url, { 'if-none-match': first.headers.etag! })).status).toBe(304)
    expect(count()).toBe(asked)
  })

  it('one statement per tile once the version is known, and one for all who ask at once', async () => {
    const { database: over, count } = counted()
    const get = serve(over)
    const v = await versionOf('venues')
    await get(`/tiles/venues/14/13393/6728.mvt?v=${v}`)
    const before = count()
    await get(`/tiles/venues/14/13394/6728.mvt?v=${v}`)
    expect(count() - before).toBe(1)
    const all = await Promise.all(Array.from({ length: 20 }, () => get(`/tiles/venues/14/13393/6729.mvt?v=${v}`)))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect(count() - before).toBe(2)
  })

  it('a wrong version costs one small question, not the tile again', async () => {
    const { database: over, count } = counted()
    const get = serve(over)
    const v = await versionOf('venues')
    await get(`/tiles/venues/${TILE}.mvt?v=${v}`)
    const before = count()
    for (const wrong of [v - 1, v + 1_000_000]) await get(`/tiles/venues/${TILE}.mvt?v=${wrong}`)
    expect(count() - before).toBe(2)
  })

  it('holds no more than it may', async () => {
    const { database: over, count } = counted()
    const get = serve(over, { cache_bytes: 3000 })
    const v = await versionOf('venues')
    const urls = [13392, 13393, 13394, 13395, 13396].map((x) => `/tiles/venues/14/${x}/6728.mvt?v=${v}`)
    for (const url of urls) await get(url)
    const before = count()
    await get(urls[0]!)
    expect(count() - before).toBe(1)
  })

  it('a failed statement is not kept', async () => {
    let isBroken = true
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (isBroken) throw Object.assign(new Error('cancelled'), { code: '57014' })
        return result
      },
    }
    const db = database.db.withPlugin(plugin)
    const get = serve({ ...database, db, read: db })
    expect((await get(`/tiles/venues/${TILE}.mvt`)).status).toBe(503)
    isBroken = false
    expect((await get(`/tiles/venues/${TILE}.mvt`)).status).toBe(200)
  })
})

describe('encodings and emptiness', () => {
  it('gzip for those who accept it, the same bytes plain for the others', async () => {
    const get = serve()
    const url = '/tiles/venues/12/3348/1682.mvt'
    const plain = await get(url)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.bytes.length).toBeGreaterThan(1024)
    for (const accepted of ['gzip', 'br;q=1.0, gzip;q=0.5', 'deflate, GZIP', '*']) {
      const packed = await get(url, { 'accept-encoding': accepted })
      expect([packed.headers['content-encoding'], packed.headers.vary], accepted).toEqual(['gzip', 'accept-encoding'])
      expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true)
    }
    for (const refused of ['identity', 'gzip;q=0, *', 'br', '*;q=0'])
      expect((await get(url, { 'accept-encoding': refused })).headers['content-encoding'], refused).toBeUndefined()
  })

  it('a tile without features is 204 and may be kept like any other', async () => {
    const get = serve()
    const v = await versionOf('schools')
    const { status, headers, bytes } = await get(`/tiles/schools/14/13000/6728.mvt?v=${v}`)
    expect([status, bytes.length, headers['cache-control']]).toEqual([204, 0, FOREVER])
    expect(headers.etag).toBe(`"schools-${v}-14-13000-6728"`)
  })
})

describe('refusals', () => {
  it.each([
    ['/tiles/nothing/14/13393/6728.mvt', 'unknown_layer'],
    ['/tiles/nothing.json', 'unknown_layer'],
    ['/tiles/venues/14/16384/0.mvt', 'tile_out_of_range'],
    ['/tiles/venues/14/0/16384.mvt', 'tile_out_of_range'],
    ['/tiles/venues/17/0/0.mvt', 'tile_out_of_range'],
    ['/tiles/venues/99/0/0.mvt', 'tile_out_of_range'],
    ['/tiles/venues/5/0/0.mvt', 'tile_out_of_range'],
    ['/tiles/venues/14/99999999999999999999/0.mvt', 'tile_out_of_range'],
  ])('%s: 404 %s', async (url, code) => {
    const { status, headers, body } = await serve()(url)
    expect([status, headers['content-type'], JSON.parse(body).code]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      code,
    ])
  })

  it.each(['-1/0/0', '14/1.5/0', '14/0x10/0', '14/a/0', '14/13393/6728.5', '14/ 5/3', '1e1/0/0'])(
    '%s is no tile',
    async (tile) => {
      expect((await serve()(`/tiles/venues/${tile}.mvt`)).status).toBe(404)
    },
  )

  it('a version that is no number is a bad request', async () => {
    const { status, body } = await serve()(`/tiles/venues/${TILE}.mvt?v=new`)
    expect([status, JSON.parse(body).code]).toEqual([400, 'invalid_request'])
  })
})

describe('TileJSON', () => {
  it.each(TILE_LAYERS)('%s: tiles of this host with the current version, bounds around the data', async (layer) => {
    const get = serve()
    const { status, headers, body } = await get(`/tiles/${layer}.json`, { host: 'map.example:8200' })
    const json = JSON.parse(body) as TileJson
    expect([status, headers['cache-control'], Value.Check(TileJson, json)]).toEqual([200, 'no-cache', true])
    const v = await versionOf(layer)
    expect(json.tiles).toEqual([`http://map.example:8200/tiles/${layer}/{z}/{x}/{y}.mvt?v=${v}`])
    const [west, south, east, north] = json.bounds as [number, number, number, number]
    expect(west).toBeGreaterThan(114.1)
    expect(west).toBeLessThan(114.27)
    expect(east).toBeGreaterThan(114.33)
    expect(east).toBeLessThan(114.5)
    expect([south > 30.4 && south < 30.57, north > 30.63 && north < 30.8]).toEqual([true, true])
    expect(new Set(json.vector_layers.map(({ id }) => id)).size).toBe(json.vector_layers.length)
  })

  it('follows a change', async () => {
    const get = serve()
    const read = async () => JSON.parse((await get('/tiles/regions.json')).body) as TileJson
    const before = await read()
    await sql`insert into regions (id, code, kind, level, name, boundary)
      overriding system value values (1000, 'EAST', 'admin', 'district', '东区', st_multi(st_makeenvelope(115, 30, 115.5, 30.5, 4326)))`.execute(
      database.db,
    )
    await bump('regions')
    const after = await read()
    expect(after.tiles).not.toEqual(before.tiles)
    expect([before.bounds[2]! < 115, after.bounds[2]]).toEqual([true, 115.5])
  })

  it('of an empty layer covers the world', async () => {
    const empty = await openTestDatabase()
    const { body } = await serve(empty)('/tiles/zones.json')
    expect((JSON.parse(body) as TileJson).bounds).toEqual([-180, -85.051129, 180, 85.051129])
    await empty.drop()
  })
})
