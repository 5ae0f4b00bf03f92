/** What the doctor reads of a database. Nothing here writes: the connection refuses it. */
import { Kysely, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { sessionSettings } from '../../db/embedded/settings.ts'
import { createPool, type PoolOptions, postgresDialect } from '../../db/postgresql.ts'
import type { Tables } from '../../db/tables.ts'

/** A PostgreSQL server as it is; connect() would create missing extensions. */
export function openReadOnly(url: string): Db {
  const options: PoolOptions = { url, statement_timeout_ms: 15_000, read_only: true, onMessage: () => {} }
  return new Kysely<Tables>({ dialect: postgresDialect(createPool(options, sessionSettings), options) })
}

export interface ServerFacts {
  database: string
  role: string
  version: string
  version_num: number
  encoding: string
  fsync: string
  full_page_writes: string
  synchronous_commit: string
  data_checksums: string
  data_directory: string | null
  jit: string
  max_connections: number
  is_superuser: boolean
  may_create: boolean
  may_use_temp: boolean
  is_standby: boolean
  /** Null over a socket of this machine. */
  server_address: string | null
  client_address: string | null
  is_encrypted: boolean
}

export async function serverFacts(db: Db): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    select current_database() as database, current_user as role,
      split_part(current_setting('server_version'), ' ', 1) as version,
      current_setting('server_version_num')::int as version_num, current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit, current_setting('data_checksums') as data_checksums,
      case when pg_has_role('pg_read_all_settings', 'member') then current_setting('data_directory') end as data_directory,
      current_setting('jit') as jit, current_setting('max_connections')::int as max_connections,
      (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
      has_schema_privilege('public', 'create') as may_create,
      has_database_privilege(current_database(), 'temporary') as may_use_temp,
      pg_is_in_recovery() as is_standby,
      host(inet_server_addr()) as server_address, host(inet_client_addr()) as client_address,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as is_encrypted`.execute(db)
  return rows[0]!
}

export interface ExtensionFacts {
  name: string
  /** Null when it is not installed in this database, or not known to the server. */
  installed: string | null
  available: string | null
}

export async function extensionFacts(db: Db): Promise<ExtensionFacts[]> {
  const { rows } = await sql<ExtensionFacts>`
    select n.name, e.extversion as installed, a.default_version as available
    from unnest(array['postgis', 'pg_trgm', 'btree_gist']) with ordinality as n(name, place)
    left join pg_extension e on e.extname = n.name
    left join pg_available_extensions a on a.name = n.name
    order by n.place`.execute(db)
  return rows
}

/** Names of the migrations this database has; null when it has never been used by the program. */
export async function appliedMigrations(db: Db): Promise<string[] | null> {
  const found = await sql<{ found: boolean }>`select to_regclass('public.migrations') is not null as found`.execute(db)
  if (!found.rows[0]!.found) return null
  return (await sql<{ name: string }>`select name from migrations order by version`.execute(db)).rows.map(
    ({ name }) => name,
  )
}

export interface SiteFacts {
  is_demo: boolean
  schools: number
  venues: number
  regions: number
  active_rules: number
  findings: number
  /** Day of the last full detection, Asia/Shanghai. */
  evaluated_on: string | null
  today: string
}

export async function siteFacts(db: Db): Promise<SiteFacts> {
  const { rows } = await sql<SiteFacts>`
    select coalesce((select value::text = 'true' from settings where key = 'demo'), false) as is_demo,
      (select count(*) from schools) as schools, (select count(*) from venues) as venues,
      (select count(*) from regions) as regions, (select count(*) from rules_in_force) as active_rules,
      (select count(*) from findings where valid_to is null) as findings,
      (select evaluated_on from detection_runs where scope = 'all' order by id desc limit 1) as evaluated_on,
      app_today() as today`.execute(db)
  return rows[0]!
}

/** Seconds a standby is behind; 0 when it has replayed everything it received. */
export async function replicaLag(db: Db): Promise<number> {
  const { rows } = await sql<{ lag_s: number }>`
    select case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
                else coalesce(extract(epoch from now() - pg_last_xact_replay_timestamp()), 0) end::float8 as lag_s`.execute(
    db,
  )
  return rows[0]!.lag_s
}
