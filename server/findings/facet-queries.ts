import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { all, type Condition, tableAt } from '../http/filters.ts'
import { passes, sortedCounts } from '../http/place-queries.ts'
import { rowsOf } from '../http/writing.ts'
import { allOf, conditionsOf, type FindingFilter, fromFindings } from './filter-queries.ts'

const FACETS = ['state', 'venue_kind', 'rule', 'school_kind', 'region'] as const

/**
 * Counts per value of each facet with all *other* filters applied. Findings are read once, into groups of equal values
 * and equal answers to the filters, and the facets are summed from the groups.
 */
export async function findingFacets(db: Db, filter: FindingFilter): Promise<Record<string, unknown>> {
  const conditions = conditionsOf(filter)
  const from = fromFindings(filter)
  const othersPass = (own: string) => all(FACETS.filter((name) => name !== own).map((name) => sql.ref(`ok_${name}`)))
  const facet = (name: (typeof FACETS)[number], value: Condition) =>
    sql`${sortedCounts(sql`
    select value, sum(n)::int as n from grouped cross join lateral (${value}) as v(value)
    where ${othersPass(name)} group by value`)} as ${sql.ref(name)}`
  const [row] = await rowsOf<Record<string, unknown>>(
    db,
    sql`
    with grouped as materialized (
      select f.state, f.venue_kind, f.rule_id, s.kinds as school_kinds, f.region_code,
             ${sql.join(FACETS.map((name) => sql`${passes(conditions[name])} as ${sql.ref(`ok_${name}`)}`))},
             count(*) as n
      from ${from} join ${tableAt('schools', filter.as_of)} s on s.id = f.school_id
      where ${all(conditions.shared)}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ), total as (
      select count(*)::int as n, count(distinct f.place_key)::int as venues, count(distinct f.school_id)::int as schools
      from ${from} where ${allOf(conditions)}
    )
    select total.n as "numberMatched", total.venues, total.schools,
      ${facet('state', sql`select state`)},
      ${facet('venue_kind', sql`select venue_kind`)},
      ${facet('rule', sql`select code from rules where id = rule_id`)},
      ${facet('school_kind', sql`select unnest(school_kinds)`)},
      ${facet('region', sql`select region_code`)}
    from total`,
  )
  return row!
}
