import type { Db } from '../../db/connect.ts'
import type { Change } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { scopeOf } from '../zones/scope.ts'
import type { RULE_STATUSES, RuleChange, RuleInput, RuleSource } from './schemas.ts'
import * as queries from './write-queries.ts'

type RuleStatus = (typeof RULE_STATUSES)[number]

/** A rule is drafted, reviewed, activated, retired; it can go back a step, and a retired one starts as a draft again. */
export const RULE_TRANSITIONS: Record<RuleStatus, readonly RuleStatus[]> = {
  draft: ['reviewed', 'retired'],
  reviewed: ['active', 'draft', 'retired'],
  active: ['retired'],
  retired: ['draft'],
}

export async function createRules(
  trx: Db,
  sources: RuleSource[],
  rules: RuleInput[],
): Promise<Change<{ id: number; code: string }[]>> {
  if (sources.length > 0) await queries.upsertSources(trx, sources)
  const missing = await queries.missingSources(trx, [...new Set(rules.map((rule) => rule.source_code))])
  if (missing[0]) throw problems.rule.unknownSource(missing[0].code)
  const inserted = await queries.insertRules(trx, rules)
  return { result: inserted, scope: scopeOf('rules', []), layers: inserted.length > 0 ? ['rules'] : [] }
}

export async function changeRule(
  trx: Db,
  id: number,
  change: RuleChange,
  version: number | undefined,
): Promise<Change<number>> {
  const [stored] = await queries.lockRule(trx, id)
  if (!stored) throw problems.row.notFound('rule', id)
  if (version !== undefined && version !== stored.version) throw problems.row.versionConflict(version, stored.version)
  const from = stored.status as RuleStatus
  if (change.status !== undefined && change.status !== from && !RULE_TRANSITIONS[from].includes(change.status))
    throw problems.rule.badTransition(from, change.status, RULE_TRANSITIONS[from])
  if (Object.keys(change).length > 0) await queries.updateRule(trx, id, change)
  return { result: id, scope: scopeOf('rules', [id]), layers: ['rules'] }
}

/** Puts rules into force directly; for loading a documented set, not for a person's click. */
export async function activateRules(trx: Db, codes: string[]): Promise<Change<number[]>> {
  const ids = (await queries.activateRules(trx, codes)).map((row) => row.id)
  return { result: ids, scope: scopeOf('rules', ids), layers: ids.length > 0 ? ['rules'] : [] }
}
