/** The site in the database: schema, measuring CRS, data, and whether findings are up to date. */
import { readdirSync } from 'node:fs'
import type { Db } from '../../db/connect.ts'
import { measureSrid } from '../../server/findings/run-queries.ts'
import { suitableSrid } from '../../server/regions/service.ts'
import * as queries from './queries.ts'
import { type Check, expectThat, fail, ok, warn } from './report.ts'

const MIGRATIONS = new URL('../../db/migrations', import.meta.url)

function checkMigrations(applied: string[]): Check {
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))
  const unknown = applied.filter((name) => !files.includes(name))
  const pending = files.filter((name) => !applied.includes(name)).sort()
  if (unknown.length > 0)
    return fail(`数据库比程序新：${unknown}`, 'the database is newer than this program: install the newer version')
  return expectThat(
    pending.length === 0,
    ok('表结构是最新的', `the schema is current, ${applied.length} migrations`),
    warn(`有待执行的迁移，下次启动时执行`, `the next start applies ${pending.join(', ')}`),
  )
}

async function checkSrid(db: Db, configured: number | undefined): Promise<Check> {
  const stored = await measureSrid(db)
  const fitting = await suitableSrid(db)
  if (configured !== undefined && configured !== stored)
    return warn(
      `MEASURE_SRID=${configured}，库中为 ${stored}`,
      `MEASURE_SRID=${configured} takes effect with the next change of regions or schools; stored is ${stored}`,
    )
  return expectThat(
    fitting === undefined || fitting === stored,
    ok(`量算坐标系 EPSG:${stored} 与数据相符`, `the measuring CRS EPSG:${stored} fits the data`),
    warn(
      `量算坐标系 EPSG:${stored}，数据更适合 EPSG:${fitting}`,
      `measuring in EPSG:${stored}; EPSG:${fitting} fits the data better`,
    ),
  )
}

/** @param applied migrations of the database, null when the program never used it */
export async function checkSite(db: Db, configured: number | undefined): Promise<Check[]> {
  const applied = await queries.appliedMigrations(db)
  if (applied === null) return [ok('数据库是空的，首次启动时建表', 'the database is empty; the first start fills it')]
  const migrations = checkMigrations(applied)
  if (migrations.mark !== 'ok') return [migrations]
  const site = await queries.siteFacts(db)
  const kind = site.is_demo ? ['演示数据', 'demo data'] : ['本地数据', "the site's own data"]
  const checks = [
    migrations,
    await checkSrid(db, configured),
    ok(
      `${kind[0]}：学校 ${site.schools}，场所 ${site.venues}，区划 ${site.regions}`,
      `${kind[1]}: ${site.schools} schools, ${site.venues} venues, ${site.regions} regions`,
    ),
  ]
  if (site.schools === 0) return checks
  return [
    ...checks,
    expectThat(
      site.active_rules > 0,
      ok(`生效规则 ${site.active_rules} 条`, `${site.active_rules} rules in force`),
      warn('没有生效的规则，不会产生线索', 'no rule is in force, so nothing is flagged', 'npm run rules -- list'),
    ),
    expectThat(
      site.evaluated_on === site.today,
      ok(
        `疑似线索 ${site.findings} 条，最近全量计算 ${site.evaluated_on}`,
        `${site.findings} findings, last computed today`,
      ),
      warn(
        `疑似线索 ${site.findings} 条，最近全量计算 ${site.evaluated_on ?? '无'}（今天 ${site.today}）`,
        'the findings are of an earlier day; a running server computes them within five minutes',
        'npm run recompute',
      ),
    ),
  ]
}
