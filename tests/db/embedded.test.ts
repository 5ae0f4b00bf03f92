import fs from 'node:fs/promises'
import path from 'node:path'
import { Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect, type Database, type Db, execScript, freeBytes } from '../../db/connect.ts'
import { embeddedDialect } from '../../db/embedded/dialect.ts'
import { type Engine, openEngine } from '../../db/embedded/engine.ts'
import { createMutex } from '../../db/embedded/mutex.ts'
import type { Tables } from '../../db/tables.ts'
import { inTransaction } from '../../db/transaction.ts'
import { failure, scratchDir } from './databases.ts'

/** A polygon that crosses itself: GEOS throws at it. */
const bowTie = 'POLYGON((0 0,10 10,10 0,0 10,0 0))'
const square = 'POLYGON((0 0,5 0,5 5,0 5,0 0))'

let dir = ''
const messages: string[] = []
const onMessage = (text: string) => messages.push(text)

describe('an open database', () => {
  let database: Database
  const count = async () => (await sql<{ n: number }>`select count(*) as n from o`.execute(database.db)).rows[0]!.n

  beforeAll(async () => {
    dir = await scratchDir()
    database = await connect({ data_dir: dir, statement_timeout_s: 20, onMessage })
    await sql`create table g (id int primary key, geom geometry)`.execute(database.db)
    await sql`create table o (id int, geom geometry)`.execute(database.db)
    // Two rows that work come before the one that does not.
    await sql`insert into g values (1, ${square}), (2, ${square}), (3, ${bowTie}), (4, ${square})`.execute(database.db)
  }, 120_000)
  afterAll(async () => {
    await database.close()
    await fs.rm(dir, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await sql`truncate o`.execute(database.db)
    messages.length = 0
  })

  /** Only what is meant to be too slow gets the short limit: on a busy machine anything else could be, too. */
  const limit = (trx: Db) => sql`set local statement_timeout = 1000`.execute(trx)

  it('says what it is', async () => {
    expect(database).toMatchObject({ kind: 'embedded', trial: true, hasMvt: false })
    expect(database.read).toBe(database.db)
    expect(await database.versions()).toEqual({ postgresql: '18.3', postgis: '3.6.2' })
    await database.ping()
  })

  const failing = {
    'insert … select ST_Union': sql`
      insert into o select id, ST_Union(geom, ${square}::geometry) from (select * from g order by id) t`,
    'insert … select ST_Intersection': sql`
      insert into o select id, ST_Intersection(geom, ${square}::geometry) from (select * from g order by id) t`,
    'insert … returning': sql`
      insert into o select id, ST_Difference(geom, ${square}::geometry) from (select * from g order by id) t returning id`,
    'a select': sql`select ST_Union(geom, ${square}::geometry) from g`,
    'constants, which fail while planning': sql`select ST_Union(${sql.lit(bowTie)}::geometry, ${sql.lit(square)}::geometry)`,
    'a with query': sql`
      with x as (insert into o values (9, null) returning id) select ST_Union(geom, ${square}::geometry) from g, x`,
  }

  it.each(Object.entries(failing))('a GEOS failure is an error and leaves nothing: %s', async (_name, statement) => {
    const error = await failure(statement.execute(database.db))
    expect(error).toMatchObject({ code: 'XX000', message: expect.stringContaining('GEOS Error: TopologyException') })
    expect(await count()).toBe(0)
    // An ordinary error is still told apart, an ordinary statement still works.
    expect((await failure(sql`insert into g values (1, null)`.execute(database.db))).code).toBe('23505')
    expect(messages).toEqual([])
  })

  it.each(Object.entries(failing))('inside a transaction it undoes the whole: %s', async (_name, statement) => {
    const work = inTransaction(database.db, async (trx) => {
      await sql`insert into o values (1, null)`.execute(trx)
      await statement.execute(trx)
    })
    expect((await failure(work)).code).toBe('XX000')
    expect(await count()).toBe(0)
  })

  it('caught inside a transaction, it must be rolled back to a savepoint', async () => {
    const statement = failing['insert … select ST_Union']
    const careless = inTransaction(database.db, async (trx) => {
      await sql`insert into o values (1, null)`.execute(trx)
      await failure(statement.execute(trx))
      expect((await failure(sql`select 1`.execute(trx))).code).toBe('25P02')
    })
    expect((await failure(careless)).code).toBe('40003')
    expect(await count()).toBe(0)
    await inTransaction(database.db, async (trx) => {
      await sql`insert into o values (1, null)`.execute(trx)
      await failure(inTransaction(trx, (inner) => statement.execute(inner)))
    })
    expect(await count()).toBe(1)
  })

  it('in a script too', async () => {
    const script = `insert into o values (1, null);
      insert into o select id, ST_Union(geom, '${square}'::geometry) from g;
      insert into o values (2, null)`
    expect((await failure(execScript(database.db, script))).code).toBe('XX000')
    expect(await count()).toBe(0)
  })

  it('thousands of failures neither wear it out nor restart it', async () => {
    for (let i = 0; i < 1000; i++) await failure(failing['a select'].execute(database.db))
    for (let i = 0; i < 3000; i++) await failure(sql`select 1/0`.execute(database.db))
    expect((await failure(sql`select 1/0`.execute(database.db))).code).toBe('22012')
    expect(await count()).toBe(0)
    expect(messages).toEqual([])
  }, 60_000)

  it('a runaway statement ends at its limit; what was committed stays, the next query works', async () => {
    await sql`insert into o values (1, null)`.execute(database.db)
    const runaway = inTransaction(database.db, async (trx) => {
      await sql`insert into o values (2, null)`.execute(trx)
      await limit(trx)
      await sql`select count(*) from generate_series(1, 100000000000)`.execute(trx)
    })
    const waiting = count()
    expect((await failure(runaway)).code).toBe('57014')
    expect(await waiting).toBe(1)
    expect(await count()).toBe(1)
    expect(messages).toEqual([expect.stringContaining('1000 ms')])
  }, 60_000)

  it('a transaction that outlived a restart fails as a whole', async () => {
    const work = inTransaction(database.db, async (trx) => {
      await sql`insert into o values (1, null)`.execute(trx)
      await limit(trx)
      await failure(sql`select pg_sleep(60)`.execute(trx))
      expect((await failure(sql`insert into o values (2, null)`.execute(trx))).code).toBe('40003')
    })
    expect((await failure(work)).code).toBe('40003')
    expect(await count()).toBe(0)
  }, 60_000)

  it('an engine that stops is started again', async () => {
    await sql`insert into o values (1, null)`.execute(database.db)
    // Data sent by COPY is the one thing the engine cannot take: it exits.
    expect((await failure(sql`copy o from stdin`.execute(database.db))).code).toBe('57P02')
    expect(await count()).toBe(1)
    await database.ping()
  }, 60_000)

  it('a statement that cannot run inside a transaction runs', async () => {
    await sql`vacuum analyze o`.execute(database.db)
  })

  it('waits for its turn only so long', async () => {
    const mutex = createMutex()
    const release = await mutex.acquire(1000)
    expect((await failure(mutex.acquire(20))).code).toBe('53300')
    const next = mutex.acquire(1000)
    release()
    release()
    const releaseNext = await next
    expect(mutex.isHeld).toBe(true)
    releaseNext()
    expect(mutex.isHeld).toBe(false)
  })
})

describe('the data directory', () => {
  let engine: Engine | undefined
  beforeEach(async () => {
    dir = await scratchDir()
  })
  afterEach(async () => {
    await engine?.close()
    engine = undefined
    await fs.rm(dir, { recursive: true, force: true })
  })

  it('is synced to the disk at least once for every commit', async () => {
    engine = await openEngine(dir, onMessage)
    await engine.statement('create table t (n int)', [], 10_000)
    const before = (await engine.stats()).fsyncs
    for (let n = 0; n < 40; n++) await engine.statement('insert into t values ($1)', [String(n)], 10_000)
    expect((await engine.stats()).fsyncs - before).toBeGreaterThanOrEqual(40)
  }, 60_000)

  it('begins again after a first start that was cut off', async () => {
    await fs.mkdir(path.join(dir, 'pg.partial/base'), { recursive: true })
    await fs.writeFile(path.join(dir, 'pg.partial/PG_VERSION'), '18')
    engine = await openEngine(dir, onMessage)
    await engine.check()
    expect((await fs.readdir(dir)).sort()).toEqual(['in-use.json', 'pg'])
  }, 60_000)

  it('of another PostgreSQL is refused and freed', async () => {
    await fs.mkdir(path.join(dir, 'pg'))
    await fs.writeFile(path.join(dir, 'pg/PG_VERSION'), '17\n')
    const error = await failure(openEngine(dir, onMessage))
    expect(error.code).toBe('57P03')
    expect(error.message).toContain('PostgreSQL 17')
    await fs.rm(path.join(dir, 'pg'), { recursive: true })
    engine = await openEngine(dir, onMessage)
  }, 60_000)

  it('on a full disk is read but not written, and written again when there is room', async () => {
    engine = await openEngine(dir, onMessage)
    let full = false
    const filling: Engine = Object.create(engine, { isDiskFull: { value: () => full } })
    const dialect = embeddedDialect(filling, createMutex(), { statement_timeout_ms: 10_000 })
    const db = new Kysely<Tables>({ dialect })
    const numbers = async () =>
      (await sql<{ n: number }>`select n from t order by n`.execute(db)).rows.map(({ n }) => n)
    await sql`create table t (n int)`.execute(db)
    await sql`insert into t values (1)`.execute(db)
    full = true
    expect((await failure(sql`insert into t values (2)`.execute(db))).code).toBe('53100')
    expect((await failure(sql`create table u (n int)`.execute(db))).code).toBe('53100')
    const writing = inTransaction(db, (trx) => sql`update t set n = 3`.execute(trx))
    expect((await failure(writing)).code).toBe('53100')
    expect(await inTransaction(db, (trx) => sql`select * from t`.execute(trx))).toMatchObject({ rows: [{ n: 1 }] })
    expect(await numbers()).toEqual([1])
    full = false
    const filledMeanwhile = inTransaction(db, async (trx) => {
      await sql`insert into t values (4)`.execute(trx)
      full = true
      await sql`insert into t values (5)`.execute(trx)
    })
    expect((await failure(filledMeanwhile)).code).toBe('53100')
    full = false
    await sql`insert into t values (6)`.execute(db)
    expect(await numbers()).toEqual([1, 6])
  }, 60_000)

  it('has its free space measured as the system does', async () => {
    const { bavail, bsize } = await fs.statfs(dir)
    expect(Math.abs(freeBytes(dir) - bavail * bsize)).toBeLessThan(1e9)
    expect(freeBytes(dir)).toBeGreaterThan(0)
  })

  it('neither url nor directory is a clear mistake', async () => {
    expect((await failure(Promise.resolve().then(() => connect({})))).message).toMatch(/url or data_dir/)
  })
})
