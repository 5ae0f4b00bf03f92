import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'

/** One column of one table or view. */
export interface ColumnFacts {
  table: string
  table_comment: string | null
  column: string
  /** Name of the type, or of the elements' type for an array. */
  type: string
  is_array: boolean
  is_nullable: boolean
  has_default: boolean
  /** Only the database writes it: identity always, or a generated column. */
  is_generated: boolean
  /** `CHECK (…)` of the constraints that speak of this column alone. */
  checks: string[]
}

/** Tables and views of the schema in alphabetical order, their columns in their own; extensions' relations are left out. */
export async function listColumns(db: Db): Promise<ColumnFacts[]> {
  const { rows } = await sql<ColumnFacts>`
    select c.relname as "table", obj_description(c.oid, 'pg_class') as table_comment, a.attname as "column",
           coalesce(element.typname, t.typname) as type, element.oid is not null as is_array,
           not a.attnotnull as is_nullable,
           a.attidentity = 'd' or (a.atthasdef and a.attgenerated = '') as has_default,
           a.attidentity = 'a' or a.attgenerated <> '' as is_generated,
           array(select pg_get_constraintdef(k.oid) from pg_constraint k
                 where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] order by k.conname) as checks
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type element on element.oid = t.typelem and t.typcategory = 'A'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      and not exists (select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname collate "C", a.attnum`.execute(db)
  return rows
}
