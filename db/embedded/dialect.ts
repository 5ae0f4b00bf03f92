/** Kysely over the embedded engine: one connection, lent to one caller at a time. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { encodeParameters, parserFor } from '../values.ts'
import type { Engine } from './engine.ts'
import { EngineError, sqlstate } from './errors.ts'
import type { Mutex } from './mutex.ts'
import type { RawResult } from './protocol.ts'

/** First line of a text that holds several statements; see execScript. */
export const scriptMark = '-- script\n'

/** Longest wait for the connection; work that holds it longer should be cut up. */
const acquireTimeoutMs = 60_000

/** The engine ignores statement_timeout, so the watchdog takes it from the statement that sets it. */
const localTimeout = /^set local statement_timeout = (\d+)$/i

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

function readRows<R>(result: RawResult): R[] {
  const columns = result.fields.map((field) => ({ name: field.name, parse: parserFor(field.oid) }))
  return result.rows.map((row) => {
    const values: Record<string, unknown> = {}
    for (let i = 0; i < columns.length; i++) {
      const { name, parse } = columns[i]!
      const text = row[i]
      values[name] = text === null || text === undefined ? null : parse(text)
    }
    return values as R
  })
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #engine: Engine
  readonly #timeoutMs: number
  #transaction: { generation: number; timeout_ms: number; read_only: boolean } | undefined

  constructor(engine: Engine, timeoutMs: number) {
    this.#engine = engine
    this.#timeoutMs = timeoutMs
  }

  async begin(settings: TransactionSettings): Promise<void> {
    const full = this.#engine.isDiskFull()
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    // Read only when the disk is nearly full: the server itself knows best which statements write.
    const mode = full ? ' read only' : settings.accessMode ? ` ${settings.accessMode}` : ''
    await this.#engine.statement(`start transaction${level}${mode}`, [], this.#timeoutMs)
    this.#transaction = { generation: this.#engine.generation, timeout_ms: this.#timeoutMs, read_only: full }
  }

  async commit(): Promise<void> {
    const transaction = this.#transaction
    this.#transaction = undefined
    if (transaction?.generation !== this.#engine.generation) throw lost()
    const { command } = await this.#engine.statement('commit', [], this.#timeoutMs)
    // COMMIT of a failed transaction answers ROLLBACK, which must not pass for success.
    if (command !== 'COMMIT') throw lost()
  }

  async rollback(): Promise<void> {
    const transaction = this.#transaction
    this.#transaction = undefined
    // A restart has rolled back; so does one that happens here.
    if (transaction?.generation !== this.#engine.generation) return
    await this.#engine.statement('rollback', [], this.#timeoutMs).catch((error) => {
      if (transaction.generation === this.#engine.generation) throw error
    })
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = encodeParameters(query.parameters)
    const transaction = this.#transaction
    if (transaction && transaction.generation !== this.#engine.generation) throw lost()
    if (!transaction) return this.#alone(query.sql, values)
    if (this.#engine.isDiskFull() && !transaction.read_only) throw diskFull()
    const timeout = localTimeout.exec(query.sql)
    if (timeout) transaction.timeout_ms = Number(timeout[1])
    return this.#run(query.sql, values, transaction.timeout_ms)
  }

  /** A statement outside a transaction. */
  async #alone<R>(sql: string, values: (string | Uint8Array | null)[]): Promise<QueryResult<R>> {
    if (!this.#engine.isDiskFull()) return this.#run(sql, values, this.#timeoutMs)
    // Read only, so that the server refuses whatever writes.
    await this.begin({})
    try {
      const result = await this.#run<R>(sql, values, this.#timeoutMs)
      await this.commit()
      return result
    } catch (error) {
      await this.rollback()
      throw error
    }
  }

  async #run<R>(sql: string, values: (string | Uint8Array | null)[], timeoutMs: number): Promise<QueryResult<R>> {
    try {
      const result = sql.startsWith(scriptMark)
        ? await this.#engine.script(sql, timeoutMs)
        : await this.#engine.statement(sql, values, timeoutMs)
      if (result.in_transaction && !this.#transaction) {
        await this.#engine.statement('rollback', [], timeoutMs)
        throw new EngineError(sqlstate.active_sql_transaction, 'begin is not a query: use inTransaction')
      }
      const rows = readRows<R>(result)
      return changing.has(result.command) ? { rows, numAffectedRows: BigInt(result.row_count) } : { rows }
    } catch (error) {
      const refused = (error as pg.DatabaseError).code === sqlstate.read_only_sql_transaction
      throw refused && this.#transaction?.read_only ? diskFull() : error
    }
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new EngineError(sqlstate.internal_error, 'the embedded database does not stream results')
  }
}

const lost = () =>
  new EngineError(sqlstate.transaction_lost, 'the transaction was lost: the database was restarted or it had failed')

const diskFull = () =>
  new EngineError(sqlstate.disk_full, 'less than 200 MB free on the disk of the data directory: nothing is written')

class EmbeddedDriver implements Driver {
  readonly #engine: Engine
  readonly #mutex: Mutex
  readonly #connection: EmbeddedConnection
  #release: (() => void) | undefined

  constructor(engine: Engine, mutex: Mutex, timeoutMs: number) {
    this.#engine = engine
    this.#mutex = mutex
    this.#connection = new EmbeddedConnection(engine, timeoutMs)
  }

  async init() {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#release = await this.#mutex.acquire(acquireTimeoutMs)
    return this.#connection
  }

  async releaseConnection() {
    this.#release?.()
  }

  beginTransaction = (connection: DatabaseConnection, settings: TransactionSettings) =>
    (connection as EmbeddedConnection).begin(settings)

  commitTransaction = (connection: DatabaseConnection) => (connection as EmbeddedConnection).commit()

  rollbackTransaction = (connection: DatabaseConnection) => (connection as EmbeddedConnection).rollback()

  async destroy() {
    const release = await this.#mutex.acquire(acquireTimeoutMs)
    try {
      await this.#engine.close()
    } finally {
      release()
    }
  }
}

/** `statement_timeout_ms` applies outside transactions and until a transaction sets its own. */
export function embeddedDialect(engine: Engine, mutex: Mutex, options: { statement_timeout_ms: number }): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new EmbeddedDriver(engine, mutex, options.statement_timeout_ms),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
