/** Generated files say what the code says now, and the OpenAPI document is one that clients can rely on. */
import { readFileSync } from 'node:fs'
import type { OpenAPI3, OperationObject, ResponseObject } from 'openapi-typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { allowedValues } from '../scripts/gen-tables/render.ts'
import { TABLES_FILE, tablesText } from '../scripts/gen-tables.ts'
import { OPENAPI_FILE, openapiDocument, openapiText, TYPES_FILE, typesText } from '../scripts/openapi.ts'

let database: Database
let document: OpenAPI3

beforeAll(async () => {
  // Always the embedded engine: the files are made from it, and the schema is the same on both.
  database = await connect({ data_dir: 'memory://' })
  await migrate(database.db, new URL('../db/migrations', import.meta.url).pathname)
  document = await openapiDocument(database)
})
afterAll(() => database?.close())

/** Not toBe: the difference of two files of thousands of lines would be printed whole. */
function expectCurrent(file: string, wanted: string, command: string): void {
  const found = readFileSync(file, 'utf8').split('\n')
  const line = wanted.split('\n').findIndex((text, n) => text !== found[n])
  if (line >= 0 || found.length !== wanted.split('\n').length)
    throw new Error(`${file} is stale from line ${line + 1} on: run ${command}`)
}

describe('generated files are current', () => {
  it('db/tables.ts', async () => {
    expectCurrent(TABLES_FILE, await tablesText(database.db), 'npm run gen:tables')
  })
  it('server/openapi.json', () => expectCurrent(OPENAPI_FILE, openapiText(document), 'npm run openapi'))
  it('web/api/types.gen.ts', async () => expectCurrent(TYPES_FILE, await typesText(document), 'npm run openapi'))
  it('and a stale one is noticed', () => {
    expect(() => expectCurrent(OPENAPI_FILE, `${openapiText(document)} `, '')).toThrow('stale')
  })
})

it('reads the values of a check as PostgreSQL prints it', () => {
  expect(allowedValues(["CHECK ((kind = ANY (ARRAY['main'::text, 'side'::text])))"])).toEqual(['main', 'side'])
  expect(allowedValues(["CHECK ((evidence_grade = ANY (ARRAY['A'::bpchar, 'B'::bpchar])))"])).toEqual(['A', 'B'])
  expect(allowedValues(["CHECK ((name <> ''::text))", 'CHECK ((students >= 0))'])).toBeNull()
})

describe('the OpenAPI document', () => {
  const operations = () =>
    Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method} ${path}`,
        path,
        operation: operation as OperationObject,
      })),
    )

  it('is OpenAPI 3.1 with one name per operation', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(ids.length).toBeGreaterThan(30)
    expect(ids.filter((id, n) => !id || ids.indexOf(id) !== n)).toEqual([])
  })

  it('says of every operation what it does and answers, and how it refuses', () => {
    const lacking = operations().flatMap(({ name, operation }) => {
      const { tags = [], summary = '', responses = {} } = operation
      const refusal = (responses['4XX'] as ResponseObject | undefined)?.content ?? {}
      return [
        ...(tags.length === 1 ? [] : [`${name}: one tag`]),
        ...(summary.length > 5 ? [] : [`${name}: a summary`]),
        ...(Object.keys(responses).some((code) => /^2\d\d$/.test(code)) ? [] : [`${name}: a success`]),
        ...('application/problem+json' in refusal && '5XX' in responses ? [] : [`${name}: problems`]),
      ]
    })
    expect(lacking).toEqual([])
  })

  it('describes exactly the parameters that stand in its paths', () => {
    for (const { name, path, operation } of operations()) {
      const inPath = (operation.parameters ?? []).flatMap((each) =>
        'in' in each && each.in === 'path' ? [each.name] : [],
      )
      expect(inPath.sort(), name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter).sort())
    }
  })

  it('refers only to schemas it has, and has only those it refers to', () => {
    const references = [...openapiText(document).matchAll(/"\$ref": "#\/components\/schemas\/(\w+)"/g)].map(
      ([, to]) => to,
    )
    expect([...new Set(references)].sort()).toEqual(Object.keys(document.components?.schemas ?? {}).sort())
  })

  it('names GeoJSON by its media type', () => {
    const of = (path: string) => {
      const { get } = document.paths![path] as { get: OperationObject }
      return get.responses!['200']
    }
    expect(of('/api/venues')).toHaveProperty(['content', 'application/geo+json'])
    expect(of('/api/config')).toHaveProperty(['content', 'application/json'])
  })
})
