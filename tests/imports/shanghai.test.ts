// The known answer: Shanghai's school and venue lists, through the command line, flag 21 venues in 36 pairs.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Db } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { seedSite } from '../../db/seed/seed.ts'
import { createApplyChange } from '../../server/findings/service.ts'
import { VENUE_KIND_INFO, VENUE_KINDS } from '../../server/imports/classify/kinds.ts'
import type { RuleInput, RuleSource } from '../../server/rules/schemas.ts'
import { activateRules, createRules } from '../../server/rules/service.ts'
import { createServerDatabase, testServer } from '../db/databases.ts'
import { importJson } from './cli.ts'
import { file } from './site.ts'

const DATA = new URL('../../../shared/data/shanghai-poi/', import.meta.url).pathname
const isMissing = !existsSync(DATA)
if (isMissing) console.warn(`skipped: ${DATA} is not there`)

const SOURCE: RuleSource = {
  code: 'TEST-SOURCE',
  title: '测试依据',
  issuer: '测试',
  jurisdiction: '000000',
  level: 'demo',
  evidence_grade: 'C',
}
const RULE: RuleInput = {
  code: 'TEST-200M',
  source_code: 'TEST-SOURCE',
  title_zh: '校园周边 200 米',
  title_en: '200 m around campuses',
  summary_zh: '测试规则',
  summary_en: 'A rule of this test',
  evidence_grade: 'C',
  jurisdiction: '000000',
  venue_kinds: VENUE_KINDS.filter((kind) => ['entertainment', 'internet_cafe'].includes(VENUE_KIND_INFO[kind].group)),
  school_kinds: ['primary', 'junior', 'senior', 'kindergarten'],
  threshold_m: 200,
  comparator: 'lt',
  measure_from: 'boundary_any',
  measure_to: 'any',
  metric: 'straight',
  severity: 'prohibit',
  owner_department: '测试部门',
  effective_from: '2020-01-01',
}

interface Target {
  env: Record<string, string>
  /** Opens the database between commands: only one process may have the embedded one. */
  withDb<T>(work: (db: Db) => Promise<T>): Promise<T>
  remove(): Promise<void>
}

async function embeddedTarget(): Promise<Target> {
  const dir = mkdtempSync(join(tmpdir(), 'perimeter-shanghai-'))
  return {
    env: { DATA_DIR: dir },
    async withDb(work) {
      const database = await connect({ data_dir: dir })
      return work(database.db).finally(database.close)
    },
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  }
}

async function serverTarget(): Promise<Target> {
  const { url, drop } = await createServerDatabase()
  return {
    env: { DATABASE_URL: url },
    async withDb(work) {
      const database = await connect({ url })
      return work(database.db).finally(database.close)
    },
    remove: async () => {
      await drop()
    },
  }
}

const engines = [
  { name: 'the embedded engine', missing: false, open: embeddedTarget },
  { name: 'PostgreSQL', missing: !testServer, open: serverTarget },
]

describe.each(engines)('Shanghai through the command line on $name', ({ missing, open }) => {
  describe.skipIf(missing || isMissing)('the known answer', { timeout: 400_000 }, () => {
    let target: Target
    beforeAll(async () => {
      target = await open()
      await target.withDb(async (db) => {
        await migrate(db, new URL('../../db/migrations', import.meta.url).pathname)
        await seedSite(db)
        const applyChange = createApplyChange(db)
        await applyChange('rule.create', (trx) => createRules(trx, [SOURCE], [RULE]))
        await applyChange('rule.activate', (trx) => activateRules(trx, [RULE.code]))
      })
    })
    afterAll(() => target.remove())

    /** Flagged venues and venue-school pairs whose distance is really below the threshold. */
    const flagged = () =>
      target.withDb(async (db) => {
        const { rows } = await sql<{ venues: number; pairs: number; nearest_out: number }>`
          select count(distinct venue_id) filter (where is_inside) as venues, count(*) filter (where is_inside) as pairs,
                 min(distance_m) filter (where not is_inside) as nearest_out
          from findings where valid_to is null`.execute(db)
        return rows[0]!
      })
    const run = (...args: string[]) => importJson(args, target.env)

    it('districts come from a shapefile with a Chinese name, zipped', async () => {
      const folder = join(DATA, 'districts')
      const parts = readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))] as const)
      const zip = file('区县界.zip', zipSync(Object.fromEntries(parts)))
      const result = await run('regions', zip, '--crs', 'wgs84')
      expect(result).toMatchObject({ format: 'shapefile', encoding: 'gb18030', created: 17, rejected: 0, warnings: [] })
      const names = await target.withDb((db) =>
        sql<{ name: string; level: string }>`select name, level from regions order by code limit 2`.execute(db),
      )
      expect(names.rows).toEqual([
        { name: '黄浦区', level: 'district' },
        { name: '徐汇区', level: 'district' },
      ])
    })

    it('schools: 4,240 distinct points, four of them one school listed twice', async () => {
      const result = await run('schools', join(DATA, 'shanghai_school.csv'), '--crs', 'wgs84', '--position-error', '0')
      expect(result).toMatchObject({ format: 'csv', encoding: 'utf-8', updated: 0 })
      expect(result.accepted + result.rejected).toBe(6151)
      expect(result.columns).toEqual({ name: 'name', address: 'address', poi_type: 'type', lon: 'lon', lat: 'lat' })
      const stored = await target.withDb((db) =>
        sql<{ n: number; places: number }>`
          select count(*) as n, count(distinct position) as places from schools
          where kinds && array['primary', 'junior', 'senior', 'kindergarten']`.execute(db),
      )
      expect(stored.rows).toEqual([{ n: 4236, places: 4233 }])
      expect(result.unchanged).toBe(4)
      expect(result.warnings.find(({ code }) => code === 'repeated_rows')?.message_zh).toContain('3838')
    })

    it('venues: 21 flagged in 36 pairs', async () => {
      const names = ['shanghai_food.csv', 'shanghai_hotpot.csv', 'shanghai_Theatr_Cinema.csv']
      for (const name of names) {
        const result = await run('venues', join(DATA, name), '--crs', 'wgs84', '--position-error', '0')
        expect(result).toMatchObject({ outcome: 'stored', rejected: 0 })
      }
      expect(await flagged()).toMatchObject({ venues: 21, pairs: 36 })
    })

    it('the same files again change nothing', async () => {
      for (const [layer, name] of [
        ['schools', 'shanghai_school.csv'],
        // Of the lists that share shops the last one imported: two of them place one shop 2 m apart.
        ['venues', 'shanghai_hotpot.csv'],
      ] as const) {
        const result = await run(layer, join(DATA, name), '--crs', 'wgs84', '--position-error', '0')
        expect(result).toMatchObject({ created: 0, updated: 0, findings: { opened: 0, superseded: 0, ended: 0 } })
      }
      expect(await flagged()).toMatchObject({ venues: 21, pairs: 36 })
    })

    it('a wrong coordinate system is noticed and gives another answer', async () => {
      const path = join(DATA, 'shanghai_food.csv')
      const result = await run('venues', path, '--crs', 'gcj02', '--source', '坐标系写错', '--position-error', '0')
      expect(result.warnings).toContainEqual(
        expect.objectContaining({ code: 'crs_looks_wrong', message_en: expect.stringContaining('most likely wgs84') }),
      )
      expect(await flagged()).not.toMatchObject({ venues: 21, pairs: 36 })
    })
  })
})
