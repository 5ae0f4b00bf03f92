import { sql } from 'kysely'
import { SCHOOL_KIND_INFO, SCHOOL_KINDS, VENUE_KIND_INFO, VENUE_KINDS } from '../../server/imports/classify/kinds.ts'
import type { Db } from '../connect.ts'

/** Brings the code tables level with kinds.ts; codes in use are never removed. */
export async function seedKinds(db: Db): Promise<void> {
  const venueKinds = VENUE_KINDS.map((code, sort) => {
    const { zh, en, group, regulated } = VENUE_KIND_INFO[code]
    return { code, label_zh: zh, label_en: en, kind_group: group, regulated, sort }
  })
  const schoolKinds = SCHOOL_KINDS.map((code, sort) => {
    const { zh, en } = SCHOOL_KIND_INFO[code]
    return { code, label_zh: zh, label_en: en, sort }
  })
  await sql`
    insert into venue_kinds (code, label_zh, label_en, kind_group, regulated, sort)
    select code, label_zh, label_en, kind_group, regulated, sort
    from jsonb_to_recordset(${JSON.stringify(venueKinds)}::jsonb)
      as i(code text, label_zh text, label_en text, kind_group text, regulated boolean, sort int)
    on conflict (code) do update set label_zh = excluded.label_zh, label_en = excluded.label_en,
      kind_group = excluded.kind_group, regulated = excluded.regulated, sort = excluded.sort`.execute(db)
  await sql`
    insert into school_kinds (code, label_zh, label_en, sort)
    select code, label_zh, label_en, sort
    from jsonb_to_recordset(${JSON.stringify(schoolKinds)}::jsonb)
      as i(code text, label_zh text, label_en text, sort int)
    on conflict (code) do update set label_zh = excluded.label_zh, label_en = excluded.label_en,
      sort = excluded.sort`.execute(db)
}
