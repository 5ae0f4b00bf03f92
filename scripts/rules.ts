/**
 * `npm run rules -- list | review <code>… | activate <code>… | retire <code>…`: the state of rules from the command
 * line, one step at a time as on the page.
 */
import { resolve } from 'node:path'
import { connect, type Db } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { seedSite } from '../db/seed/seed.ts'
import { loadConfig } from '../server/config.ts'
import { createApplyChange } from '../server/findings/service.ts'
import type { ApplyChange } from '../server/http/change.ts'
import { runAsProgram } from '../server/main.ts'
import { listRuleStates } from '../server/rules/queries.ts'
import { changeRule } from '../server/rules/service.ts'

const STEPS = { review: 'reviewed', activate: 'active', retire: 'retired' } as const

async function list(db: Db): Promise<void> {
  for (const rule of await listRuleStates(db))
    console.log(`${rule.status.padEnd(9)} ${rule.code.padEnd(28)} ${rule.threshold_m} m  ${rule.title_zh}`)
}

async function move(db: Db, applyChange: ApplyChange, codes: string[], status: (typeof STEPS)[keyof typeof STEPS]) {
  const known = new Map((await listRuleStates(db)).map((rule) => [rule.code, rule.id]))
  for (const code of codes) {
    const id = known.get(code)
    if (id === undefined) throw new Error(`没有规则 / there is no rule ${code}`)
    const { findings } = await applyChange(`rule.${status}`, (trx) => changeRule(trx, id, { status }, undefined))
    console.log(`${code}: ${status}  +${findings.opened} -${findings.ended}`)
  }
}

await runAsProgram(async () => {
  const [command = 'list', ...codes] = process.argv.slice(2)
  const config = loadConfig(process.env)
  const database = await connect({ url: config.database_url, data_dir: resolve(config.data_dir) })
  try {
    await migrate(database.db, new URL('../db/migrations', import.meta.url).pathname)
    await seedSite(database.db)
    if (command === 'list') return await list(database.db)
    if (!(command in STEPS) || codes.length === 0)
      throw new Error('usage: npm run rules -- list | review <code>… | activate <code>… | retire <code>…')
    const applyChange = createApplyChange(database.db, { measure_srid: config.measure_srid })
    await move(database.db, applyChange, codes, STEPS[command as keyof typeof STEPS])
  } finally {
    await database.close()
  }
})
