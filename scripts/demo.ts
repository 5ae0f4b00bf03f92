/** `npm run demo`: the product on the embedded database with the demo city, on a data directory of its own. */
import type { Database } from '../db/connect.ts'
import { loadConfig } from '../server/config.ts'
import type { ApplyChange } from '../server/http/change.ts'
import { runAsProgram, start, stopOnSignals } from '../server/main.ts'
import { isEmpty } from '../server/site/queries.ts'
import { buildWeb } from './build.ts'
import { loadDemoCity } from './demo-city/load.ts'

async function prepare(database: Database, applyChange: ApplyChange): Promise<void> {
  if (!(await isEmpty(database.db))) return
  console.log('正在载入演示城市 / loading the demo city …')
  const findings = await loadDemoCity(applyChange)
  console.log(`演示城市已载入 / demo city loaded: ${findings.opened} 条疑似线索 / findings`)
}

await runAsProgram(async () => {
  const config = loadConfig(process.env, { data_dir: '.data/demo' })
  await buildWeb()
  const running = await start(config, prepare)
  stopOnSignals(running)
  console.log(`\n校安图 Perimeter (演示数据 demo data): ${running.url}\n`)
})
