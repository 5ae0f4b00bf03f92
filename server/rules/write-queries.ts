import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { rowsOf } from '../http/writing.ts'
import type { RuleInput, RuleSource } from './schemas.ts'

const sourceRecord = (rows: RuleSource[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(
    code text, title text, doc_no text, issuer text, jurisdiction text, level text, promulgated_on date,
    effective_from date, effective_to date, url text, evidence_grade text, notes text)`

export const upsertSources = (trx: Db, rows: RuleSource[]): Promise<{ id: number; code: string }[]> =>
  rowsOf(
    trx,
    sql`
    insert into rule_sources (code, title, doc_no, issuer, jurisdiction, level, promulgated_on, effective_from,
                              effective_to, url, evidence_grade, notes)
    select code, title, doc_no, issuer, jurisdiction, level, promulgated_on, effective_from, effective_to, url,
           evidence_grade, notes
    from ${sourceRecord(rows)}
    on conflict (code) do update set title = excluded.title, doc_no = excluded.doc_no, issuer = excluded.issuer,
      jurisdiction = excluded.jurisdiction, level = excluded.level, promulgated_on = excluded.promulgated_on,
      effective_from = excluded.effective_from, effective_to = excluded.effective_to, url = excluded.url,
      evidence_grade = excluded.evidence_grade, notes = excluded.notes
    returning id, code`,
  )

const ruleRecord = (rows: object[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(
    code text, source_code text, article text, title_zh text, title_en text, summary_zh text, summary_en text,
    official_text text, evidence_grade text, jurisdiction text, venue_kinds text[], school_kinds text[],
    threshold_m float8, comparator text, measure_from text, measure_to text, metric text, severity text,
    owner_department text, co_departments text[], grandfather_policy text, grandfather_before date,
    grandfather_until date, exempts_internal boolean, effective_from date, effective_to date, notes text)`

/** Inserts rules as drafts; a code that exists is left as it is. Returns the inserted ones. */
export const insertRules = (trx: Db, rows: RuleInput[]): Promise<{ id: number; code: string }[]> =>
  rowsOf(
    trx,
    sql`
    insert into rules (code, source_id, article, title_zh, title_en, summary_zh, summary_en, official_text,
                       evidence_grade, jurisdiction, venue_kinds, school_kinds, threshold_m, comparator, measure_from,
                       measure_to, metric, severity, owner_department, co_departments, grandfather_policy,
                       grandfather_before, grandfather_until, exempts_internal, effective_from, effective_to, notes)
    select i.code, s.id, i.article, i.title_zh, i.title_en, i.summary_zh, i.summary_en, i.official_text,
           i.evidence_grade, i.jurisdiction, i.venue_kinds, i.school_kinds, i.threshold_m, i.comparator, i.measure_from,
           i.measure_to, i.metric, i.severity, i.owner_department, coalesce(i.co_departments, '{}'),
           coalesce(i.grandfather_policy, 'none'), i.grandfather_before, i.grandfather_until,
           coalesce(i.exempts_internal, false), i.effective_from, i.effective_to, i.notes
    from ${ruleRecord(rows)} join rule_sources s on s.code = i.source_code
    on conflict (code) do nothing
    returning id, code`,
  )

/**
 * Replaces the given columns of one rule where they differ; the keys are checked against the schema before they get
 * here. Returns the rule when it really changed.
 */
export const updateRule = (trx: Db, id: number, change: Record<string, unknown>): Promise<{ id: number }[]> => {
  const columns = Object.entries(change)
  return rowsOf(
    trx,
    sql`update rules set ${sql.join(columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))}
        where id = ${id}
          and (${sql.join(
            columns.map(([column, value]) => sql`${sql.ref(column)} is distinct from ${value}`),
            sql` or `,
          )})
        returning id`,
  )
}

export const activateRules = (trx: Db, codes: string[]): Promise<{ id: number }[]> =>
  rowsOf(
    trx,
    sql`update rules set status = 'active' where code = any(${codes}::text[]) and status <> 'active' returning id`,
  )

export const missingSources = (trx: Db, codes: string[]): Promise<{ code: string }[]> =>
  rowsOf(
    trx,
    sql`select code from unnest(${codes}::text[]) as c(code) where not exists (select from rule_sources s where s.code = c.code)`,
  )

export interface StoredRule {
  status: string
  version: number
  effective_from: string
  effective_to: string | null
  grandfather_policy: string
  grandfather_until: string | null
  notes: string | null
}

export async function lockRule(trx: Db, id: number): Promise<StoredRule | undefined> {
  const [row] = await rowsOf<StoredRule>(
    trx,
    sql`select status, version, effective_from, effective_to, grandfather_policy, grandfather_until, notes
        from rules where id = ${id} for update`,
  )
  return row
}

/** Inserts a source unless its code is taken. */
export const insertSource = (trx: Db, source: RuleSource): Promise<{ id: number }[]> =>
  rowsOf(
    trx,
    sql`
    insert into rule_sources (code, title, doc_no, issuer, jurisdiction, level, promulgated_on, effective_from,
                              effective_to, url, evidence_grade, notes)
    select code, title, doc_no, issuer, jurisdiction, level, promulgated_on, effective_from, effective_to, url,
           evidence_grade, notes
    from ${sourceRecord([source])}
    on conflict (code) do nothing returning id`,
  )
