import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connect, type Database } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { seedSite } from '../db/seed/seed.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { createApplyChange, recomputeIfDayTurned } from './findings/service.ts'
import type { ApplyChange } from './http/change.ts'

const MIGRATIONS = new URL('../db/migrations', import.meta.url).pathname
const WEB = new URL('../dist/web', import.meta.url).pathname
const DAY_CHECK_MS = 5 * 60 * 1000

export interface Running {
  url: string
  database: Database
  applyChange: ApplyChange
  stop(): Promise<void>
}

/** Opens and migrates the database, prepares the site and listens. `prepare` runs before the first request. */
export async function start(
  config: Config,
  prepare?: (database: Database, applyChange: ApplyChange) => Promise<void>,
): Promise<Running> {
  const database = await connect({
    url: config.database_url,
    read_url: config.database_read_url,
    data_dir: resolve(config.data_dir),
  })
  await migrate(database.db, MIGRATIONS)
  await seedSite(database.db)
  const applyChange = createApplyChange(database.db, { measure_srid: config.measure_srid })
  await prepare?.(database, applyChange)
  await recomputeIfDayTurned(database.db, applyChange)
  const app = await buildApp(
    { database, applyChange },
    {
      map_review_no: config.map_review_no,
      web_dir: WEB,
      logger: { level: config.log_level, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    },
  )
  const dayCheck = setInterval(() => {
    recomputeIfDayTurned(database.db, applyChange).catch((error) => app.log.error(error, 'daily recompute failed'))
  }, DAY_CHECK_MS)
  await app.listen({ host: config.host, port: config.port })
  const { port } = app.server.address() as { port: number }
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  const addressFile = join(resolve(config.data_dir), 'server.json')
  if (database.kind === 'embedded') {
    mkdirSync(resolve(config.data_dir), { recursive: true })
    writeFileSync(addressFile, JSON.stringify({ url }))
  }
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      clearInterval(dayCheck)
      rmSync(addressFile, { force: true })
      await app.close()
      await database.close()
    })()
    return stopping
  }
  return { url, database, applyChange, stop }
}

/** Stops once on the first signal: finishes running requests, closes the database, exits. */
export function stopOnSignals(running: Running): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      running.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
}

export async function runAsProgram(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  }
}

if (import.meta.url === `file://${process.argv[1]}`)
  await runAsProgram(async () => {
    const running = await start(loadConfig(process.env))
    stopOnSignals(running)
    console.log(`校安图 Perimeter: ${running.url}`)
  })
