/** `npm run gen:tables`: db/tables.ts, the row types of all tables, from an embedded database that was just migrated. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { connect, type Db } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { listColumns } from './gen-tables/queries.ts'
import { renderTables } from './gen-tables/render.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export const TABLES_FILE = path('../db/tables.ts')

/** What db/tables.ts should say for a migrated database. */
export async function tablesText(db: Db): Promise<string> {
  const text = renderTables(await listColumns(db))
  const options = { input: text, encoding: 'utf8', cwd: path('..') } as const
  return execFileSync(path('../node_modules/.bin/biome'), ['format', '--stdin-file-path=db/tables.ts'], options)
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const database = await connect({ data_dir: 'memory://' })
  try {
    await migrate(database.db, path('../db/migrations'))
    writeFileSync(TABLES_FILE, await tablesText(database.db))
  } finally {
    await database.close()
  }
}
