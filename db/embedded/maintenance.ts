/**
 * What PostgreSQL's background processes do and the embedded engine, which has none, does not: checkpoints (without
 * them the write-ahead log grows for ever: 900 MB after 800 MB of inserts), vacuum, and statistics for the planner.
 */
import type { Engine } from './engine.ts'
import type { Mutex } from './mutex.ts'

const defaultIntervalMs = 10_000
const checkpointBytes = 64 * 1024 * 1024
/** Vacuum of one large table; 1.6 million rows took 8 s. */
const timeoutMs = 600_000

const logSize = `
  select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::bigint from pg_control_checkpoint()`

// Autovacuum's own formulas and defaults; the worst table first, one each time, so that nobody waits long.
const neediest = `
  select format('vacuum (analyze) %I.%I', schemaname, relname)
  from pg_stat_all_tables
  where schemaname <> 'information_schema' and schemaname !~ '^pg_(toast|temp)'
    and (n_dead_tup > 50 + 0.2 * n_live_tup
      or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
      or n_mod_since_analyze > 50 + 0.1 * n_live_tup)
  order by n_dead_tup + n_mod_since_analyze desc limit 1`

/** True when it found a table to look after: there may be more. */
async function maintain(engine: Engine): Promise<boolean> {
  // The session keeps its counts to itself for a second otherwise.
  await engine.statement('select pg_stat_force_next_flush()', [], timeoutMs)
  const size = await engine.statement(logSize, [], timeoutMs)
  if (Number(size.rows[0]?.[0]) > checkpointBytes) await engine.statement('checkpoint', [], timeoutMs)
  const table = await engine.statement(neediest, [], timeoutMs)
  const command = table.rows[0]?.[0]
  if (command) await engine.statement(command, [], timeoutMs)
  return Boolean(command)
}

/** Looks after the engine whenever it has worked. The result stops it. */
export function startMaintenance(
  engine: Engine,
  mutex: Mutex,
  onMessage: (text: string) => void,
  intervalMs = defaultIntervalMs,
): () => void {
  let seen = engine.served
  let running = false

  async function tick() {
    if (running || engine.served === seen || engine.isDiskFull()) return
    running = true
    let more = false
    try {
      const release = await mutex.acquire(timeoutMs)
      more = await maintain(engine).finally(release)
    } catch (error) {
      onMessage(`maintenance of the embedded database: ${(error as Error).message}`)
    } finally {
      running = false
      seen = more ? Number.NaN : engine.served
    }
  }

  const timer = setInterval(tick, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}
