import { CompiledQuery, Kysely, sql } from 'kysely'
import { embeddedDialect, scriptMark } from './embedded/dialect.ts'
import { openEngine } from './embedded/engine.ts'
import { EngineError, sqlstate } from './embedded/errors.ts'
import { startMaintenance } from './embedded/maintenance.ts'
import { createMutex } from './embedded/mutex.ts'
import { sessionSettings } from './embedded/settings.ts'
import { createPool, type PoolOptions, postgresDialect } from './postgresql.ts'
import type { Tables } from './tables.ts'
import { inTransaction } from './transaction.ts'

export { freeBytes, minimumFreeBytes } from './embedded/disk.ts'
export { EngineError, sqlstate } from './embedded/errors.ts'
export { isLocked } from './embedded/lock.ts'

/** A connection pool or, inside `inTransaction`, the transaction. */
export type Db = Kysely<Tables>

export interface ConnectOptions {
  /** postgresql:// URL; the embedded engine when it is missing. */
  url?: string | undefined
  /** A replica for reads that may lag; `url` when it is missing. */
  read_url?: string | undefined
  /** Directory of the embedded engine, or 'memory://'. */
  data_dir?: string | undefined
  /** Longest a statement may take unless its transaction says otherwise: 60. */
  statement_timeout_s?: number | undefined
  /** Told about slow or unusual events (first build, restart, lost connection); standard error by default. */
  onMessage?: ((text: string) => void) | undefined
}

export interface Versions {
  postgresql: string
  postgis: string
}

export interface Database {
  db: Db
  /** For reads that may lag behind `db`. Without a replica the same object. */
  read: Db
  kind: 'postgresql' | 'embedded'
  /** True on the embedded engine, which is not for records that must last. */
  trial: boolean
  versions(): Promise<Versions>
  /** Whether ST_AsMVT works; the embedded PostGIS lacks it. */
  hasMvt: boolean
  /** Resolves when the database answers. */
  ping(): Promise<void>
  close(): Promise<void>
}

const extensions = ['postgis', 'pg_trgm', 'btree_gist']

async function readVersions(db: Db): Promise<Versions> {
  const { rows } = await sql<Versions>`
    select split_part(current_setting('server_version'), ' ', 1) as postgresql, postgis_lib_version() as postgis
  `.execute(db)
  return rows[0]!
}

async function probeMvt(db: Db): Promise<boolean> {
  try {
    await sql`select ST_AsMVT(t) from (select ST_AsMVTGeom('POINT(1 1)', ST_MakeEnvelope(0, 0, 9, 9)) as geom) t`.execute(
      db,
    )
    return true
  } catch {
    return false
  }
}

/**
 * Runs a text of several statements, all or nothing.
 * @throws the server's error for the first statement that fails
 */
export async function execScript(db: Db, sqlText: string): Promise<void> {
  // Without parameters node-postgres uses the simple protocol, which takes many statements.
  await inTransaction(db, (trx) => trx.executeQuery(CompiledQuery.raw(scriptMark + sqlText)))
}

async function assertServer(db: Db): Promise<void> {
  const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int as version`.execute(
    db,
  )
  const version = rows[0]!.version
  if (version < 150_000) {
    const found = `${Math.floor(version / 10_000)}.${version % 10_000}`
    throw new EngineError(sqlstate.cannot_connect_now, `PostgreSQL 15 or newer is needed, this server is ${found}`)
  }
  await ensureExtensions(db)
  const { postgis } = await readVersions(db)
  const [major = 0, minor = 0] = postgis.split('.').map(Number)
  if (major < 3 || (major === 3 && minor < 3)) {
    throw new EngineError(sqlstate.cannot_connect_now, `PostGIS 3.3 or newer is needed, this database has ${postgis}`)
  }
}

async function ensureExtensions(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string; installed: boolean; database: string }>`
    select n.name, e.oid is not null as installed, current_database() as database
    from unnest(${extensions}::text[]) as n(name) left join pg_extension e on e.extname = n.name
  `.execute(db)
  for (const { name, database } of rows.filter((row) => !row.installed)) {
    try {
      await sql`create extension if not exists ${sql.id(name)}`.execute(db)
    } catch (error) {
      const command = `sudo -u postgres psql -d ${database} -c 'create extension ${name}'`
      const packageHint = name === 'postgis' ? ' (Debian package postgresql-15-postgis-3)' : ''
      const text = `the database lacks the extension ${name}${packageHint}; an administrator runs: ${command}`
      throw new EngineError(sqlstate.cannot_connect_now, `${text} (${(error as Error).message})`, { cause: error })
    }
  }
}

async function connectPostgresql(url: string, options: ConnectOptions, timeoutMs: number): Promise<Database> {
  const onMessage = options.onMessage ?? console.error
  const open = (at: string, read_only: boolean): Db => {
    const pool: PoolOptions = { url: at, statement_timeout_ms: timeoutMs, read_only, onMessage }
    return new Kysely<Tables>({ dialect: postgresDialect(createPool(pool, sessionSettings), pool) })
  }
  const db = open(url, false)
  const read = options.read_url ? open(options.read_url, true) : db
  const all = [...new Set([db, read])]
  const close = async () => {
    await Promise.all(all.map((each) => each.destroy()))
  }
  const ping = async () => {
    await Promise.all(all.map((each) => sql`select 1`.execute(each)))
  }
  try {
    await assertServer(db)
    await ping()
    const hasMvt = await probeMvt(db)
    return { db, read, kind: 'postgresql', trial: false, versions: () => readVersions(db), hasMvt, ping, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function connectEmbedded(options: ConnectOptions, timeoutMs: number): Promise<Database> {
  if (!options.data_dir) throw new EngineError(sqlstate.invalid_parameter_value, 'either url or data_dir is needed')
  const onMessage = options.onMessage ?? console.error
  const engine = await openEngine(options.data_dir, onMessage)
  const mutex = createMutex()
  const db: Db = new Kysely<Tables>({ dialect: embeddedDialect(engine, mutex, { statement_timeout_ms: timeoutMs }) })
  const ping = async () => {
    // A busy engine is alive: its watchdog sees to that.
    if (mutex.isHeld) return
    const release = await mutex.acquire(timeoutMs)
    await engine.check().finally(release)
  }
  const stop = startMaintenance(engine, mutex, onMessage)
  const close = async () => {
    stop()
    await db.destroy()
  }
  try {
    const hasMvt = await probeMvt(db)
    return { db, read: db, kind: 'embedded', trial: true, versions: () => readVersions(db), hasMvt, ping, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Opens PostgreSQL when `url` is given, else the embedded engine in `data_dir`.
 * @throws EngineError with a text for the person who starts the server: directory in use (55006), server too old or
 * without PostGIS (57P03)
 */
export function connect(options: ConnectOptions): Promise<Database> {
  const timeoutMs = (options.statement_timeout_s ?? 60) * 1000
  return options.url ? connectPostgresql(options.url, options, timeoutMs) : connectEmbedded(options, timeoutMs)
}
