import { readFileSync } from 'node:fs'
import type { RuleSeed } from '../../server/rules/schemas.ts'
import { createRules } from '../../server/rules/service.ts'
import type { Db } from '../connect.ts'
import { inTransaction } from '../transaction.ts'
import { seedKinds } from './kinds.ts'

/**
 * What every site starts with: code tables, and the national and local rules as drafts. Repeated at each start; a rule
 * that exists is left alone, so what a site's reviewers changed stays changed.
 */
export async function seedSite(db: Db): Promise<void> {
  const seed = JSON.parse(readFileSync(new URL('rules.json', import.meta.url), 'utf8')) as RuleSeed
  await inTransaction(db, async (trx) => {
    await seedKinds(trx)
    await createRules(trx, seed.sources, seed.rules)
  })
}
