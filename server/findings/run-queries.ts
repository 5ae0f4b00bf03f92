import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { FindingsChanged, Layer } from '../http/change.ts'

/** One writer at a time per site; readers are not held up. */
const WRITER_LOCK = 7_251_001

/**
 * Takes the writer lock, then fixes the moment of the change, so that moments follow the order of commits. A city's
 * candidates pass through intermediate results of a few dozen megabytes; statements kept by name are not planned again.
 */
export async function becomeWriter(trx: Db, now: Date | undefined): Promise<void> {
  await sql`
    with lock as materialized (select pg_advisory_xact_lock(${sql.lit(WRITER_LOCK)}))
    select set_config('app.now', coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp())::text, true),
           set_config('work_mem', '64MB', true), set_config('plan_cache_mode', 'force_generic_plan', true)
    from lock`.execute(trx)
}

export async function bumpVersions(trx: Db, layers: Layer[]): Promise<void> {
  if (layers.length === 0) return
  await sql`update dataset_versions set version = version + 1, changed_at = app_now()
            where layer = any(${layers}::text[])`.execute(trx)
}

export const recordRun = (trx: Db, scope: string, { opened, superseded, ended }: FindingsChanged) =>
  sql`insert into detection_runs (scope, evaluated_on, opened, superseded, ended)
      values (${scope}, app_today(), ${opened}, ${superseded}, ${ended})`.execute(trx)

export const recordChange = (trx: Db, action: string, actor: string, scope: string, findings: FindingsChanged) =>
  sql`insert into changes (action, actor, scope, opened, superseded, ended)
      values (${action}, ${actor}, ${scope}, ${findings.opened}, ${findings.superseded}, ${findings.ended})`.execute(
    trx,
  )

/** Whether the last full run was on this calendar day (Asia/Shanghai); true on an empty site. */
export async function isEvaluatedToday(db: Db): Promise<boolean> {
  const { rows } = await sql<{ current: boolean }>`
    select coalesce((select evaluated_on = app_today() from detection_runs where scope = 'all' order by id desc limit 1),
                    not exists (select from schools)) as current`.execute(db)
  return rows[0]?.current ?? true
}

export async function measureSrid(db: Db): Promise<number> {
  const { rows } = await sql<{ srid: number }>`
    select value::text::int as srid from settings where key = 'measure_srid'`.execute(db)
  return rows[0]!.srid
}

export const setMeasureSrid = (trx: Db, srid: number) => sql`select set_measure_srid(${srid}::int)`.execute(trx)
