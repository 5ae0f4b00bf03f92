/**
 * Moves a site from the embedded engine to an empty PostgreSQL database: all or nothing, in one transaction of the
 * target, which commits only after every table was compared and a recompute has found nothing to change.
 */
import type { Database, Db } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { inTransaction } from '../../db/transaction.ts'
import { detectAndMerge } from '../../server/findings/merge-queries.ts'
import { becomeWriter, measureSrid, setMeasureSrid } from '../../server/findings/run-queries.ts'
import { createApplyChange, recomputeIfDayTurned } from '../../server/findings/service.ts'
import type { FindingsChanged } from '../../server/http/change.ts'
import { ALL } from '../../server/http/scope.ts'
import { rebuildEndpoints } from '../../server/zones/endpoint-queries.ts'
import { redrawRings } from '../../server/zones/ring-queries.ts'
import type { Digest, SiteTable } from './queries.ts'
import * as queries from './queries.ts'

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname
/** Text of one batch; a row is written out longer than it is stored, up to four times. */
const BATCH_BYTES = 4 * 1024 * 1024
const MAX_BATCH_ROWS = 2000
/** Copying waits for nobody, so the limit only has to be longer than any single statement of a large site. */
const timeout_s = 3600

/** Why nothing was moved, in both languages. */
export class MoveError extends Error {}

export interface Moved {
  tables: { name: string; rows: number }[]
  measure_srid: number
}

export interface MoveOptions {
  onProgress?: (table: string, rows: number) => void
  /** Runs before the comparison; for tests that spoil the copy. */
  beforeComparing?: (trx: Db) => Promise<void>
}

/** Tables so that each comes after those its foreign keys point to. */
export function inReferenceOrder(tables: SiteTable[]): SiteTable[] {
  const ordered: SiteTable[] = []
  const rest = [...tables]
  while (rest.length > 0) {
    const next = rest.findIndex((table) => table.needs.every((name) => ordered.some((done) => done.name === name)))
    if (next < 0)
      throw new MoveError(`表之间循环引用 / tables refer to each other in a circle: ${rest.map((t) => t.name)}`)
    ordered.push(...rest.splice(next, 1))
  }
  return ordered
}

async function assertEmpty(target: Db): Promise<void> {
  const relations = await queries.listRelations(target)
  if (relations.length > 0) {
    const some = relations.slice(0, 5).join(', ')
    throw new MoveError(
      `目标数据库不是空的 / the target database is not empty: ${some}${relations.length > 5 ? ', …' : ''}`,
    )
  }
  const encoding = await queries.serverEncoding(target)
  if (encoding !== 'UTF8') throw new MoveError(`目标数据库编码应为 UTF8 / the target must be UTF8, not ${encoding}`)
}

async function copyTable(from: Db, to: Db, table: SiteTable): Promise<void> {
  const rowBytes = Math.max(1, (4 * table.bytes) / Math.max(1, table.rows))
  const size = Math.max(1, Math.min(MAX_BATCH_ROWS, Math.floor(BATCH_BYTES / rowBytes)))
  for await (const batch of queries.readBatches(from, table, size)) await queries.insertBatch(to, table, batch)
}

const textOf = ({ rows, hash }: Digest) => `${rows} 行 rows, md5 ${hash || '-'}`

async function compare(from: Db, to: Db, tables: SiteTable[]): Promise<void> {
  const differences: string[] = []
  for (const table of tables) {
    const [here, there] = [await queries.digestOf(from, table), await queries.digestOf(to, table)]
    if (here.rows !== there.rows || here.hash !== there.hash)
      differences.push(`  ${table.name}: ${textOf(here)} -> ${textOf(there)}`)
  }
  if (differences.length > 0)
    throw new MoveError(
      `复制结果与原数据不一致，目标未改动 / the copy differs, the target is untouched:\n${differences.join('\n')}`,
    )
}

/**
 * Derives everything again on the target. What differs by rounding alone takes the target's own digits, in place: the
 * two engines round differently, and every later recompute would replace those findings for nothing.
 */
async function derive(to: Db, moment: Date): Promise<void> {
  await becomeWriter(to, moment)
  await rebuildEndpoints(to, ALL)
  const { opened, superseded, ended } = await detectAndMerge(to, ALL)
  const changed = superseded - (await queries.adoptFindings(to))
  if (opened + changed + ended > 0) throw new MoveError(disagreement({ opened, superseded: changed, ended }))
  await redrawRings(to, ALL)
  await queries.adoptRings(to)
}

/** The proof, by the ordinary way of changing anything; it also leaves the line in `changes` that tells of the move. */
async function prove(to: Db, srid: number, moment: Date): Promise<void> {
  const applyChange = createApplyChange(to, { measure_srid: srid, now: () => moment, timeout_s })
  const { findings } = await applyChange('site.move', async () => ({ result: null, scope: ALL, layers: [] }))
  if (Object.values(findings).some((n) => n > 0)) throw new MoveError(disagreement(findings))
}

const disagreement = ({ opened, superseded, ended }: FindingsChanged) =>
  `在目标上重新计算得到不同结果，目标未改动 / the target computes other findings, it is untouched: ` +
  `opened ${opened}, superseded ${superseded}, ended ${ended}`

/**
 * Both databases must be open and used by nobody else. The source only gets what any start would bring it: pending
 * migrations, and the day's recompute if the day has turned.
 * @throws MoveError when the target is not empty or the copy is not the same; the target is then as it was
 */
export async function moveSite(source: Database, target: Database, options: MoveOptions = {}): Promise<Moved> {
  await assertEmpty(target.db)
  await migrate(source.db, MIGRATIONS)
  await recomputeIfDayTurned(source.db, createApplyChange(source.db))
  const moment = new Date()
  const moved = await inTransaction(target.db, (to) => moveInto(source.db, to, moment, options), { timeout_s })
  await queries.analyze(target.db)
  return moved
}

async function moveInto(source: Db, to: Db, moment: Date, options: MoveOptions): Promise<Moved> {
  await migrate(to, MIGRATIONS)
  return inTransaction(
    source,
    async (from) => {
      const [here, there] = [await queries.appliedMigrations(from), await queries.appliedMigrations(to)]
      if (here.join() !== there.join())
        throw new MoveError('两边的表结构版本不同 / the schemas are of different versions')
      const tables = inReferenceOrder(await queries.listTables(from))
      const measure_srid = await measureSrid(from)
      await setMeasureSrid(to, measure_srid)
      await queries.emptyTables(to, tables)
      for (const table of tables) {
        options.onProgress?.(table.name, table.rows)
        await copyTable(from, to, table)
      }
      for (const { name, last } of await queries.listSequences(from)) await queries.setSequence(to, name, last)
      await options.beforeComparing?.(to)
      await compare(from, to, tables)
      await derive(to, moment)
      await prove(to, measure_srid, moment)
      return { tables: tables.map(({ name, rows }) => ({ name, rows })), measure_srid }
    },
    { isolation: 'repeatable read', timeout_s },
  )
}
