import type { Database } from '../../db/connect.ts'
import { inTransaction } from '../../db/transaction.ts'
import { detectAndMerge } from '../../server/findings/merge-queries.ts'
import { createApplyChange } from '../../server/findings/service.ts'
import { BY_HAND } from '../../server/http/change.ts'
import { ALL } from '../../server/http/scope.ts'
import { singleRow } from '../../server/http/single.ts'
import { writeVenues } from '../../server/venues/service.ts'
import { rebuildEndpoints } from '../../server/zones/endpoint-queries.ts'
import { bareJoin, decide, geographyJoin, indexGeography } from './detection-queries.ts'
import { ms, percentile, printTable, sideBySide } from './measure.ts'

class RollBack extends Error {}

/** Work whose writes are undone, so that every round starts from the same tables. */
const undone = async <T>(database: Database, work: (trx: Database['db']) => Promise<T>): Promise<T> => {
  let result: T | undefined
  await inTransaction(
    database.db,
    async (trx) => {
      result = await work(trx)
      throw new RollBack()
    },
    { timeout_s: 600 },
  ).catch((error) => {
    if (!(error instanceof RollBack)) throw error
  })
  return result as T
}

/** (a) Full detection: deciding, and deciding with evidence written, beside the bare join and geography. */
export async function benchDetection(database: Database, label: string, rounds: number): Promise<void> {
  await inTransaction(database.db, (trx) => rebuildEndpoints(trx, ALL), { timeout_s: 600 })
  await indexGeography(database.db)
  const long =
    <T>(work: (db: Database['db']) => Promise<T>) =>
    () =>
      inTransaction(database.db, work, { timeout_s: 600 })
  const quick = await sideBySide(
    {
      'bare join (inexact)': long(bareJoin),
      'decided (exact)': long(decide),
      'detected, evidence written': () => undone(database, (trx) => detectAndMerge(trx, ALL)),
    },
    rounds,
  )
  const slow = await sideBySide({ 'geography ST_DWithin': long(geographyJoin) }, Math.max(1, Math.floor(rounds / 4)))
  const base = quick['bare join (inexact)']!.median_ms
  const geography = slow['geography ST_DWithin']!.median_ms
  printTable(
    `Full detection, ${label}, ${database.kind}`,
    [...Object.values(quick), ...Object.values(slow)].map((timing) => ({
      what: timing.name,
      'median ms': ms(timing.median_ms),
      'min-max ms': `${ms(timing.min_ms)}-${ms(timing.max_ms)}`,
      'times the bare join': (timing.median_ms / base).toFixed(2),
      'geography takes x this': (geography / timing.median_ms).toFixed(1),
      pairs: typeof timing.result === 'number' ? timing.result : (timing.result as { opened: number }).opened,
    })),
  )
}

/** (b) One venue moved: the whole change (lock, write, endpoints, findings, versions, commit). */
export async function benchMove(database: Database, label: string, moves: number): Promise<void> {
  const applyChange = createApplyChange(database.db)
  const times: number[] = []
  let changed = 0
  for (let i = 0; i < moves + 20; i++) {
    const geometry = {
      type: 'Point' as const,
      coordinates: [114.25 + ((i * 37) % 1000) / 10_000, 30.55 + ((i * 61) % 1000) / 10_000],
    }
    const start = performance.now()
    const { findings } = await applyChange('bench.move', async (trx) =>
      singleRow(
        await writeVenues(trx, [{ id: 1 + i * 7, name: `场所${1 + i * 7}`, kind: 'internet_cafe', geometry }], BY_HAND),
      ),
    )
    if (i >= 20) times.push(performance.now() - start)
    changed += findings.opened + findings.ended + findings.superseded
  }
  printTable(`One venue moved, ${label}, ${database.kind}`, [
    {
      moves,
      'p50 ms': ms(percentile(times, 0.5)),
      'p99 ms': ms(percentile(times, 0.99)),
      'max ms': ms(Math.max(...times)),
      'findings changed': changed,
    },
  ])
}
