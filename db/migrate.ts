/** Plain SQL migrations: `0001_name.sql`, forward only, each in its own transaction, never edited once applied. */
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { type Db, EngineError, execScript, sqlstate } from './connect.ts'
import { inTransaction } from './transaction.ts'

export interface MigrateOptions {
  /** Called before each file that is going to be applied, with its place among all files. */
  onProgress?: (file: string, index: number, total: number) => void
}

interface Migration {
  version: number
  name: string
  sha256: string
  text: string
}

type Applied = Pick<Migration, 'version' | 'name' | 'sha256'>

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/
const endsTransaction = /^\s*(begin|start transaction|commit|rollback)\s*;/im
/** An index over a large table takes its time; nobody else works during a migration. */
const timeout_s = 3600
/** Any number, as long as nothing else in the database locks it. */
const advisoryLock = 7_238_201

const refuse = (text: string) => new EngineError(sqlstate.cannot_connect_now, text)

async function readMigrations(dir: string): Promise<Migration[]> {
  const files = (await fs.readdir(dir)).filter((file) => file.endsWith('.sql')).sort()
  const migrations: Migration[] = []
  for (const name of files) {
    const match = fileName.exec(name)
    if (!match) throw refuse(`${name} is not named like 0001_what_changes.sql`)
    const version = Number(match[1])
    if (migrations.at(-1)?.version === version) throw refuse(`two migrations have the number ${match[1]}`)
    // A checkout on Windows may turn the line ends; the file is the same.
    const text = (await fs.readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n')
    if (endsTransaction.test(text)) throw refuse(`${name} begins or ends a transaction; each file is one already`)
    migrations.push({ version, name, sha256: createHash('sha256').update(text).digest('hex'), text })
  }
  return migrations
}

async function listApplied(db: Db): Promise<Applied[]> {
  return (await sql<Applied>`select version, name, sha256 from migrations order by version`.execute(db)).rows
}

/** Held until the transaction ends: of several servers that start at once, one migrates and the others wait. */
async function lockMigrations(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(advisoryLock)})`.execute(trx)
}

async function tableExists(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass('migrations') is not null as found`.execute(db)
  return rows[0]!.found
}

async function createTable(trx: Db): Promise<void> {
  await lockMigrations(trx)
  await sql`
    create table if not exists migrations (
      version int primary key,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )`.execute(trx)
  await sql`comment on table migrations is 'Schema files applied to this database, with their content hash'`.execute(
    trx,
  )
}

/** The files must begin with exactly what was applied. */
function assertHistory(applied: Applied[], migrations: Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0
  for (const row of applied) {
    const file = migrations.find((migration) => migration.version === row.version)
    if (!file && row.version > newest) {
      throw refuse(`the database is newer than this program: it has ${row.name}; install the newer version`)
    }
    if (!file) throw refuse(`the database has ${row.name}, which this program does not know`)
    if (file.sha256 !== row.sha256) {
      throw refuse(`${file.name} was changed after it was applied; restore it and put the change in a new file`)
    }
  }
  const last = applied.at(-1)?.version ?? 0
  const late = migrations.find((file) => file.version < last && !applied.some((row) => row.version === file.version))
  if (late) throw refuse(`${late.name} comes before what was applied already; give it a number above ${last}`)
}

/** True when this call applied the file, false when another server was faster. */
async function applyMigration(trx: Db, { version, name, sha256, text }: Migration): Promise<boolean> {
  await lockMigrations(trx)
  const { rows } = await sql<Applied>`
    insert into migrations (version, name, sha256) values (${version}, ${name}, ${sha256})
    on conflict (version) do nothing returning version, name, sha256
  `.execute(trx)
  if (rows.length > 0) await execScript(trx, text)
  return rows.length > 0
}

/**
 * Brings the database to the newest file of `dir` and returns the names of the files this call applied.
 * A file that fails leaves nothing behind; those before it stay.
 * @throws EngineError 57P03 when an applied file was changed or the database is newer than the files
 */
export async function migrate(db: Db, dir: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations(dir)
  // Asked first, so that a start with nothing to do needs no right to create tables.
  if (!(await tableExists(db))) await inTransaction(db, createTable, { timeout_s })
  const known = await listApplied(db)
  assertHistory(known, migrations)
  const done: string[] = []
  for (const [index, migration] of migrations.entries()) {
    if (known.some((row) => row.version === migration.version)) continue
    options.onProgress?.(migration.name, index + 1, migrations.length)
    try {
      if (await inTransaction(db, (trx) => applyMigration(trx, migration), { timeout_s })) done.push(migration.name)
    } catch (error) {
      const where = `migration ${migration.name} failed and left nothing behind`
      throw new EngineError(
        (error as EngineError).code ?? sqlstate.internal_error,
        `${where}: ${(error as Error).message}`,
        {
          cause: error,
        },
      )
    }
  }
  // Another server may have applied other content under the same numbers meanwhile.
  assertHistory(await listApplied(db), migrations)
  return done
}
