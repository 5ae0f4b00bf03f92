/** What the move asks of both databases. Table and column names come from the catalogue of the source. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/connect.ts'

export interface SiteTable {
  name: string
  /** Columns with a content of their own, in their order; generated ones are left out. */
  columns: { name: string; is_geometry: boolean }[]
  rows: number
  bytes: number
  /** Tables its foreign keys point to, itself excluded. */
  needs: string[]
}

/** How many rows a table has, and one hash over all their contents. */
export interface Digest {
  rows: number
  hash: string
}

const ownRelation = sql`c.relnamespace = 'public'::regnamespace and not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** Names of what a schema that should be empty already holds; extensions' relations do not count. */
export async function listRelations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where ${ownRelation} and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`.execute(db)
  return rows.map((row) => row.name)
}

/** The tables of a site. `migrations` is left out: the target has its own. */
export async function listTables(db: Db): Promise<SiteTable[]> {
  const { rows } = await sql<Omit<SiteTable, 'rows'>>`
    select c.relname as name, pg_table_size(c.oid) as bytes,
      (select json_agg(json_build_object('name', a.attname, 'is_geometry', t.typname in ('geometry', 'geography'))
                       order by a.attnum)
       from pg_attribute a join pg_type t on t.oid = a.atttypid
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select distinct f.confrelid::regclass::text from pg_constraint f
            where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c
    where ${ownRelation} and c.relkind in ('r', 'p') and c.relname <> 'migrations'
    order by c.relname collate "C"`.execute(db)
  const tables: SiteTable[] = []
  for (const row of rows) {
    const counted = await sql<{ n: number }>`select count(*) as n from ${sql.table(row.name)}`.execute(db)
    tables.push({ ...row, rows: counted.rows[0]!.n })
  }
  return tables
}

/** Rows as JSON objects; geometry as hexadecimal EWKB, because PostGIS would write GeoJSON and lose the SRID. */
function rowsAsJson({ name, columns }: SiteTable): RawBuilder<unknown> {
  const values = columns.map((column) =>
    column.is_geometry ? sql`${sql.ref(column.name)}::text as ${sql.ref(column.name)}` : sql.ref(column.name),
  )
  return sql`select row_to_json(x)::text as row from (select ${sql.join(values)} from ${sql.table(name)}) as x`
}

/** The same on both engines for equal rows, in whatever order they lie. */
export async function digestOf(db: Db, table: SiteTable): Promise<Digest> {
  const { rows } = await sql<Digest>`
    select count(*) as rows, coalesce(md5(string_agg(hash, '' order by hash collate "C")), '') as hash
    from (select md5(row) as hash from (${rowsAsJson(table)}) as whole) as hashed`.execute(db)
  return rows[0]!
}

/** JSON arrays of the rows of a table, `size` at a time. Needs a transaction. */
export async function* readBatches(trx: Db, table: SiteTable, size: number): AsyncGenerator<string> {
  await sql`declare moved_rows no scroll cursor for ${rowsAsJson(table)}`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(size)} from moved_rows`.execute(trx)
    if (rows.length > 0) yield `[${rows.map(({ row }) => row).join()}]`
    if (rows.length < size) break
  }
  await sql`close moved_rows`.execute(trx)
}

export async function insertBatch(trx: Db, { name, columns }: SiteTable, batch: string): Promise<void> {
  const list = sql.join(columns.map((column) => sql.ref(column.name)))
  await sql`insert into ${sql.table(name)} (${list}) overriding system value
            select ${list} from json_populate_recordset(null::${sql.table(name)}, ${batch}::json)`.execute(trx)
}

/** Migrations put a few rows in: they give way to those of the source. */
export const emptyTables = (trx: Db, tables: SiteTable[]) =>
  sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(trx)

/** Sequences and the last number each has given; those never used are left out. */
export async function listSequences(db: Db): Promise<{ name: string; last: number }[]> {
  const { rows } = await sql<{ name: string; last: number }>`
    select sequencename as name, last_value as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by 1`.execute(db)
  return rows
}

/** Numbers go on where the source stopped: a number is never given twice, not even that of a row that was not kept. */
export const setSequence = (trx: Db, name: string, last: number) =>
  sql`select setval(${name}::regclass, ${last})`.execute(trx)

export async function appliedMigrations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select name || ' ' || sha256 as file from migrations order by version`.execute(db)
  return rows.map((row) => row.file)
}

export async function serverEncoding(db: Db): Promise<string> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db)
  return rows[0]!.encoding
}

/** Statistics for the planner; autovacuum would bring them later. */
export const analyze = (db: Db) => sql`analyze`.execute(db)

/** Two engines agree on a distance to 1e-9 m, not to the last digit; a hundredth of a millimetre is no difference. */
const NOISE_M = 1e-5
/** The same for drawn rings, in degrees. */
const NOISE_DEG = 1e-10

/**
 * Takes back what detection replaced at this moment only because last digits differ: the old row stays current, with
 * the numbers of this engine. Returns how many.
 */
export async function adoptFindings(trx: Db): Promise<number> {
  const ignored = sql`array['id', 'distance_m', 'line_m', 'valid_from', 'valid_to', 'ended_reason', 'created_at']`
  await sql`create temp table same_findings on commit drop as
    select o.id as kept, n.id as spare, n.distance_m, n.line_m
    from findings o
    join findings n on n.rule_id = o.rule_id and n.school_id = o.school_id and n.place_key = o.place_key
    where o.valid_to = app_now() and o.ended_reason = 'superseded' and n.valid_from = app_now() and n.valid_to is null
      and abs(o.distance_m - n.distance_m) <= ${sql.lit(NOISE_M)}
      and to_jsonb(o) - ${ignored} = to_jsonb(n) - ${ignored}`.execute(trx)
  // Deleted first: only one of the two may be current.
  await sql`delete from findings where id in (select spare from same_findings)`.execute(trx)
  const { rows } = await sql`
    update findings f set valid_to = null, ended_reason = null, distance_m = s.distance_m, line_m = s.line_m
    from same_findings s where f.id = s.kept returning f.id`.execute(trx)
  return rows.length
}

/** The same for drawn rings. */
export async function adoptRings(trx: Db): Promise<void> {
  await sql`create temp table same_rings on commit drop as
    select o.id as kept, n.id as spare, n.geom
    from zones o
    join zones n on n.school_id = o.school_id and n.measure_from = o.measure_from and n.metric = o.metric
      and n.threshold_m = o.threshold_m and n.rule_codes = o.rule_codes
      and n.region_code is not distinct from o.region_code
    where o.valid_to = app_now() and n.valid_from = app_now() and n.valid_to is null
      and st_hausdorffdistance(o.geom, n.geom) <= ${sql.lit(NOISE_DEG)}`.execute(trx)
  await sql`delete from zones where id in (select spare from same_rings)`.execute(trx)
  await sql`update zones z set valid_to = null, geom = s.geom from same_rings s where z.id = s.kept`.execute(trx)
}
