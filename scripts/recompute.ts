/** `npm run recompute`: derives all findings again. On a consistent site it changes nothing and says so. */
import { resolve } from 'node:path'
import { connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { loadConfig } from '../server/config.ts'
import { createApplyChange, recomputeAll } from '../server/findings/service.ts'
import { runAsProgram } from '../server/main.ts'

await runAsProgram(async () => {
  const config = loadConfig(process.env)
  const database = await connect({ url: config.database_url, data_dir: resolve(config.data_dir) })
  try {
    await migrate(database.db, new URL('../db/migrations', import.meta.url).pathname)
    const outcome = await recomputeAll(createApplyChange(database.db, { measure_srid: config.measure_srid }))
    console.log(`新增 opened ${outcome.opened}  变更 superseded ${outcome.superseded}  终止 ended ${outcome.ended}`)
  } finally {
    await database.close()
  }
})
