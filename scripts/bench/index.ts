/**
 * `npm run bench [-- --schools 2000 --venues 200000 --rounds 7 --only detection,move,tiles]`: speed as ratios measured
 * side by side in one run. BENCH_DATABASE_URL names a PostgreSQL server on which a scratch database may be made; the
 * embedded engine is always measured, on a smaller city.
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { connect, type Database } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { seedKinds } from '../../db/seed/kinds.ts'
import { createApplyChange, recomputeAll } from '../../server/findings/service.ts'
import { addRule, fillCity } from './city-queries.ts'
import { benchDetection, benchMove } from './detection.ts'
import { machine } from './measure.ts'
import { benchTiles } from './tiles.ts'

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname

const { values } = parseArgs({
  options: {
    schools: { type: 'string', default: '2000' },
    venues: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: 'detection,move,tiles' },
    engine: { type: 'string', default: 'postgresql,embedded' },
  },
})
const only = new Set(values.only.split(','))

async function run(database: Database, schools: number, venues: number, url?: string): Promise<void> {
  const label = `${schools.toLocaleString('en')} campuses x ${venues.toLocaleString('en')} venues`
  await migrate(database.db, MIGRATIONS)
  await seedKinds(database.db)
  await fillCity(database.db, schools, venues)
  await addRule(database.db)
  if (only.has('detection')) await benchDetection(database, label, Number(values.rounds))
  if (only.has('move') || only.has('tiles')) await recomputeAll(createApplyChange(database.db))
  if (only.has('move')) await benchMove(database, label, 500)
  if (only.has('tiles')) await benchTiles(database, label, url === undefined ? {} : { url })
}

console.log(`# Perimeter bench\n\n${machine()}`)
const server = process.env.BENCH_DATABASE_URL
if (values.engine.includes('postgresql')) {
  if (server) {
    const name = `perimeter_bench_${randomBytes(4).toString('hex')}`
    const admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query(`create database ${name}`)
    const url = new URL(server)
    url.pathname = `/${name}`
    const database = await connect({ url: url.href, statement_timeout_s: 1800 })
    try {
      await run(database, Number(values.schools), Number(values.venues), url.href)
    } finally {
      await database.close()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    }
  } else console.log('\nPostgreSQL: not measured, BENCH_DATABASE_URL is not set')
}
if (values.engine.includes('embedded')) {
  const database = await connect({ data_dir: 'memory://', statement_timeout_s: 1800 })
  try {
    await run(database, Math.round(Number(values.schools) / 10), Math.round(Number(values.venues) / 10))
  } finally {
    await database.close()
  }
}
