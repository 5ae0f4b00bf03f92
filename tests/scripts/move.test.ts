import { execFile } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { listRelations, listTables, type SiteTable } from '../../scripts/move/queries.ts'
import { inReferenceOrder, MoveError, moveSite } from '../../scripts/move/site.ts'
import { createApplyChange, recomputeAll } from '../../server/findings/service.ts'
import { singleRow } from '../../server/http/single.ts'
import { writeVenues } from '../../server/venues/service.ts'
import { createServerDatabase, failure, scratchDir, testServer } from '../db/databases.ts'
import { PROVENANCE } from '../oracle/rules.ts'
import { fillSmallSite } from './small-site.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const MIGRATIONS = path.join(ROOT, 'db/migrations')

/** Runs the command as a person would. */
const runMove = (...args: string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const tsx = path.join(ROOT, 'node_modules/.bin/tsx')
    execFile(tsx, [path.join(ROOT, 'scripts/move.ts'), ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    )
  })

interface Known {
  distance_m: number
  line: string
}

/** What was known at a moment; the line as text to 0.1 mm. */
async function findingsAt({ db }: Database, as_of: string) {
  const { rows } = await sql<Known>`
    select id, rule_id, rule_version, school_id, place_key, venue_version, state, is_inside, first_detected_at,
           valid_from, distance_m, st_astext(line_m, 4) as line
    from findings where valid_from <= ${as_of}::timestamptz
      and (valid_to is null or valid_to > ${as_of}::timestamptz) order by id`.execute(db)
  // The engines differ in the tenth digit after the point.
  return rows.map((row) => ({ ...row, distance_m: row.distance_m.toFixed(6) }))
}

it('puts tables after those they refer to', () => {
  const table = (name: string, ...needs: string[]): SiteTable => ({ name, needs, columns: [], rows: 0, bytes: 0 })
  const ordered = inReferenceOrder([
    table('doors', 'venues'),
    table('venues', 'kinds', 'imports'),
    table('imports'),
    table('kinds'),
  ])
  expect(ordered.map(({ name }) => name)).toEqual(['imports', 'kinds', 'venues', 'doors'])
  expect(() => inReferenceOrder([table('a', 'b'), table('b', 'a')])).toThrow(MoveError)
})

it('says how to use it, and refuses a directory without a database', async () => {
  expect(await runMove()).toMatchObject({ code: 2, out: expect.stringContaining('--to') })
  const empty = await scratchDir()
  const refused = await runMove('--to', 'postgresql://nobody@127.0.0.1:1/none', '--from', empty)
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('no embedded database') })
  expect(await fs.readdir(empty)).toEqual([])
  await fs.rm(empty, { recursive: true })
})

describe.skipIf(!testServer)('a site on the embedded engine (skipped without TEST_DATABASE_URL)', () => {
  let dir = ''
  let source: Database
  const made: { url: string; drop(): Promise<unknown> }[] = []
  const open: Database[] = []

  async function emptyTarget(): Promise<Database> {
    const created = await createServerDatabase()
    made.push(created)
    const target = await connect({ url: created.url })
    open.push(target)
    return target
  }

  beforeAll(async () => {
    dir = await scratchDir()
    source = await connect({ data_dir: dir })
    await fillSmallSite(source, MIGRATIONS)
  })
  afterAll(async () => {
    for (const database of open) await database.close()
    await source?.close()
    for (const { drop } of made) await drop()
    await fs.rm(dir, { recursive: true, force: true })
  })

  it('is moved whole, with its past, and goes on there', async () => {
    const target = await emptyTarget()
    const moved = await moveSite(source, target)
    expect(moved.measure_srid).toBe(4549)
    const rowsOf = Object.fromEntries(moved.tables.map(({ name, rows }) => [name, rows]))
    expect(rowsOf).toMatchObject({ schools: 14, venues: 220, venues_history: 30, settings: expect.any(Number) })
    expect(rowsOf.findings).toBeGreaterThan(60)
    for (const days of [1, 4, 7, 9.5]) {
      const as_of = new Date(Date.now() - days * 86_400_000).toISOString()
      const known = await findingsAt(source, as_of)
      expect(known.length).toBeGreaterThan(60)
      expect(await findingsAt(target, as_of)).toEqual(known)
    }
    const rings = sql`select count(*) as n, count(valid_to) as closed from zones`
    expect((await rings.execute(target.db)).rows).toEqual((await rings.execute(source.db)).rows)
    const applyChange = createApplyChange(target.db)
    expect(await recomputeAll(applyChange)).toEqual({ opened: 0, superseded: 0, ended: 0 })

    const { rows } = await sql<{ last: number }>`select max(id) as last from venues`.execute(source.db)
    const geometry = { type: 'Point' as const, coordinates: [121.47, 31.23] }
    const input = { external_id: 'later', name: '迁移之后', kind: 'internet_cafe' as const, geometry }
    const { result } = await applyChange('test.create', async (trx) =>
      singleRow(await writeVenues(trx, [input], PROVENANCE)),
    )
    expect(result).toBeGreaterThan(rows[0]!.last)
    expect(
      (
        await sql`select to_measure(st_setsrid(st_point(121.47, 31.23), 4326)) is not null as ok,
      (select st_srid(position_m) from venues limit 1) as srid`.execute(target.db)
      ).rows,
    ).toEqual([{ ok: true, srid: 4549 }])
  })

  it('is not moved over anything that is there already', async () => {
    const target = await emptyTarget()
    await sql`create table somebody (id int)`.execute(target.db)
    const error = await failure(moveSite(source, target))
    expect(error).toBeInstanceOf(MoveError)
    expect(error.message).toContain('somebody')
    expect(await listRelations(target.db)).toEqual(['somebody'])
  })

  it('leaves the target empty when the copy differs, and names the table', async () => {
    const target = await emptyTarget()
    const spoil = (statement: string) => ({
      beforeComparing: (trx: Database['db']) => sql.raw(statement).execute(trx),
    })
    const name = await failure(moveSite(source, target, spoil(`update changes set actor = 'x' where id = 3`) as never))
    expect(name.message).toMatch(/ {2}changes: 32 .*md5 \w+ -> 32 /)
    const row = await failure(
      moveSite(
        source,
        target,
        spoil(`delete from stall_sightings_history; delete from zones where id = (select min(id) from zones)`) as never,
      ),
    )
    expect(row.message).toMatch(/ {2}zones: (\d+) 行/)
    expect(row.message).not.toContain('venues')
    expect(await listRelations(target.db)).toEqual([])
  })

  it('leaves the target empty when detection does not agree there', async () => {
    const target = await emptyTarget()
    const wrong = sql`select id, distance_m from findings where valid_to is null order by id limit 1`
    const { rows } = await sql<{ id: number; distance_m: number }>`${wrong}`.execute(source.db)
    const { id, distance_m } = rows[0]!
    await sql`update findings set distance_m = distance_m + 1 where id = ${id}`.execute(source.db)
    const error = await failure(moveSite(source, target))
    await sql`update findings set distance_m = ${distance_m} where id = ${id}`.execute(source.db)
    expect(error.message).toContain('opened 0, superseded 1, ended 0')
    expect(await listRelations(target.db)).toEqual([])
  })

  it('is refused while a server has it open, and moved by one command when not', async () => {
    const { url, drop } = await createServerDatabase()
    made.push({ url, drop })
    expect(await runMove('--to', url, '--from', dir)).toMatchObject({ code: 1, out: expect.stringContaining('in use') })
    await source.close()
    const done = await runMove('--to', url, '--from', dir)
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('EPSG:4549') })
    const again = await runMove('--to', url, '--from', dir)
    expect(again).toMatchObject({ code: 1, out: expect.stringContaining('not empty') })
    const target = await connect({ url })
    open.push(target)
    expect(await migrate(target.db, MIGRATIONS)).toEqual([])
    source = await connect({ data_dir: dir })
    const tables = await listTables(source.db)
    expect(tables.find(({ name }) => name === 'venues')?.rows).toBe(220)
  })
})
