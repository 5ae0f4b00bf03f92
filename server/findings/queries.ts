import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { afterId, cutPage, decodeCursor, type Page, rowId } from '../http/collection.ts'
import { tableAt } from '../http/filters.ts'
import { problems } from '../http/problem.ts'
import { rowsOf } from '../http/writing.ts'
import { allOf, conditionsOf, type FindingFilter, fromFindings } from './filter-queries.ts'

/** What was known at as_of: a row that was closed later was still open then. */
const endedBy = (column: string, as_of: string | undefined) =>
  as_of === undefined ? sql.ref(column) : sql`case when f.valid_to <= ${as_of}::timestamptz then ${sql.ref(column)} end`

/**
 * The last moment that found the row true: it was closed then, or the latest full recompute, or its own detection. Runs
 * over single places do not say which ones, so they do not count.
 */
const lastConfirmedAt = (
  as_of: string | undefined,
) => sql`coalesce(${endedBy('f.valid_to', as_of)}, greatest(f.valid_from, (
  select d.created_at from detection_runs d
  where d.scope = 'all' and ${as_of === undefined ? sql`true` : sql`d.created_at <= ${as_of}::timestamptz`}
  order by d.id desc limit 1)))`

const findingFeature = (as_of: string | undefined) => sql`json_build_object(
  'type', 'Feature', 'id', f.id, 'geometry', st_asgeojson(st_transform(f.line_m, 4326), 9)::json,
  'properties', json_build_object(
    'state', f.state, 'reason', f.reason, 'is_inside', f.is_inside,
    'distance_m', round(f.distance_m::numeric, 3), 'uncertainty_m', round(f.uncertainty_m::numeric, 3),
    'threshold_m', f.threshold_m, 'comparator', r.comparator, 'metric', r.metric, 'measure_from', r.measure_from,
    'measure_to', r.measure_to, 'severity', r.severity, 'legacy_until', f.legacy_until,
    'jurisdiction_basis', f.jurisdiction_basis, 'rule_id', f.rule_id, 'rule_code', r.code,
    'rule_version', f.rule_version, 'rule_title_zh', r.title_zh, 'rule_title_en', r.title_en,
    'owner_department', r.owner_department, 'school_id', f.school_id, 'school_name', s.name,
    'school_kinds', s.kinds, 'school_version', f.school_version, 'gate_id', f.gate_id, 'gate_name', g.name,
    'origin', f.origin, 'venue_id', f.venue_id, 'stall_id', f.stall_id,
    'venue_name', coalesce(v.name, t.name, k.label_zh), 'venue_kind', f.venue_kind,
    'venue_version', f.venue_version, 'door_id', f.door_id, 'target', f.target,
    'licence_expires_on', v.licence_expires_on, 'region_code', f.region_code,
    'first_detected_at', f.first_detected_at, 'last_confirmed_at', ${lastConfirmedAt(as_of)},
    'valid_from', f.valid_from, 'valid_to', ${endedBy('f.valid_to', as_of)},
    'ended_reason', ${endedBy('f.ended_reason', as_of)}))`

/**
 * Rows f of findings joined with what their features show: the rule r in the version that applied (or the next one on
 * file, when that version lasted no time), school s, gate g, venue v, stall t and kind k.
 */
const described = (rows: RawBuilder<unknown>, as_of: string | undefined) => sql`
  ${rows} f
  cross join lateral (
    select version.* from (select * from rules where id = f.rule_id
                           union all select * from rules_history where id = f.rule_id) as version
    where version.version >= f.rule_version order by version.version limit 1) as r
  join ${tableAt('schools', as_of)} s on s.id = f.school_id
  left join ${tableAt('school_gates', as_of)} g on g.id = f.gate_id
  left join ${tableAt('venues', as_of)} v on v.id = f.venue_id
  left join ${tableAt('stall_sightings', as_of)} t on t.id = f.stall_id
  left join venue_kinds k on k.code = f.venue_kind`

interface FindingRow {
  id: number
  distance_m: number
  feature: string
}

const SORTS = {
  id: {
    order: sql`f.id`,
    after: (cursor: string | undefined) => afterId('f.id', cursor),
    cursorOf: (row: FindingRow) => [row.id],
  },
  distance_m: {
    order: sql`f.distance_m, f.id`,
    after: afterDistance,
    cursorOf: (row: FindingRow) => [row.distance_m, row.id],
  },
}

function afterDistance(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  const [distance_m, id] = decodeCursor(cursor, 2)
  if (typeof distance_m !== 'number') throw problems.request.badCursor()
  return sql`(f.distance_m, f.id) > (${distance_m}::float8, ${rowId(id)}::bigint)`
}

export async function listFindings(db: Db, filter: FindingFilter): Promise<Page> {
  const from = fromFindings(filter)
  const where = allOf(conditionsOf(filter))
  const limit = filter.limit ?? 100
  const { order, after, cursorOf } = SORTS[filter.sort ?? 'id']
  const [count] = await rowsOf<{ matched: number }>(
    db,
    sql`select count(*)::int as matched from ${from} where ${where}`,
  )
  const rows = await rowsOf<FindingRow>(
    db,
    sql`
    with page as materialized (
      select f.* from ${from} where ${where} and ${after(filter.cursor)} order by ${order} limit ${limit + 1}
    )
    select f.id, f.distance_m, ${findingFeature(filter.as_of)}::text as feature
    from ${described(sql`page`, filter.as_of)} order by ${order}`,
  )
  return cutPage(rows, limit, count?.matched ?? 0, cursorOf)
}

const lonLat = (point: RawBuilder<unknown>) => sql`(
  select json_build_array(st_x(p), st_y(p)) from st_transform(${point}, 4326) as p)`

/** The evidence card of one finding, current or closed, as JSON text; undefined when there is none. */
export async function findEvidence(db: Db, id: number, as_of?: string): Promise<string | undefined> {
  const known = (alias: string) =>
    as_of === undefined ? sql`true` : sql`${sql.ref(`${alias}.valid_from`)} <= ${as_of}::timestamptz`
  const [row] = await rowsOf<{ evidence: string }>(
    db,
    sql`
    with one as materialized (select f.* from findings f where f.id = ${id} and ${known('f')})
    select json_build_object(
      'finding', ${findingFeature(as_of)},
      'rule', json_build_object(
        'code', r.code, 'version', r.version, 'title_zh', r.title_zh, 'title_en', r.title_en,
        'summary_zh', r.summary_zh, 'summary_en', r.summary_en, 'official_text', r.official_text,
        'article', r.article, 'evidence_grade', r.evidence_grade, 'source_title', d.title,
        'source_doc_no', d.doc_no, 'source_issuer', d.issuer, 'source_effective_from', d.effective_from),
      'from_position', ${lonLat(sql`st_startpoint(f.line_m)`)},
      'to_position', ${lonLat(sql`st_endpoint(f.line_m)`)},
      'method', json_build_object(
        'measure_srid', st_srid(f.line_m), 'planar_m', st_length(f.line_m),
        'scale', measure_scale((st_x(st_startpoint(f.line_m)) + st_x(st_endpoint(f.line_m))) / 2,
                               (st_y(st_startpoint(f.line_m)) + st_y(st_endpoint(f.line_m))) / 2)),
      'history', (
        select json_agg(json_build_object(
          'id', h.id, 'state', h.state, 'distance_m', round(h.distance_m::numeric, 3),
          'rule_version', h.rule_version, 'school_version', h.school_version, 'venue_version', h.venue_version,
          'valid_from', h.valid_from, 'valid_to', h.valid_to, 'ended_reason', h.ended_reason)
          order by h.valid_from, h.id)
        from (select f.id, f.state, f.distance_m, f.rule_version, f.school_version, f.venue_version, f.valid_from,
                     ${endedBy('f.valid_to', as_of)} as valid_to, ${endedBy('f.ended_reason', as_of)} as ended_reason
              from findings f
              where (f.rule_id, f.school_id, f.place_key) = (select rule_id, school_id, place_key from one)
                and ${known('f')}) as h)
      )::text as evidence
    from ${described(sql`one`, as_of)} join rule_sources d on d.id = r.source_id`,
  )
  return row?.evidence
}
