import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { all, type Condition, heldAt, isOneOf } from './filters.ts'
import { rowsOf } from './writing.ts'

/**
 * What lists of schools, venues and stalls ask about findings. It stands here because reference data may not import the
 * findings domain, which is built upon it.
 */
export type PlaceKey = 'school_id' | 'venue_id' | 'stall_id'

export interface FindingFilter {
  as_of?: string
  /** Comma lists; a place passes when one finding satisfies both. */
  state?: string
  rule?: string
}

const findingMatches = (filter: FindingFilter): Condition =>
  all([
    heldAt('f', filter.as_of),
    filter.state !== undefined && isOneOf('f.state', filter.state),
    filter.rule !== undefined && sql`f.rule_id in (select r.id from rules r where ${isOneOf('r.code', filter.rule)})`,
  ])

/** Places that have such a finding; no condition when neither state nor rule is asked for. */
export const hasFinding = (place: string, key: PlaceKey, filter: FindingFilter): Condition | false =>
  (filter.state !== undefined || filter.rule !== undefined) &&
  sql`exists (select from findings f where ${sql.ref(`f.${key}`)} = ${sql.ref(place)} and ${findingMatches(filter)})`

/** Rows (id, n) with the number of findings of the places on a page. One pass, also over the past. */
export const findingCounts = (key: PlaceKey, as_of: string | undefined, page: RawBuilder<unknown>) =>
  sql`select ${sql.ref(`f.${key}`)} as id, count(*)::int as n from findings f
      where ${sql.ref(`f.${key}`)} in (select id from ${page}) and ${heldAt('f', as_of)} group by 1`

export interface PlaceConditions {
  /** Filters without a facet of their own. */
  shared: Condition[]
  kind: Condition | false
  status: Condition | false
  region: Condition | false
  finding: Condition | false
}

export const allOf = ({ shared, kind, status, region, finding }: PlaceConditions): Condition =>
  all([...shared, kind, status, region, finding])

export interface PlaceFacetsQuery {
  /** Table expression and its alias. */
  from: RawBuilder<unknown>
  alias: string
  key: PlaceKey
  /** SQL array of the row's kinds. */
  kinds: RawBuilder<unknown>
  conditions: PlaceConditions
  filter: FindingFilter
}

export const sortedCounts = (rows: RawBuilder<unknown>): Condition => sql`(
  select coalesce(json_agg(json_build_object('value', value, 'count', n) order by n desc, value collate "C"), '[]'::json)
  from (${rows}) as counted where value is not null)`

export const passes = (condition: Condition | false): Condition =>
  condition === false ? sql`true` : sql`coalesce(${condition}, false)`

/**
 * Counts per value of kind, status, region, finding state and rule, each with all *other* filters applied. The places
 * are read once, into groups of equal values and equal answers to the filters.
 */
export async function placeFacets(db: Db, query: PlaceFacetsQuery): Promise<Record<string, unknown>> {
  const { from, alias, key, kinds, conditions, filter } = query
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const facet = (value: Condition, ok: Condition) =>
    sortedCounts(sql`select value, sum(n)::int as n from grouped cross join lateral (${value}) as v(value)
                     where ${ok} group by value`)
  const findingFacet = (value: Condition, others: FindingFilter) =>
    sortedCounts(sql`select ${value} as value, count(distinct ${column('id')})::int as n
      from findings f join rules r on r.id = f.rule_id join ${from} on ${column('id')} = ${sql.ref(`f.${key}`)}
      where ${findingMatches(others)} and ${allOf({ ...conditions, finding: false })} group by 1`)
  const { state, rule, ...moment } = filter
  const [row] = await rowsOf<Record<string, unknown>>(
    db,
    sql`
    with grouped as materialized (
      select ${kinds} as kinds, ${column('status')} as status, ${column('region_code')} as region,
             ${passes(conditions.kind)} as ok_kind, ${passes(conditions.status)} as ok_status,
             ${passes(conditions.region)} as ok_region, ${passes(conditions.finding)} as ok_finding, count(*) as n
      from ${from} where ${all(conditions.shared)}
      group by 1, 2, 3, 4, 5, 6, 7
    )
    select
      (select coalesce(sum(n), 0)::int from grouped
       where ok_kind and ok_status and ok_region and ok_finding) as "numberMatched",
      ${facet(sql`select unnest(kinds)`, sql`ok_status and ok_region and ok_finding`)} as kind,
      ${facet(sql`select status`, sql`ok_kind and ok_region and ok_finding`)} as status,
      ${facet(sql`select region`, sql`ok_kind and ok_status and ok_finding`)} as region,
      ${findingFacet(sql`f.state`, { ...moment, ...(rule === undefined ? {} : { rule }) })} as state,
      ${findingFacet(sql`r.code`, { ...moment, ...(state === undefined ? {} : { state }) })} as rule`,
  )
  return row!
}
