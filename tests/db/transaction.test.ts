import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { execScript } from '../../db/connect.ts'
import { inTransaction } from '../../db/transaction.ts'
import { enginesUnderTest, failure, type TestDatabase } from './databases.ts'

describe.each(enginesUnderTest)('transactions on $name', ({ open, missing }) => {
  let database: TestDatabase
  const numbers = async () =>
    (await sql<{ n: number }>`select n from t order by n`.execute(database.db)).rows.map((row) => row.n)

  beforeAll(async () => {
    if (missing) return
    database = await open({ statement_timeout_s: 20 })
    await sql`create table t (n int primary key)`.execute(database.db)
  }, 120_000)
  afterAll(() => database?.drop())
  beforeEach(async () => {
    if (!missing) await sql`truncate t`.execute(database.db)
  })

  it.skipIf(missing)('commit what they wrote and return what the work returned', async () => {
    const result = await inTransaction(database.db, async (trx) => {
      await sql`insert into t values (1)`.execute(trx)
      return 'done'
    })
    expect(result).toBe('done')
    expect(await numbers()).toEqual([1])
  })

  it.skipIf(missing)('undo everything when the work throws', async () => {
    const error = await failure(
      inTransaction(database.db, async (trx) => {
        await sql`insert into t values (1)`.execute(trx)
        throw new Error('no')
      }),
    )
    expect(error.message).toBe('no')
    expect(await numbers()).toEqual([])
  })

  it.skipIf(missing)('nested ones undo only their own part', async () => {
    await inTransaction(database.db, async (trx) => {
      await sql`insert into t values (1)`.execute(trx)
      await inTransaction(trx, (inner) => sql`insert into t values (2)`.execute(inner))
      const error = await failure(inTransaction(trx, (inner) => sql`insert into t values (3), (1)`.execute(inner)))
      expect(error.code).toBe('23505')
      await sql`insert into t values (4)`.execute(trx)
    })
    expect(await numbers()).toEqual([1, 2, 4])
  })

  it.skipIf(missing)('a caught error does not let the rest commit', async () => {
    const error = await failure(
      inTransaction(database.db, async (trx) => {
        await sql`insert into t values (1)`.execute(trx)
        await failure(sql`insert into t values (1)`.execute(trx))
      }),
    )
    expect(error.code).toBe('40003')
    expect(await numbers()).toEqual([])
  })

  it.skipIf(missing).each(['read committed', 'repeatable read', 'serializable'] as const)(
    'run at isolation level %s',
    async (isolation) => {
      const level = await inTransaction(
        database.db,
        async (trx) =>
          (await sql<{ level: string }>`select current_setting('transaction_isolation') as level`.execute(trx)).rows,
        { isolation },
      )
      expect(level).toEqual([{ level: isolation }])
    },
  )

  it.skipIf(missing)(
    'a statement over timeout_s is cancelled; the limit ends with the transaction',
    async () => {
      const slow = inTransaction(database.db, (trx) => sql`select pg_sleep(8)`.execute(trx), { timeout_s: 0.5 })
      expect((await failure(slow)).code).toBe('57014')
      // In memory the embedded engine starts empty again; both must answer and take a longer statement.
      await sql`create table if not exists t (n int primary key)`.execute(database.db)
      await sql`select pg_sleep(1)`.execute(database.db)
    },
    60_000,
  )

  it.skipIf(missing)(
    'fifty at once do not mix: each increments what it read',
    async () => {
      await sql`insert into t values (0)`.execute(database.db)
      const increment = () =>
        inTransaction(database.db, async (trx) => {
          const { rows } = await sql<{ n: number }>`select n from t for update`.execute(trx)
          await sql`update t set n = ${rows[0]!.n + 1}`.execute(trx)
          // A second read of the same transaction, with others waiting to get in between.
          await new Promise(setImmediate)
          const again = await sql<{ n: number }>`select n from t`.execute(trx)
          expect(again.rows[0]!.n).toBe(rows[0]!.n + 1)
        })
      await Promise.all(Array.from({ length: 50 }, increment))
      expect(await numbers()).toEqual([50])
    },
    60_000,
  )

  it.skipIf(missing)('queries outside wait for a transaction or do not see it', async () => {
    let started = () => {}
    const inside = new Promise<void>((resolve) => {
      started = resolve
    })
    const transaction = inTransaction(database.db, async (trx) => {
      await sql`insert into t values (1)`.execute(trx)
      started()
      await new Promise((resolve) => setTimeout(resolve, 50))
      throw new Error('undone')
    })
    const failed = failure(transaction)
    await inside
    expect(await numbers()).toEqual([])
    await failed
  })

  it.skipIf(missing)('begin as a query leaves no open transaction behind', async () => {
    await sql`begin`.execute(database.db).catch(() => {})
    await sql`insert into t values (1)`.execute(database.db)
    await failure(sql`insert into t values (1)`.execute(database.db))
    expect(await numbers()).toEqual([1])
  })

  it.skipIf(missing)('execScript runs many statements, all or nothing', async () => {
    await execScript(database.db, 'insert into t values (1); -- two; one\ninsert into t values (2);\n\n-- end')
    expect(await numbers()).toEqual([1, 2])
    const error = await failure(execScript(database.db, 'insert into t values (3); insert into t values (1)'))
    expect(error.code).toBe('23505')
    expect(await numbers()).toEqual([1, 2])
    await execScript(database.db, `create function f() returns int language plpgsql as $$ begin return 7; end; $$;`)
    expect((await sql`select f() as f`.execute(database.db)).rows).toEqual([{ f: 7 }])
    await execScript(database.db, '')
  })
})
