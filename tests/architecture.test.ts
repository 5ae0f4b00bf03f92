/** The arrows of the house plan: who may import whom. Read the folder list from left to right; imports point left. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = new URL('..', import.meta.url).pathname
/** The order of the folders in server/. Those of one row read any domain to their left and are read by app.ts alone. */
const ORDER = ['geo', 'http', 'auth', 'audit', 'regions', 'schools', 'venues', 'roads', 'rules', 'zones', 'findings']
const READERS = ['siting', 'imports', 'exports', 'search', 'site', 'tiles', 'ogc']

interface Import {
  from: string
  /** Path below the root, or the name of a package. */
  to: string
  is_type: boolean
}

/** Imports that go against the order, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  'imports/classify/kinds.ts': 'the one list of venue and school kinds; a constant without imports of its own',
}
/** Files outside db/ and *queries.ts that build SQL. */
const SQL_HELPERS: Record<string, string> = {
  'server/http/filters.ts': 'conditions that the list queries of all domains share',
  'server/http/writing.ts': 'assignments that the write queries of all domains share',
  'server/http/collection.ts': 'the cursor condition of all lists',
}

const STATEMENT =
  /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\('([^']+)'\)/gm

function importsOf(from: string): Import[] {
  const text = readFileSync(join(ROOT, from), 'utf8')
  return [...text.matchAll(STATEMENT)].map(([, type, named, bare, dynamic]) => {
    const target = (named ?? bare ?? dynamic)!
    return {
      from,
      to: target.startsWith('.') ? normalize(join(dirname(from), target)) : target,
      is_type: Boolean(type),
    }
  })
}

const files = ['server', 'db', 'scripts', 'tests', 'web'].flatMap((dir) =>
  readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mts|mjs|vue)$/.test(file))
    .map((file) => join(dir, file)),
)
const all = files.flatMap(importsOf)

const top = (path: string) => path.split('/')[0]!
const domain = (path: string) => (path.startsWith('server/') && path.split('/').length > 2 ? path.split('/')[1]! : null)
const rank = (name: string) => (READERS.includes(name) ? ORDER.length : ORDER.indexOf(name))

/** Why an import may not be; null when it may. */
function objection({ from, to, is_type }: Import): string | null {
  const [mine, other] = [domain(from), domain(to)]
  if (top(to) === 'web' && !/^(web|tests\/web)\//.test(from)) return 'only the page and its tests import web/'
  if (top(from) === 'web' && top(to) === 'server' && !is_type) return 'web/ takes types from server/, nothing else'
  if (top(from) === 'server' && ['scripts', 'tests'].includes(top(to)))
    return 'server/ does not import scripts or tests'
  if (
    top(from) === 'db' &&
    top(to) !== 'db' &&
    to.includes('/') &&
    top(to) === 'server' &&
    !from.startsWith('db/seed/')
  )
    return 'db/ knows no domain; only the seed, which fills them, does'
  if (to === 'kysely' && !is_type && ['server', 'scripts', 'web'].includes(top(from)))
    if (!from.endsWith('queries.ts') && !(from in SQL_HELPERS)) return 'SQL is built in db/ and *queries.ts'
  if (mine && /routes\.ts$/.test(to)) return 'routes are registered by app.ts alone'
  if (!mine || !other || mine === other || Object.keys(EXCEPTIONS).some((path) => to === `server/${path}`)) return null
  if (rank(mine) < 0 || rank(other) < 0) return `a folder that has no place in the order: ${mine}, ${other}`
  return rank(other) < rank(mine) ? null : `${mine}/ may not import ${other}/`
}

it('imports point to the left', () => {
  const objections = all.flatMap((each) => (objection(each) ? [`${each.from} -> ${each.to}: ${objection(each)}`] : []))
  expect(objections).toEqual([])
})

it('would object to the opposite', () => {
  const value = (from: string, to: string) => objection({ from, to, is_type: false })
  expect(value('server/schools/service.ts', 'server/findings/service.ts')).toMatch('schools/ may not import findings/')
  expect(value('server/tiles/service.ts', 'server/search/queries.ts')).toMatch('may not import')
  expect(value('server/schools/service.ts', 'kysely')).toMatch('SQL')
  expect(value('web/main.ts', 'server/http/change.ts')).toMatch('types')
  expect(all.filter(({ from, to }) => top(from) === 'server' && top(to) === 'server').length).toBeGreaterThan(100)
})

it('every exception is used', () => {
  for (const path of Object.keys(EXCEPTIONS))
    expect(
      all.some(({ to }) => to === `server/${path}`),
      path,
    ).toBe(true)
  for (const path of Object.keys(SQL_HELPERS))
    expect(
      all.some(({ from, to }) => from === path && to === 'kysely'),
      path,
    ).toBe(true)
})
