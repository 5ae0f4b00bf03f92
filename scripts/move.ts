/**
 * `npm run move -- --to postgresql://user@host/database [--from <data directory>]`: the embedded site's data into an
 * empty PostgreSQL database. What was moved stays where it is.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { connect, EngineError, isLocked } from '../db/connect.ts'
import { ConfigError, loadConfig } from '../server/config.ts'
import { type Moved, MoveError, moveSite } from './move/site.ts'

const USAGE = `用法 / usage:
  npm run move -- --to postgresql://user@host/database [--from .data/main]

  --to     空的 PostgreSQL 数据库；密码可用 PGPASSWORD 或 ~/.pgpass 提供
           an empty PostgreSQL database; the password may come from PGPASSWORD or ~/.pgpass
  --from   内置数据库目录，默认 DATA_DIR / directory of the embedded database, DATA_DIR by default
`

class UsageError extends Error {}

/** @throws UsageError */
function readArguments(argv: string[]): { to: string; from: string } {
  const options = { to: { type: 'string' }, from: { type: 'string' } } as const
  try {
    const { to, from } = parseArgs({ args: argv, options }).values
    if (!to || !/^postgres(ql)?:\/\//.test(to)) throw new Error('--to postgresql://…')
    return { to, from: resolve(from ?? loadConfig(process.env).data_dir) }
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new UsageError((error as Error).message)
  }
}

async function assertMovable(dir: string): Promise<void> {
  if (!existsSync(join(dir, 'pg', 'PG_VERSION')))
    throw new MoveError(`${dir} 中没有内置数据库 / there is no embedded database in ${dir}`)
  if (await isLocked(dir))
    throw new MoveError(`数据目录 ${dir} 正在使用，请先停止服务 / the data directory is in use: stop the server first`)
}

async function move(from: string, to: string): Promise<Moved> {
  await assertMovable(from)
  const target = await connect({ url: to, statement_timeout_s: 3600 })
  try {
    const source = await connect({ data_dir: from, statement_timeout_s: 3600 })
    const onProgress = (table: string, rows: number) => {
      if (rows > 0) console.log(`  ${table.padEnd(24)} ${rows}`)
    }
    return await moveSite(source, target, { onProgress }).finally(() => source.close())
  } finally {
    await target.close()
  }
}

async function main(): Promise<number> {
  try {
    const { to, from } = readArguments(process.argv.slice(2))
    const { tables, measure_srid } = await move(from, to)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    console.log(
      `已迁移并逐表核对：${tables.length} 张表，${rows} 行 / moved and compared: ${tables.length} tables, ${rows} rows`,
    )
    console.log(`量算坐标系 measuring CRS EPSG:${measure_srid}；重新计算无差异 / a recompute changes nothing`)
    console.log(`今后用此变量启动 / start with: DATABASE_URL=… npm start   (${from} 保留不动 is left as it was)`)
    return 0
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`)
    else if (error instanceof MoveError || error instanceof EngineError || error instanceof ConfigError)
      console.error(error.message)
    // Otherwise the server's own words: wrong password, no such database, no right to create tables.
    else console.error(`${(error as Error).message}\n目标未改动 / the target is untouched`)
    return error instanceof UsageError ? 2 : 1
  }
}

process.exitCode = await main()
