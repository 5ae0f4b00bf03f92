import type { Db } from '../../db/connect.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { ApplyChange, Change, FindingsChanged, Layer } from '../http/change.ts'
import { LOCAL_OPERATOR } from '../http/change.ts'
import { ALL, type Scope } from '../http/scope.ts'
import { suitableSrid } from '../regions/service.ts'
import { rebuildEndpoints } from '../zones/endpoint-queries.ts'
import { redrawRings } from '../zones/ring-queries.ts'
import { detectAndMerge } from './merge-queries.ts'
import * as queries from './run-queries.ts'

export interface EngineOptions {
  /** Fixed metric SRID of the site; chosen from the regions when missing. */
  measure_srid?: number | undefined
  /** Frozen by tests; the database's clock otherwise. */
  now?: (() => Date) | undefined
  /** Longest a single statement of a change may take. */
  timeout_s?: number | undefined
}

/** From so many changed places on, deriving everything is as quick and leaves the endpoints in spatial order. */
const MANY = 2000

const NO_FINDINGS: FindingsChanged = { opened: 0, superseded: 0, ended: 0 }

/**
 * Derives endpoints, findings and rings again for what a change touched. Must run in the changing transaction, after
 * the writer lock: findings are never seen out of step with the places and rules they come from.
 */
export async function rederive(trx: Db, asked: Scope): Promise<FindingsChanged> {
  if (asked.of === 'nothing') return NO_FINDINGS
  const scope = 'ids' in asked && asked.ids.length > MANY ? ALL : asked
  await rebuildEndpoints(trx, scope)
  const outcome = await detectAndMerge(trx, scope)
  const rings = await redrawRings(trx, scope)
  const layers: Layer[] = []
  if (outcome.opened + outcome.superseded + outcome.ended > 0) layers.push('findings')
  if (rings > 0) layers.push('zones')
  await queries.bumpVersions(trx, layers)
  await queries.recordRun(trx, scope.of, outcome)
  return outcome
}

/** The one way reference data changes; see ApplyChange. */
export function createApplyChange(db: Db, options: EngineOptions = {}): ApplyChange {
  return <T>(action: string, work: (trx: Db) => Promise<Change<T>>) =>
    inTransaction(
      db,
      async (trx) => {
        await queries.becomeWriter(trx, options.now?.())
        const change = await work(trx)
        const scope = (await fitMeasureSrid(trx, change.layers, options.measure_srid)) ? ALL : change.scope
        await queries.bumpVersions(trx, change.layers)
        const findings = await rederive(trx, scope)
        await queries.recordChange(trx, action, LOCAL_OPERATOR.name, scope.of, findings)
        return { result: change.result, findings }
      },
      { timeout_s: options.timeout_s ?? 600 },
    )
}

/** Derives everything again from places and rules. The result is the same set, or a defect. */
export const recomputeAll = (applyChange: ApplyChange): Promise<FindingsChanged> =>
  applyChange('findings.recompute', async () => ({ result: null, scope: ALL, layers: [] })).then(
    ({ findings }) => findings,
  )

/** Recomputes once when the day has turned since the last full run: rules start and end, licences expire by date. */
export async function recomputeIfDayTurned(db: Db, applyChange: ApplyChange): Promise<FindingsChanged | null> {
  return (await queries.isEvaluatedToday(db)) ? null : recomputeAll(applyChange)
}

/** Moves the site to the zone its places lie in (or the configured one); true when the metric columns changed. */
async function fitMeasureSrid(trx: Db, layers: Layer[], fixed: number | undefined): Promise<boolean> {
  if (!layers.some((layer) => layer === 'regions' || layer === 'schools')) return false
  const wanted = fixed ?? (await suitableSrid(trx))
  if (wanted === undefined || wanted === (await queries.measureSrid(trx))) return false
  await queries.setMeasureSrid(trx, wanted)
  return true
}
