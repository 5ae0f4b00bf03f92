import { sql } from 'kysely'
import type { Db } from './connect.ts'

export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /** Longest a single statement may take; the connection's own limit otherwise. */
  timeout_s?: number
}

let savepoints = 0

async function inSavepoint<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  const savepoint = sql.id(`sp_${++savepoints}`)
  await sql`savepoint ${savepoint}`.execute(db)
  try {
    const result = await work(db)
    await sql`release savepoint ${savepoint}`.execute(db)
    return result
  } catch (error) {
    // When this fails too the transaction is gone, and the first error is the one that says why.
    await sql`rollback to savepoint ${savepoint}`.execute(db).catch(() => {})
    throw error
  }
}

/**
 * Runs `work` in a transaction, or after a savepoint when `db` already is one; the options then have no effect,
 * the outermost call decides. An error of `work` undoes what it wrote and is thrown on.
 * Never wait for the network inside: the embedded engine has one connection, so everybody else waits too.
 */
export function inTransaction<T>(db: Db, work: (trx: Db) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  if (db.isTransaction) return inSavepoint(db, work)
  const { isolation, timeout_s } = options
  const transaction = isolation ? db.transaction().setIsolationLevel(isolation) : db.transaction()
  return transaction.execute(async (trx) => {
    // Both drivers read this statement too: it is the limit of their own watchdogs.
    if (timeout_s !== undefined) {
      await sql`set local statement_timeout = ${sql.lit(Math.ceil(timeout_s * 1000))}`.execute(trx)
    }
    return work(trx)
  })
}
