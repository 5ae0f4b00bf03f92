import type { Db } from '../../db/connect.ts'
import type { Change } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import type { CloseBody } from '../http/schemas.ts'
import { NOTHING, scopeOf } from '../http/scope.ts'
import { assertVersion, closingDay } from '../http/single.ts'
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

/** Creates one rule as a draft; the code must be free. */
export async function createRule(trx: Db, rule: RuleInput): Promise<Change<number>> {
  assertDates(rule)
  const { result, ...change } = await createRules(trx, [], [rule])
  if (!result[0]) throw problems.row.duplicate(`rule ${rule.code}`)
  return { ...change, result: result[0].id }
}

export async function createSource(trx: Db, source: RuleSource): Promise<Change<number>> {
  const [inserted] = await queries.insertSource(trx, source)
  if (!inserted) throw problems.row.duplicate(`rule source ${source.code}`)
  return { result: inserted.id, scope: NOTHING, layers: ['rules'] }
}

export async function changeRule(
  trx: Db,
  id: number,
  change: RuleChange,
  version: number | undefined,
): Promise<Change<number>> {
  const stored = await lockedRule(trx, id, version)
  const from = stored.status as RuleStatus
  if (change.status !== undefined && change.status !== from && !RULE_TRANSITIONS[from].includes(change.status))
    throw problems.rule.badTransition(from, change.status, RULE_TRANSITIONS[from])
  assertDates({ ...stored, ...change })
  return written(id, Object.keys(change).length === 0 ? [] : await queries.updateRule(trx, id, change))
}

/** Takes a rule out of force; its findings end. Day and reason are noted with the rule. */
export async function retireRule(
  trx: Db,
  id: number,
  { on, reason }: CloseBody,
  version: number | undefined,
): Promise<Change<number>> {
  const stored = await lockedRule(trx, id, version)
  if (stored.status === 'retired') throw problems.row.alreadyClosed('rule')
  const note = `${await closingDay(trx, on)} 停用：${reason}`
  const notes = stored.notes ? `${stored.notes}\n${note}` : note
  return written(id, await queries.updateRule(trx, id, { status: 'retired', notes }))
}

async function lockedRule(trx: Db, id: number, version: number | undefined): Promise<queries.StoredRule> {
  const stored = await queries.lockRule(trx, id)
  if (!stored) throw problems.row.notFound('rule', id)
  assertVersion(version, stored.version)
  return stored
}

const written = (id: number, changed: { id: number }[]): Change<number> =>
  changed.length === 0
    ? { result: id, scope: NOTHING, layers: [] }
    : { result: id, scope: scopeOf('rules', [id]), layers: ['rules'] }

function assertDates(rule: {
  effective_from: string
  effective_to?: string | null
  grandfather_policy?: string
  grandfather_until?: string | null
}): void {
  if (rule.effective_to && rule.effective_to < rule.effective_from)
    throw problems.row.refused([
      {
        field: 'effective_to',
        message: `${rule.effective_to} is before effective_from`,
        expected: rule.effective_from,
      },
    ])
  if (rule.grandfather_policy === 'fixed_date' && !rule.grandfather_until)
    throw problems.row.refused([
      { field: 'grandfather_until', message: 'missing', expected: 'a date, as the policy is fixed_date' },
    ])
}

/** Puts rules into force directly; for loading a documented set, not for a person's click. */
export async function activateRules(trx: Db, codes: string[]): Promise<Change<number[]>> {
  const ids = (await queries.activateRules(trx, codes)).map((row) => row.id)
  return { result: ids, scope: scopeOf('rules', ids), layers: ids.length > 0 ? ['rules'] : [] }
}
