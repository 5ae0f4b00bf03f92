/**
 * What every test with a database stands on: an engine with the schema and the code tables, the town, and the app with a
 * check of each answer against the schema its route publishes. One database per test file.
 *
 * DB=postgres runs on the server of TEST_DATABASE_URL, anything else on the embedded engine in memory.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Value } from 'typebox/value'
import { connect, type Database } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { seedKinds } from '../db/seed/kinds.ts'
import { buildApp } from '../server/app.ts'
import { createApplyChange, type EngineOptions } from '../server/findings/service.ts'
import type { Api, Services } from '../server/http/api.ts'
import { loadTown } from './fixtures/town.ts'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const migrationsDir = path.join(root, 'db/migrations')

export type EngineName = 'embedded' | 'postgres'
export const engineUnderTest: EngineName = process.env.DB === 'postgres' ? 'postgres' : 'embedded'

/** The moment the town came to be; nothing was known before. */
export const TOWN_BUILT_AT = new Date('2026-11-01T00:00:00Z')

/** A clock for changes that a test makes: each is one second after the one before, from noon of 2026-11-23 in China. */
export function testClock(start = '2026-11-23T04:00:00Z') {
  let now = new Date(start).getTime()
  return () => {
    now += 1000
    return new Date(now)
  }
}

export interface TestDatabase extends Database {
  /** Closes the connection and removes the database. */
  drop(): Promise<void>
}

export interface TestDatabaseOptions {
  engine?: EngineName
  /** Fill it with the town of fixtures/town.ts. */
  town?: boolean
}

/** A migrated database with its code tables filled, of its own. */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const engine = options.engine ?? engineUnderTest
  const database = engine === 'postgres' ? await cloneTemplate() : await openInMemory()
  if (options.town) await loadTown(createApplyChange(database.db, { now: () => TOWN_BUILT_AT }))
  return database
}

async function prepare(database: Database): Promise<void> {
  await migrate(database.db, migrationsDir)
  await seedKinds(database.db)
}

async function openInMemory(): Promise<TestDatabase> {
  const database = await connect({ data_dir: 'memory://' })
  await prepare(database)
  return { ...database, drop: database.close }
}

function serverUrl(name?: string): string {
  const given = process.env.TEST_DATABASE_URL
  if (!given) throw new Error('DB=postgres needs TEST_DATABASE_URL, a server where databases may be created')
  const url = new URL(given)
  if (name) url.pathname = `/${name}`
  return url.href
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  return work(client).finally(() => client.end())
}

async function cloneTemplate(): Promise<TestDatabase> {
  const template = await ensureTemplate()
  const name = `perimeter_test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} template ${template}`))
  const database = await connect({ url: serverUrl(name) })
  const drop = async () => {
    await database.close()
    await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
  }
  return { ...database, drop }
}

/** Named after what is in it, so that it serves later runs too; the first of several test processes builds it. */
async function ensureTemplate(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(migrationsDir)).sort()) hash.update(await readFile(path.join(migrationsDir, file)))
  for (const file of ['db/seed/kinds.ts', 'server/imports/classify/kinds.ts'])
    hash.update(await readFile(path.join(root, file)))
  const name = `perimeter_template_${hash.digest('hex').slice(0, 12)}`
  await onServer(async (client) => {
    await client.query(`select pg_advisory_lock(7251002)`)
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'perimeter\\_template\\_%'`,
    )
    if (rows.some((row) => row.datname === name)) return
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
    // Under its final name only when it is complete: a broken build leaves no template behind.
    const draft = `${name}_draft`
    await client.query(`create database ${draft}`)
    const database = await connect({ url: serverUrl(draft) })
    await prepare(database).finally(() => database.close())
    await client.query(`alter database ${draft} rename to ${name}`)
  })
  return name
}

export interface Answer {
  status: number
  headers: Record<string, string | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for; the shape is checked against the schema
  body: any
}

export interface TestApp {
  app: Api
  services: Services
  call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  get(url: string): Promise<Answer>
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  close(): Promise<void>
}

/** The app on a test database. Every answer is held against the published schema; a server failure fails the test. */
export async function freshApp(database: Database, options: EngineOptions = {}): Promise<TestApp> {
  const services: Services = {
    database,
    applyChange: createApplyChange(database.db, { now: testClock(), ...options }),
  }
  const app = await buildApp(services)
  const complaints: string[] = []
  app.addHook('onSend', async (request, reply, payload) => {
    const published = request.routeOptions.schema?.response as Record<string, unknown> | undefined
    if (typeof payload === 'string' && published)
      complaints.push(...schemaComplaints(published, reply.statusCode, payload))
    return payload
  })
  await app.ready()

  const call: TestApp['call'] = async (method, url, body, headers = {}) => {
    complaints.length = 0
    const isText = typeof body === 'string'
    const response = await app.inject({
      method,
      url,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { payload: isText ? body : JSON.stringify(body) }),
    })
    const about = `${method} ${url} -> ${response.statusCode} ${response.body.slice(0, 500)}`
    if (response.statusCode >= 500) throw new Error(about)
    if (complaints.length > 0) throw new Error(`${about}\nis not what the route publishes:\n${complaints.join('\n')}`)
    const isJson = response.headers['content-type']?.toString().includes('json')
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      body: isJson ? JSON.parse(response.body) : response.body,
    }
  }
  return {
    app,
    services,
    call,
    get: (url) => call('GET', url),
    post: (url, body = {}, headers) => call('POST', url, body, headers),
    patch: (url, body = {}, headers) => call('PATCH', url, body, headers),
    close: () => app.close(),
  }
}

/** What an answer has too little or too much compared with the schema for its status. */
export function schemaComplaints(published: Record<string, unknown>, status: number, payload: string): string[] {
  const schema = published[status] ?? published[`${Math.floor(status / 100)}xx`]
  if (!schema) return [`no schema for status ${status}`]
  const data: unknown = JSON.parse(payload)
  const missing = Value.Errors(schema as never, data).map((error) => `${error.instancePath} ${error.message}`)
  if (missing.length > 0) return missing
  const cleaned = JSON.stringify(Value.Clean(schema as never, structuredClone(data)))
  return cleaned === JSON.stringify(data) ? [] : [`members that are not in the schema: ${payload.slice(0, 300)}`]
}

/** Fields that a refusal names. */
export const fieldsOf = (answer: Answer): string[] =>
  (answer.body.errors ?? []).map((error: { field: string }) => error.field)

/** Numbers of findings that a write opened, superseded and ended, from its header. */
export const changesOf = (answer: Answer): number[] =>
  (answer.headers['x-findings-changed'] ?? '').split(',').map(Number)

export interface Collection {
  numberMatched: number
  numberReturned: number
  links: { rel: string; href: string }[]
  features: { id: number; properties: Record<string, never>; geometry: { type: string; coordinates: never } }[]
}

/** Follows the next links to the end; throws when a page lies about its size. */
export async function walkPages(app: TestApp, url: string): Promise<Collection['features']> {
  const features: Collection['features'] = []
  let next: string | undefined = url
  while (next) {
    const { body } = await app.get(next)
    const page = body as Collection
    if (page.numberReturned !== page.features.length) throw new Error(`numberReturned of ${next}`)
    features.push(...page.features)
    next = page.links.find((link) => link.rel === 'next')?.href
    if (features.length > page.numberMatched) throw new Error(`${next} goes on beyond numberMatched`)
  }
  return features
}
