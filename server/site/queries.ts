import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { rowsOf } from '../http/writing.ts'

/** Everything the page needs to know once, in one statement. */
export async function siteFacts(db: Db): Promise<Record<string, unknown>> {
  const [row] = await rowsOf<Record<string, unknown>>(
    db,
    sql`
    select
      coalesce((select value::text = 'true' from settings where key = 'demo'), false) as demo,
      (select value::text::int from settings where key = 'measure_srid') as measure_srid,
      (select json_build_array(st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)) from (
         select coalesce((select st_extent(boundary) from regions), (select st_extent(position) from schools),
                         (select st_extent(position) from venues)) as box) as extent where box is not null) as bbox,
      (select coalesce(json_agg(json_build_object('code', code, 'label_zh', label_zh, 'label_en', label_en,
              'kind_group', kind_group, 'regulated', regulated, 'sort', sort) order by sort), '[]') from venue_kinds) as venue_kinds,
      (select coalesce(json_agg(json_build_object('code', code, 'label_zh', label_zh, 'label_en', label_en,
              'sort', sort) order by sort), '[]') from school_kinds) as school_kinds,
      (select coalesce(json_agg(json_build_object('code', code, 'parent_code', parent_code, 'kind', kind,
              'level', level, 'name', name, 'name_en', name_en, 'bbox', json_build_array(
                st_xmin(boundary), st_ymin(boundary), st_xmax(boundary), st_ymax(boundary))) order by code), '[]')
         from regions) as regions`,
  )
  return row!
}

export async function layerVersions(db: Db): Promise<Record<string, number>> {
  const rows = await rowsOf<{ layer: string; version: number }>(db, sql`select layer, version from dataset_versions`)
  return Object.fromEntries(rows.map((row) => [row.layer, row.version]))
}

export const markDemo = (trx: Db) =>
  sql`insert into settings (key, value) values ('demo', 'true')
      on conflict (key) do update set value = excluded.value, updated_at = now()`.execute(trx)

export async function isEmpty(db: Db): Promise<boolean> {
  const [row] = await rowsOf<{ empty: boolean }>(
    db,
    sql`select not exists (select from schools) and not exists (select from venues)
           and not exists (select from regions) as empty`,
  )
  return row?.empty ?? true
}
