/**
 * `npm run openapi`: server/openapi.json from the route schemas, and from it web/api/types.gen.ts for the typed client
 * of the page.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { connect, type Database } from '../db/connect.ts'
import { buildApp } from '../server/app.ts'
import { createApplyChange } from '../server/findings/service.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export const OPENAPI_FILE = path('../server/openapi.json')
export const TYPES_FILE = path('../web/api/types.gen.ts')

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0)
const sorted = <T>(members: Record<string, T> = {}): Record<string, T> =>
  Object.fromEntries(Object.entries(members).sort(byName))

/** The document that the application serves, its paths in alphabetical order so that a diff shows what changed. */
export async function openapiDocument(database: Database): Promise<OpenAPI3> {
  const app = await buildApp({ database, applyChange: createApplyChange(database.db) })
  try {
    await app.ready()
    const document = app.swagger() as unknown as OpenAPI3
    return { ...document, paths: sorted(document.paths) }
  } finally {
    await app.close()
  }
}

export const openapiText = (document: OpenAPI3): string => `${JSON.stringify(document, null, 2)}\n`

export async function typesText(document: OpenAPI3): Promise<string> {
  // The generator resolves references in place: it gets a copy.
  const types = astToString(await openapiTS(structuredClone(document)))
  return `// DO NOT EDIT: written by \`npm run openapi\` from server/openapi.json.\n${types}`
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const database = await connect({ data_dir: 'memory://' })
  try {
    const document = await openapiDocument(database)
    writeFileSync(OPENAPI_FILE, openapiText(document))
    writeFileSync(TYPES_FILE, await typesText(document))
    console.log(`${Object.keys(document.paths ?? {}).length} paths: ${OPENAPI_FILE}, ${TYPES_FILE}`)
  } finally {
    await database.close()
  }
}
