import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { all, containsText, heldAt, isOneOf, tableAt } from '../http/filters.ts'
import { rowsOf } from '../http/writing.ts'

export interface RuleFilter {
  status?: string
  jurisdiction?: string
  kind?: string
  q?: string
  as_of?: string
}

const sourceJson = sql`json_build_object(
  'code', s.code, 'title', s.title, 'doc_no', s.doc_no, 'issuer', s.issuer, 'jurisdiction', s.jurisdiction,
  'level', s.level, 'promulgated_on', s.promulgated_on, 'effective_from', s.effective_from,
  'effective_to', s.effective_to, 'url', s.url, 'evidence_grade', s.evidence_grade, 'notes', s.notes)`

/** Rows (id, rule) with the rule as JSON text; `where` speaks of rules r and their sources s. */
const rulesJson = (where: RawBuilder<unknown>, as_of: string | undefined) => sql`
  select r.id, json_build_object(
    'id', r.id, 'code', r.code, 'article', r.article, 'title_zh', r.title_zh, 'title_en', r.title_en,
    'summary_zh', r.summary_zh, 'summary_en', r.summary_en, 'official_text', r.official_text,
    'evidence_grade', r.evidence_grade, 'jurisdiction', r.jurisdiction, 'venue_kinds', r.venue_kinds,
    'school_kinds', r.school_kinds, 'threshold_m', r.threshold_m, 'comparator', r.comparator,
    'measure_from', r.measure_from, 'measure_to', r.measure_to, 'metric', r.metric, 'severity', r.severity,
    'owner_department', r.owner_department, 'co_departments', r.co_departments,
    'grandfather_policy', r.grandfather_policy, 'grandfather_before', r.grandfather_before,
    'grandfather_until', r.grandfather_until, 'exempts_internal', r.exempts_internal,
    'effective_from', r.effective_from, 'effective_to', r.effective_to, 'notes', r.notes, 'status', r.status,
    'source', ${sourceJson}, 'findings', coalesce(f.n, 0), 'version', r.version, 'valid_from', r.valid_from)::text as rule
  from ${tableAt('rules', as_of)} r join rule_sources s on s.id = r.source_id
  left join (select f.rule_id, count(*)::int as n from findings f where ${heldAt('f', as_of)} group by 1) as f
    on f.rule_id = r.id
  where ${where}
  order by r.jurisdiction, r.code`

/** All rules that pass, as JSON texts: there are tens of them, so the list is not paged. */
export async function listRules(db: Db, filter: RuleFilter): Promise<string[]> {
  const where = all([
    filter.status !== undefined && isOneOf('r.status', filter.status),
    filter.jurisdiction !== undefined && isOneOf('r.jurisdiction', filter.jurisdiction),
    filter.kind !== undefined && sql`r.venue_kinds && ${filter.kind.split(',')}::text[]`,
    filter.q !== undefined &&
      containsText(['r.code', 'r.title_zh', 'r.title_en', 'r.summary_zh', 'r.summary_en', 's.title'], filter.q),
  ])
  return (await rowsOf<{ rule: string }>(db, rulesJson(where, filter.as_of))).map((row) => row.rule)
}

export async function findRule(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const [row] = await rowsOf<{ rule: string }>(db, rulesJson(sql`r.id = ${id}`, as_of))
  return row?.rule
}

export const listSources = (db: Db): Promise<{ source: string }[]> =>
  rowsOf(db, sql`select ${sourceJson}::text as source from rule_sources s order by s.jurisdiction, s.code`)

export async function findSource(db: Db, id: number): Promise<string | undefined> {
  const [row] = await rowsOf<{ source: string }>(
    db,
    sql`select ${sourceJson}::text as source from rule_sources s where s.id = ${id}`,
  )
  return row?.source
}

/** The state of every rule, for the command line. */
export const listRuleStates = (
  db: Db,
): Promise<{ id: number; code: string; status: string; threshold_m: number; title_zh: string }[]> =>
  rowsOf(db, sql`select id, code, status, threshold_m, title_zh from rules order by status, code`)
