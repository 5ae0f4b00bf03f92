import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { candidates } from '../../server/findings/detect-queries.ts'
import { ALL } from '../../server/http/scope.ts'

const count = async (db: Db, statement: ReturnType<typeof sql>): Promise<number> =>
  ((await statement.execute(db)).rows[0] as { n: number }).n

/** The yardstick: what anybody would type, inexact by the projection's scale error. */
export const bareJoin = (db: Db) =>
  count(
    db,
    sql`select count(*)::int as n from school_endpoints s join venue_endpoints v on st_dwithin(s.geom_m, v.geom_m, 200)`,
  )

/** Every pair decided exactly, rules, kinds, jurisdiction and nearest endpoint included; nothing written. */
export const decide = (db: Db) =>
  count(
    db,
    sql`with ${candidates(ALL)}
      select count(*)::int as n from candidate c
      where case when abs(c.distance_m - c.threshold_m) < 0.001
                 then (select measured_m(st_shortestline(s.geom_m, c.venue_geom_m)) from school_endpoints s
                       where s.id = c.school_endpoint_id)
                 else c.distance_m end < c.threshold_m`,
  )

/** The usual way: geography with a functional index; neither fast nor exact at polygon edges. */
export const geographyJoin = (db: Db) =>
  count(
    db,
    sql`select count(*)::int as n from schools s
        join venues v on st_dwithin(s.boundary::geography, v.position::geography, 200)`,
  )

export const indexGeography = (db: Db) =>
  sql`create index if not exists bench_venues_geography on venues using gist ((position::geography))`.execute(db)
