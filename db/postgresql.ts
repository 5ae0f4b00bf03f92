/** Kysely over node-postgres, with the same values, errors and time limits as the embedded engine. */
import { createHash } from 'node:crypto'
import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { EngineError, sqlstate } from './embedded/errors.ts'
import { encodeParameters, parserFor } from './values.ts'

export interface PoolOptions {
  url: string
  statement_timeout_ms: number
  read_only: boolean
  /** Told when an idle connection drops; the pool opens another one when needed. */
  onMessage: (text: string) => void
}

/** Beyond this many connections two to four busy cores only switch between them. */
const maxConnections = 20
/** How much later than the server the client gives up: the server's own error says more. */
const graceMs = 5_000

/** Statements that begin with this comment are planned once per connection and kept under the name it gives. */
const prepareMark = /^\s*\/\* prepare ([a-z0-9_]+) \*\//

/** Name for a marked statement; its hash belongs to it, so that another text never meets an old plan. */
function createNaming(url: string): (text: string) => { name?: string } {
  // pgbouncer before 1.21 shares server connections between clients without knowing their statements.
  if (new URL(url).searchParams.has('pgbouncer')) return () => ({})
  const names = new Map<string, { name?: string }>()
  return (text) => {
    const mark = prepareMark.exec(text)?.[1]
    if (!mark) return {}
    let named = names.get(text)
    if (!named) {
      named = { name: `${mark}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}` }
      names.set(text, named)
    }
    return named
  }
}

const localTimeout = /^set local statement_timeout = (\d+)$/i
const transactionEnd = /^(commit|rollback)$/

/** Settings every session has; see sessionSettings of the embedded engine. jit costs more than it gives here. */
function startupOptions(settings: Record<string, string>): string {
  // libpq syntax: a space inside a value is escaped
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
    .join(' ')
}

export function createPool(options: PoolOptions, settings: Record<string, string>): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: 'perimeter',
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    maxLifetimeSeconds: 3600,
    keepAlive: true,
    // All in `options`: behind pgbouncer one `ignore_startup_parameters = options` lets them pass, and the same
    // settings then belong in ALTER ROLE.
    options: startupOptions({
      ...settings,
      jit: 'off',
      statement_timeout: String(options.statement_timeout_ms),
      idle_in_transaction_session_timeout: String(10 * options.statement_timeout_ms),
      default_transaction_read_only: options.read_only ? 'on' : 'off',
    }),
    types: { getTypeParser: ((oid: number) => parserFor(oid)) as typeof pg.types.getTypeParser },
  })
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) => options.onMessage(`an idle database connection was lost: ${error.message}`))
  return pool
}

/** Not the server's word (time-out, reset), or its last one: nobody knows what the connection is doing. */
function endsConnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.severity === 'FATAL' || error.severity === 'PANIC'
  return !(error instanceof EngineError)
}

/** A borrowed connection that encodes parameters, ends queries the network swallowed and drops a broken connection. */
function borrow(
  client: pg.PoolClient,
  options: PoolOptions,
  nameOf: ReturnType<typeof createNaming>,
): PostgresPoolClient {
  let timeoutMs = options.statement_timeout_ms
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)

  async function query(text: string, parameters: readonly unknown[]) {
    const timeout = localTimeout.exec(text)
    if (timeout) timeoutMs = Number(timeout[1])
    // 0 means no limit, as on the server.
    const limit = timeoutMs === 0 ? {} : { query_timeout: timeoutMs + graceMs }
    try {
      const result = await client.query({ text, values: encodeParameters(parameters), ...nameOf(text), ...limit })
      if (text === 'commit' && result.command !== 'COMMIT') {
        throw new EngineError(sqlstate.transaction_lost, 'the transaction had failed and was rolled back')
      }
      return result
    } catch (error) {
      if (endsConnection(error)) broken = error as Error
      // The server rolls back when the connection goes; the error that led here says more.
      if (text === 'rollback' && broken) return { command: 'ROLLBACK', rowCount: null, rows: [] }
      throw error
    } finally {
      if (transactionEnd.test(text)) timeoutMs = options.statement_timeout_ms
    }
  }

  return {
    query: query as unknown as PostgresPoolClient['query'],
    release() {
      client.off('error', onError)
      // A transaction somebody left open must not meet the next borrower.
      client.release(broken ?? client.getTransactionStatus() !== 'I')
    },
  }
}

async function connectPool(
  pool: pg.Pool,
  options: PoolOptions,
  nameOf: ReturnType<typeof createNaming>,
): Promise<PostgresPoolClient> {
  try {
    return borrow(await pool.connect(), options, nameOf)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout exceeded')) {
      throw new EngineError(sqlstate.too_many_connections, 'no database connection became free in 10 s', {
        cause: error,
      })
    }
    throw error
  }
}

export function postgresDialect(pool: pg.Pool, options: PoolOptions): PostgresDialect {
  const nameOf = createNaming(options.url)
  const kyselyPool: PostgresPool = { connect: () => connectPool(pool, options, nameOf), end: () => pool.end() }
  return new PostgresDialect({ pool: kyselyPool })
}
