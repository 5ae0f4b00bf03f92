import fs from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Engine, openEngine } from '../../db/embedded/engine.ts'
import { startMaintenance } from '../../db/embedded/maintenance.ts'
import { createMutex } from '../../db/embedded/mutex.ts'
import { scratchDir } from './databases.ts'

let dir = ''
let engine: Engine
beforeEach(async () => {
  dir = await scratchDir()
  engine = await openEngine(dir, console.error)
}, 60_000)
afterEach(async () => {
  await engine.close()
  await fs.rm(dir, { recursive: true, force: true })
})

describe('maintenance of the embedded engine', () => {
  it('checkpoints, vacuums and analyses without being asked', async () => {
    const mutex = createMutex()
    const ask = async (sql: string) => {
      const release = await mutex.acquire(60_000)
      return (await engine.statement(sql, [], 60_000).finally(release)).rows
    }
    await ask("create table t as select g as n, repeat('x', 800) as filler from generate_series(1, 100000) g")
    await ask('delete from t where n % 2 = 0')
    await ask('select pg_stat_force_next_flush()')
    const state = `
      select (select count(*) from pg_stats where tablename = 't'),
        (select n_dead_tup from pg_stat_user_tables where relname = 't'),
        (select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) > 67108864 from pg_control_checkpoint())`
    expect(await ask(state)).toEqual([['0', '50000', 't']])
    const stop = startMaintenance(engine, mutex, console.error, 100)
    await expect.poll(() => ask(state), { timeout: 60_000, interval: 200 }).toEqual([['2', '0', 'f']])
    stop()
  }, 90_000)
})
