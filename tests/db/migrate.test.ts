import fs from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import {
  createServerDatabase,
  enginesUnderTest,
  failure,
  scratchDir,
  type TestDatabase,
  testServer,
} from './databases.ts'

let dir = ''
const write = (name: string, text: string) => fs.writeFile(path.join(dir, name), text)
beforeEach(async () => {
  dir = await scratchDir()
})
afterEach(() => fs.rm(dir, { recursive: true, force: true }))

const tables = async (database: Database) => {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'spatial_ref_sys' order by 1
  `.execute(database.db)
  return rows.map((row) => row.name)
}

describe.each(enginesUnderTest)('migrations on $name', ({ open, missing }) => {
  let database: TestDatabase
  beforeAll(async () => {
    if (!missing) database = await open()
  }, 120_000)
  afterAll(() => database?.drop())
  beforeEach(async () => {
    if (!missing) await sql`drop table if exists migrations, a, b, c`.execute(database.db)
  })

  it.skipIf(missing)('apply in order, once', async () => {
    await write('0002_b.sql', 'create table b (id int references a); insert into b values (1);')
    await write('0001_a.sql', 'create table a (id int primary key);\ninsert into a values (1); -- äöü 校')
    const seen: string[] = []
    const onProgress = (file: string, index: number, total: number) => seen.push(`${file} ${index}/${total}`)
    expect(await migrate(database.db, dir, { onProgress })).toEqual(['0001_a.sql', '0002_b.sql'])
    expect(seen).toEqual(['0001_a.sql 1/2', '0002_b.sql 2/2'])
    expect(await migrate(database.db, dir)).toEqual([])
    await write('0003_c.sql', 'create table c (id int)')
    expect(await migrate(database.db, dir)).toEqual(['0003_c.sql'])
    expect(await tables(database)).toEqual(['a', 'b', 'c', 'migrations'])
  })

  it.skipIf(missing)('refuse a file changed after it was applied', async () => {
    await write('0001_a.sql', 'create table a (id int);\n')
    await migrate(database.db, dir)
    await write('0001_a.sql', 'create table a (id int);\r\n')
    expect(await migrate(database.db, dir)).toEqual([])
    await write('0001_a.sql', 'create table a (id bigint);\n')
    expect((await failure(migrate(database.db, dir))).message).toMatch(/0001_a\.sql was changed after it was applied/)
  })

  it.skipIf(missing)('refuse a database newer than the program, and files out of order', async () => {
    await write('0001_a.sql', 'create table a (id int)')
    await write('0003_c.sql', 'create table c (id int)')
    await migrate(database.db, dir)
    await write('0002_b.sql', 'create table b (id int)')
    expect((await failure(migrate(database.db, dir))).message).toMatch(/0002_b\.sql comes before/)
    await fs.rm(path.join(dir, '0002_b.sql'))
    await fs.rm(path.join(dir, '0003_c.sql'))
    expect((await failure(migrate(database.db, dir))).message).toMatch(/newer than this program/)
  })

  it.skipIf(missing)('a file that fails leaves nothing; those before it stay', async () => {
    await write('0001_a.sql', 'create table a (id int primary key)')
    await write('0002_b.sql', 'create table b (id int); insert into a values (1), (1);')
    const error = await failure(migrate(database.db, dir))
    expect(error.message).toMatch(/0002_b\.sql failed and left nothing/)
    expect(error.code).toBe('23505')
    expect(await tables(database)).toEqual(['a', 'migrations'])
    await write('0002_b.sql', 'create table b (id int); insert into a values (1), (2);')
    expect(await migrate(database.db, dir)).toEqual(['0002_b.sql'])
  })

  it.skipIf(missing)('refuse bad names, equal numbers and files that end their transaction', async () => {
    await write('1_a.sql', 'select 1')
    expect((await failure(migrate(database.db, dir))).message).toMatch(/1_a\.sql is not named like/)
    await fs.rm(path.join(dir, '1_a.sql'))
    await write('0001_a.sql', 'select 1')
    await write('0001_b.sql', 'select 1')
    expect((await failure(migrate(database.db, dir))).message).toMatch(/two migrations have the number 0001/)
    await fs.rm(path.join(dir, '0001_b.sql'))
    await write('0001_a.sql', 'create table a (id int);\ncommit;\nselect 1/0')
    expect((await failure(migrate(database.db, dir))).message).toMatch(/begins or ends a transaction/)
    expect(await tables(database)).toEqual([])
  })

  it.skipIf(missing)('two at once apply each file once', async () => {
    await write('0001_a.sql', 'create table a (id int); select pg_sleep(0.2);')
    await write('0002_b.sql', 'create table b (id int); insert into a values (1);')
    const both = await Promise.all([migrate(database.db, dir), migrate(database.db, dir)])
    expect(both.flat().sort()).toEqual(['0001_a.sql', '0002_b.sql'])
    expect((await sql`select count(*) from a`.execute(database.db)).rows).toEqual([{ count: 1 }])
  })
})

it.skipIf(!testServer)('two servers with their own pools apply each file once', async () => {
  await write('0001_a.sql', 'create table a (id int); select pg_sleep(0.2);')
  const { url, drop } = await createServerDatabase()
  const servers = [await connect({ url }), await connect({ url })]
  const done = await Promise.all(servers.map((server) => migrate(server.db, dir)))
  expect(done.flat()).toEqual(['0001_a.sql'])
  await Promise.all(servers.map((server) => server.close()))
  await drop()
})
