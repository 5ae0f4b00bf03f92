// A migrated and seeded database, files to import into it, and a fingerprint of everything stored.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import type { Db } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { seedSite } from '../../db/seed/seed.ts'
import { createApplyChange } from '../../server/findings/service.ts'
import type { ApplyChange } from '../../server/http/change.ts'
import { Problem } from '../../server/http/problem.ts'
import type { ImportResult } from '../../server/imports/schemas.ts'
import { type ImportOptions, importFile } from '../../server/imports/service.ts'
import type { EngineUnderTest, TestDatabase } from '../db/databases.ts'

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname

const folder = mkdtempSync(join(tmpdir(), 'perimeter-import-tests-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** Writes a file of this name under a folder of its own and returns its path. */
export function file(name: string, content: Uint8Array | string): string {
  const path = join(mkdtempSync(join(folder, `${files++}-`)), name)
  writeFileSync(path, content)
  return path
}

export const csv = (...lines: string[]): string => `${lines.join('\n')}\n`

/** The two bytes of every GBK character, by asking the platform's own decoder. */
let gbkBytes: Map<string, string> | undefined

/** Text in the encoding of most Chinese office files. */
export function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  gbkBytes ??= new Map(
    Array.from({ length: 0x7e * 0xbf }, (_, i) => {
      const bytes = [0x81 + Math.floor(i / 0xbf), 0x40 + (i % 0xbf)] as const
      return [decoder.decode(Uint8Array.of(...bytes)), String.fromCharCode(...bytes)]
    }),
  )
  const latin = text.replace(/[^\0-\x7f]/gu, (char) => {
    const bytes = gbkBytes?.get(char)
    if (bytes === undefined) throw new Error(`${char} is not in GBK`)
    return bytes
  })
  return Buffer.from(latin, 'latin1')
}

type Properties = Record<string, string | number | boolean | null>

export const geojson = (features: { properties: Properties; geometry: object }[], more: object = {}): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    ...more,
    features: features.map((feature) => ({ type: 'Feature', ...feature })),
  })

/** A square campus or district; sides in degrees. */
export const square = (lon: number, lat: number, side: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon, lat],
      [lon + side, lat],
      [lon + side, lat + side],
      [lon, lat + side],
      [lon, lat],
    ],
  ],
})

export interface Site {
  database: TestDatabase
  db: Db
  applyChange: ApplyChange
  /** Imports a file whose CRS is WGS-84 unless the options say otherwise. */
  import(layer: ImportOptions['layer'], path: string, options?: Partial<ImportOptions>): Promise<ImportResult>
  rows<Row>(text: string): Promise<Row[]>
}

export async function openSite(engine: EngineUnderTest): Promise<Site> {
  const database = await engine.open()
  await migrate(database.db, MIGRATIONS)
  await seedSite(database.db)
  const applyChange = createApplyChange(database.db)
  return {
    database,
    db: database.db,
    applyChange,
    import: (layer, path, options = {}) =>
      importFile(applyChange, {
        layer,
        path,
        file_name: path.slice(path.lastIndexOf('/') + 1),
        crs: 'wgs84',
        imported_by: 'test',
        ...options,
      }),
    rows: async <Row>(text: string) => (await sql<Row>`${sql.raw(text)}`.execute(database.db)).rows,
  }
}

/** Hash over every row of every table. Equal hashes: nothing was written, not even a log line. */
export async function fingerprint(db: Db): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'spatial_ref_sys' order by 1`.execute(
    db,
  )
  const hash = createHash('sha256')
  for (const { name } of tables) {
    const { rows } = await sql<{ content: string | null }>`
      select md5(string_agg(md5(t::text), '' order by md5(t::text))) as content from ${sql.table(name)} t`.execute(db)
    hash.update(`${name}:${rows[0]?.content}\n`)
  }
  return hash.digest('hex')
}

/** The refusal that an import ends with, whether it is a problem or an answer about its rows. */
export async function refusalOf(
  work: Promise<ImportResult>,
): Promise<{ code: string; zh: string; en: string; result?: ImportResult }> {
  try {
    const result = await work
    if (result.outcome !== 'refused' || !result.refusal) throw new Error(`it was ${result.outcome}`)
    return { code: result.refusal.code, zh: result.refusal.message_zh, en: result.refusal.message_en, result }
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, zh: error.title_zh, en: error.detail ?? '' }
    throw error
  }
}

export const counts = ({ accepted, created, updated, unchanged, rejected }: ImportResult) => ({
  accepted,
  created,
  updated,
  unchanged,
  rejected,
})
