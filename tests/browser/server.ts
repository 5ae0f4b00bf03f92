/** The demo server for browser tests: `server.ts embedded|postgres PORT`, on data that is thrown away afterwards. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { buildWeb } from '../../scripts/build.ts'
import { loadDemoCity } from '../../scripts/demo-city/load.ts'
import { loadConfig } from '../../server/config.ts'
import { start } from '../../server/main.ts'

const [engine, port] = process.argv.slice(2)
const dir = mkdtempSync(join(tmpdir(), 'perimeter-browser-'))
const name = `perimeter_browser_${process.pid}`
const server = process.env.TEST_DATABASE_URL

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement)
  await client.end()
}

const env: NodeJS.ProcessEnv = { PORT: port, DATA_DIR: dir, LOG_LEVEL: 'error' }
if (engine === 'postgres') {
  if (!server) throw new Error('TEST_DATABASE_URL is needed')
  await onServer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  env.DATABASE_URL = url.href
}
await buildWeb()
const running = await start(loadConfig(env), async (_database, applyChange) => {
  await loadDemoCity(applyChange)
})
const stop = async () => {
  await running.stop()
  if (engine === 'postgres') await onServer(`drop database if exists ${name} with (force)`)
  rmSync(dir, { recursive: true, force: true })
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
console.log(running.url)
