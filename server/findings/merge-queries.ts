import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { Scope } from '../http/scope.ts'
import { detected } from './detect-queries.ts'

export interface DetectionOutcome {
  opened: number
  superseded: number
  ended: number
}

const COLUMNS = sql.raw(`rule_id, rule_version, school_id, school_version, gate_id, origin, venue_id, stall_id,
  venue_version, door_id, target, venue_kind, region_code, jurisdiction_basis, state, reason, is_inside, distance_m,
  uncertainty_m, threshold_m, legacy_until, line_m`)

/** What makes two rows the same finding with the same evidence; the line follows from the endpoints. */
const content = (alias: string) =>
  sql.raw(
    `(${`rule_version, school_version, gate_id, origin, venue_version, door_id, target, venue_kind, region_code,
      jurisdiction_basis, state, reason, is_inside, distance_m, uncertainty_m, threshold_m, legacy_until`
      .split(',')
      .map((column) => `${alias}.${column.trim()}`)
      .join(', ')})`,
  )

const sameKey = sql`d.rule_id = f.rule_id and d.school_id = f.school_id and d.place_key = f.place_key`

function inScope(scope: Scope): RawBuilder<unknown> {
  switch (scope.of) {
    case 'schools':
      return sql`f.school_id = any(${scope.ids}::bigint[])`
    case 'venues':
      return sql`f.venue_id = any(${scope.ids}::bigint[])`
    case 'stalls':
      return sql`f.stall_id = any(${scope.ids}::bigint[])`
    case 'rules':
      return sql`f.rule_id = any(${scope.ids}::bigint[])`
    default:
      return sql`true`
  }
}

/** Up to so many ids a scope is detected twice, to close and to open: cheaper than filling a table in between. */
const FEW = 50

const isFew = (scope: Scope): boolean => 'ids' in scope && scope.of !== 'rules' && scope.ids.length <= FEW

/** Begins the statements of small scopes, which are many and alike: planned once per connection. */
const mark = (name: string, scope: Scope) => sql.raw(isFew(scope) ? `/* prepare ${name}_${scope.of} */` : '')

/**
 * Detects within scope and files the difference: rows that no longer hold are closed with a reason, changed ones are
 * closed as superseded and reopened with their first detection kept, new ones are opened. Never deletes.
 */
export async function detectAndMerge(trx: Db, scope: Scope): Promise<DetectionOutcome> {
  if (!(await hasCurrent(trx, scope))) return { opened: await openFirst(trx, scope), superseded: 0, ended: 0 }
  let found = sql``
  if (isFew(scope))
    found = sql`${detected(scope)}, detected_findings as materialized (
      select d.*, coalesce(venue_id, -stall_id) as place_key from detected d),`
  else await fillDetected(trx, scope)
  const closed = await closeOutdated(trx, scope, found)
  const opened = await openDetected(trx, scope, found)
  return { ended: closed.ended, superseded: closed.superseded, opened: opened - closed.superseded }
}

async function fillDetected(trx: Db, scope: Scope): Promise<void> {
  await sql`create temp table if not exists detected_findings on commit delete rows as
      select ${COLUMNS}, place_key from findings with no data`.execute(trx)
  await sql`truncate detected_findings`.execute(trx)
  await sql`insert into detected_findings (${COLUMNS}, place_key)
    with ${detected(scope)} select ${COLUMNS}, coalesce(venue_id, -stall_id) from detected`.execute(trx)
  await sql`analyze detected_findings`.execute(trx)
}

async function hasCurrent(trx: Db, scope: Scope): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`${mark('current', scope)}
    select exists (select from findings f where f.valid_to is null and ${inScope(scope)}) as found`.execute(trx)
  return rows[0]?.found ?? false
}

/** Nothing to compare with: what is detected is new. Spares the intermediate table. */
async function openFirst(trx: Db, scope: Scope): Promise<number> {
  const { rows } = await sql<{ opened: number }>`${mark('open_first', scope)}
    with ${detected(scope)}, opened as (
      insert into findings (${COLUMNS}, first_detected_at, valid_from)
      select ${COLUMNS}, app_now(), app_now() from detected
      returning 1)
    select count(*)::int as opened from opened`.execute(trx)
  return rows[0]?.opened ?? 0
}

async function closeOutdated(
  trx: Db,
  scope: Scope,
  found: RawBuilder<unknown>,
): Promise<{ ended: number; superseded: number }> {
  const { rows } = await sql<{ ended: number; superseded: number }>`${mark('close', scope)}
    with ${found} outdated as (
      select f.id, case
          when d.rule_id is not null then 'superseded'
          when not exists (select from rules_in_force r where r.id = f.rule_id) then 'rule_not_in_force'
          when not exists (select from schools s where s.id = f.school_id and s.status = 'open') then 'school_closed'
          when f.venue_id is not null
               and not exists (select from venues v where v.id = f.venue_id and v.status = 'open') then 'venue_closed'
          when f.stall_id is not null
               and not exists (select from stall_sightings t where t.id = f.stall_id and t.status = 'present')
               then 'venue_closed'
          when f.gate_id is not null
               and not exists (select from school_gates g where g.id = f.gate_id and g.status = 'open')
               then 'gate_closed'
          else 'out_of_reach' end as ended_reason
      from findings f
      left join detected_findings d on ${sameKey}
      where f.valid_to is null and ${inScope(scope)}
        and (d.rule_id is null or ${content('f')} is distinct from ${content('d')})
    ), closed as (
      update findings f set valid_to = app_now(), ended_reason = o.ended_reason
      from outdated o where f.id = o.id
      returning f.ended_reason
    )
    select count(*) filter (where ended_reason <> 'superseded')::int as ended,
           count(*) filter (where ended_reason = 'superseded')::int as superseded
    from closed`.execute(trx)
  return rows[0] ?? { ended: 0, superseded: 0 }
}

async function openDetected(trx: Db, scope: Scope, found: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ opened: number }>`${mark('open', scope)}
    with ${found} current as materialized (
      select f.rule_id, f.school_id, f.place_key from findings f where f.valid_to is null and ${inScope(scope)}
    ), superseded as materialized (
      select f.rule_id, f.school_id, f.place_key, f.first_detected_at from findings f
      where f.valid_to = app_now() and f.ended_reason = 'superseded'
    ), opened as (
      insert into findings (${COLUMNS}, first_detected_at, valid_from)
      select ${sql.raw(
        'd.rule_id, d.rule_version, d.school_id, d.school_version, d.gate_id, d.origin, d.venue_id, d.stall_id, d.venue_version, d.door_id, d.target, d.venue_kind, d.region_code, d.jurisdiction_basis, d.state, d.reason, d.is_inside, d.distance_m, d.uncertainty_m, d.threshold_m, d.legacy_until, d.line_m',
      )}, coalesce(s.first_detected_at, app_now()), app_now()
      from detected_findings d
      left join current f on ${sameKey}
      left join superseded s on s.rule_id = d.rule_id and s.school_id = d.school_id and s.place_key = d.place_key
      where f.rule_id is null
      returning 1
    )
    select count(*)::int as opened from opened`.execute(trx)
  return rows[0]?.opened ?? 0
}
