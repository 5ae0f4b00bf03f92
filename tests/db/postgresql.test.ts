import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../db/connect.ts'
import { inTransaction } from '../../db/transaction.ts'
import { createServerDatabase, failure, onServer, testServer } from './databases.ts'

const title = testServer ? 'PostgreSQL' : 'PostgreSQL (skipped: TEST_DATABASE_URL is not set)'

describe.skipIf(!testServer)(title, () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>
  let database: Database
  const messages: string[] = []

  beforeAll(async () => {
    server = await createServerDatabase()
    database = await connect({ url: server.url, statement_timeout_s: 5, onMessage: (text) => messages.push(text) })
  }, 60_000)
  afterAll(async () => {
    await database.close()
    await server.drop()
  })

  it('creates the extensions it needs and says what it found', async () => {
    expect(database).toMatchObject({ kind: 'postgresql', trial: false, hasMvt: true })
    const { postgresql, postgis } = await database.versions()
    expect(Number.parseInt(postgresql, 10)).toBeGreaterThanOrEqual(15)
    expect(postgis).toMatch(/^3\./)
    const { rows } = await sql<{ extname: string }>`select extname from pg_extension order by 1`.execute(database.db)
    expect(rows.map((row) => row.extname)).toEqual(['btree_gist', 'pg_trgm', 'plpgsql', 'postgis'])
    await database.ping()
  })

  it('tells a role that may not create them what an administrator runs', async () => {
    const bare = await createServerDatabase()
    const role = bare.name.replace('test', 'role')
    await onServer((client) => client.query(`create role ${role} login`))
    const url = new URL(bare.url)
    url.username = role
    const error = await failure(connect({ url: url.href }))
    expect(error.code).toBe('57P03')
    expect(error.message).toContain(`psql -d ${bare.name} -c 'create extension postgis'`)
    await bare.drop()
    await onServer((client) => client.query(`drop role ${role}`))
  })

  it('a server that is not there is an error of connect', async () => {
    const url = new URL(server.url)
    url.port = '1'
    expect((await failure(connect({ url: url.href }))).message).toMatch(/ECONNREFUSED/)
  })

  it('sessions have the same settings everywhere', async () => {
    const { rows } = await sql`
      select current_setting('timezone') as timezone, current_setting('jit') as jit,
        current_setting('statement_timeout') as timeout, current_setting('application_name') as name,
        current_setting('datestyle') as datestyle`.execute(database.db)
    expect(rows).toEqual([{ timezone: 'UTC', jit: 'off', timeout: '5s', name: 'perimeter', datestyle: 'ISO, YMD' }])
  })

  it('survives the loss of its connections, idle or at work', async () => {
    const kill = () =>
      onServer((client) =>
        client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [server.name]),
      )
    await sql`select 1`.execute(database.db)
    await kill()
    await expect.poll(() => messages.length, { timeout: 5000 }).toBeGreaterThan(0)
    expect(messages[0]).toMatch(/idle database connection was lost/)
    expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }])

    const working = failure(
      inTransaction(database.db, async (trx) => {
        await sql`select pg_sleep(4)`.execute(trx)
      }),
    )
    await sleep(200)
    await kill()
    expect((await working).code).toBe('57P01')
    expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }])
  }, 30_000)

  it('reads go to the replica, which refuses to write', async () => {
    const both = await connect({ url: server.url, read_url: server.url })
    expect(both.read).not.toBe(both.db)
    expect((await sql`select 1 as one`.execute(both.read)).rows).toEqual([{ one: 1 }])
    expect((await failure(sql`create table x (i int)`.execute(both.read))).code).toBe('25006')
    await both.close()
  })
})
