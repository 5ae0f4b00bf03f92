/**
 * `npm run doctor`: a checklist of this machine, its database and the site in it. Exit code 1 when something must be put
 * right before the site can be relied on. On PostgreSQL it only reads; an embedded database it opens, unless a server has it.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connect, type Db, isLocked } from '../db/connect.ts'
import { type Config, ConfigError, loadConfig } from '../server/config.ts'
import { askServer, checkDataDir, checkFiles, checkNode, checkPort, writtenAddress } from './doctor/machine.ts'
import { openReadOnly } from './doctor/queries.ts'
import { type Check, fail, hasFailed, ok, type Section, textOf, warn } from './doctor/report.ts'
import { checkReplica, checkServer } from './doctor/server.ts'
import { checkSite } from './doctor/site.ts'
import { stepsToPostgresql } from './doctor/steps.ts'

interface Examined {
  engine: Check[]
  site: Check[]
}

/** Runs checks over a connection; one that cannot be made, or breaks, is a failed check itself. */
async function over(open: () => Db | Promise<Db>, look: (db: Db) => Promise<Check[]>): Promise<Check[]> {
  let db: Db | undefined
  try {
    db = await open()
    return await look(db)
  } catch (error) {
    return [fail('无法读取数据库', `the database cannot be read: ${(error as Error).message}`)]
  } finally {
    await db?.destroy()
  }
}

async function examineServer(url: string, config: Config): Promise<Examined> {
  const engine = await over(() => openReadOnly(url), checkServer)
  const replica = config.database_read_url
  if (replica !== undefined)
    engine.push(
      ...(await over(
        () => openReadOnly(url),
        (primary) =>
          over(
            () => openReadOnly(replica),
            (db) => checkReplica(db, primary),
          ),
      )),
    )
  // A database that cannot be reached is said once.
  if (hasFailed([{ zh: '', en: '', checks: engine }])) return { engine, site: [] }
  return {
    engine,
    site: await over(
      () => openReadOnly(url),
      (db) => checkSite(db, config.measure_srid),
    ),
  }
}

const TRIAL = warn(
  '试用引擎（PGlite + PostGIS）：不用于须长期保存的记录',
  'trial engine: not for records that must last',
)

async function examineEmbedded(config: Config): Promise<Examined> {
  const dir = resolve(config.data_dir)
  if (await isLocked(dir)) {
    const url = writtenAddress(dir)
    const health = url ? await askServer(url) : 'nobody'
    if (typeof health === 'string')
      return {
        engine: [
          TRIAL,
          fail('数据目录正被另一个程序使用', 'the data directory is in use by a program that does not answer'),
        ],
        site: [],
      }
    const { postgresql, postgis } = health.engine
    return {
      engine: [
        TRIAL,
        ok(`由 ${url} 的服务打开`, `opened by the running server: PostgreSQL ${postgresql}, PostGIS ${postgis}`),
      ],
      site: [ok('停止服务后再运行，可检查数据', 'stop the server and run this again to look at the data')],
    }
  }
  if (!hasCluster(dir)) return { engine: [TRIAL, ok('尚无数据库', 'no database yet; npm start makes one')], site: [] }
  let versions = ''
  const open = async () => {
    const { db, ...database } = await connect({ data_dir: dir })
    const { postgresql, postgis } = await database.versions()
    versions = `the embedded engine opens: PostgreSQL ${postgresql}, PostGIS ${postgis}`
    return db
  }
  const site = await over(open, (db) => checkSite(db, config.measure_srid))
  return { engine: [TRIAL, ...(versions ? [ok('内置引擎可以打开', versions)] : [])], site }
}

const hasCluster = (dir: string): boolean => existsSync(join(dir, 'pg', 'PG_VERSION'))

function readConfig(): Config | Check {
  try {
    return loadConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) {
      const [, ...variables] = error.message.split('\n')
      return fail('环境变量有误', 'these environment variables are not usable', ...variables.map((line) => line.trim()))
    }
    throw error
  }
}

async function main(): Promise<number> {
  const config = readConfig()
  const machine: Check[] = [checkNode()]
  const sections: Section[] = [{ zh: '本机', en: 'This machine', checks: machine }]
  if ('mark' in config) machine.push(config)
  else {
    const isEmbedded = config.database_url === undefined
    machine.push(
      ok('环境变量有效', 'the environment variables are valid'),
      ...checkFiles(isEmbedded),
      ...(await checkPort(config)),
    )
    if (isEmbedded) machine.push(...checkDataDir(config.data_dir))
    const { engine, site } =
      config.database_url === undefined
        ? await examineEmbedded(config)
        : await examineServer(config.database_url, config)
    sections.push({ zh: '数据库', en: 'Database', checks: engine }, { zh: '站点', en: 'Site', checks: site })
  }
  console.log(textOf(sections))
  if (!('mark' in config) && config.database_url === undefined)
    console.log(`\n${stepsToPostgresql(resolve(config.data_dir), hasCluster(resolve(config.data_dir)))}`)
  return hasFailed(sections) ? 1 : 0
}

process.exitCode = await main()
