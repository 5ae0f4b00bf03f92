import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'

/**
 * A square of random places at the density of a large Chinese city: campuses are 24-gons of radius 70-130 m, venues
 * points, both uniform in a box that grows with their number (2,000 x 200,000 fill 38 x 40 km around 114.3 E 30.6 N).
 */
export async function fillCity(db: Db, schools: number, venues: number): Promise<void> {
  const side = Math.sqrt(venues / 200_000)
  const place = sql`st_setsrid(st_makepoint(114.3 + (random() - 0.5) * ${0.415 * side}, 30.6 + (random() - 0.5) * ${0.36 * side}), 4326)`
  await sql`select setseed(0.42)`.execute(db)
  await sql`select set_measure_srid(4547)`.execute(db)
  await sql`
    insert into venues (name, kind, kind_source, kind_confidence, position, position_error_m, region_code)
    select '场所' || n, (array['internet_cafe', 'song_dance', 'bar', 'lottery_outlet', 'restaurant'])[1 + n % 5], 'given', 1,
           ${place}, 0, '420100'
    from generate_series(1, ${venues}::int) as n`.execute(db)
  await sql`
    insert into schools (name, kinds, boundary, position, position_error_m, region_code)
    select '学校' || n, '{primary}', st_multi(st_transform(ring, 4326)), centre, 0, '420100'
    from (select n, centre, st_buffer(st_transform(centre, 4547), 70 + random() * 60, 6) as ring
          from (select n, ${place} as centre from generate_series(1, ${schools}::int) as n) as c) as r`.execute(db)
  for (const table of ['schools', 'venues']) await sql`analyze ${sql.table(table)}`.execute(db)
}

/** One rule that counts every school and venue of the random city, and so meets every pair under 200 m. */
export async function addRule(db: Db): Promise<void> {
  await sql`
    insert into rule_sources (code, title, issuer, jurisdiction, level, evidence_grade)
    values ('BENCH', '基准测试', '基准测试', '000000', 'standard', 'C')`.execute(db)
  await sql`
    insert into rules (code, source_id, title_zh, title_en, summary_zh, summary_en, evidence_grade, jurisdiction,
                       venue_kinds, school_kinds, threshold_m, comparator, measure_from, measure_to, metric, severity,
                       owner_department, effective_from, status)
    select 'BENCH-200', id, '基准', 'bench', '基准', 'bench', 'C', '000000',
           '{internet_cafe,song_dance,bar,lottery_outlet,restaurant}', '{primary}', 200, 'lt', 'boundary_any',
           'door_nearest', 'straight', 'prohibit', '基准', '2000-01-01', 'active'
    from rule_sources where code = 'BENCH'`.execute(db)
}
