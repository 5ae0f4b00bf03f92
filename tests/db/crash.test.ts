import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'
import readline from 'node:readline'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect, isLocked } from '../../db/connect.ts'
import { failure, scratchDir } from './databases.ts'

let dir = ''
let child: ChildProcess | undefined
beforeEach(async () => {
  dir = await scratchDir()
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await fs.rm(dir, { recursive: true, force: true })
})

async function createTables() {
  const database = await connect({ data_dir: dir })
  await sql`create table rows (n int primary key, filler text)`.execute(database.db)
  await sql`create table parts (n int, i int, primary key (n, i))`.execute(database.db)
  await database.close()
}

/** Starts the writer, waits for so many acknowledgements and kills it without warning. */
async function writeAndKill(first: number, acknowledgements: number): Promise<number> {
  const script = path.join(import.meta.dirname, 'writer.ts')
  const writer = spawn(process.execPath, ['--import', 'tsx', script, dir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = writer
  let last = first - 1
  for await (const line of readline.createInterface({ input: writer.stdout })) {
    if (line === 'ready') continue
    last = Number(line)
    // Lines still in the pipe when it dies are acknowledged too, so reading goes on to its end.
    if (last - first + 1 === acknowledgements) writer.kill('SIGKILL')
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
  expect(writer.signalCode).toBe('SIGKILL')
  return last
}

describe('kill -9', () => {
  it('loses no acknowledged row and tears no transaction', async () => {
    await createTables()
    let acknowledged = 0
    for (const count of [7, 60, 143]) {
      acknowledged = await writeAndKill(acknowledged + 1, count)
      const database = await connect({ data_dir: dir })
      const { rows } = await sql<{ count: number; max: number }>`select count(*), max(n) from rows`.execute(database.db)
      // The row under way when the process died may be there or not.
      expect(rows[0]!.max - acknowledged).toBeGreaterThanOrEqual(0)
      expect(rows[0]!.max - acknowledged).toBeLessThanOrEqual(1)
      expect(rows[0]!.count).toBe(rows[0]!.max)
      const torn = sql`
        select n from parts group by n having count(*) <> 20
        union all select n from rows where n % 3 = 0 and n not in (select n from parts)
        union all select n from rows where length(filler) <> n % 2000`
      expect((await torn.execute(database.db)).rows).toEqual([])
      acknowledged = rows[0]!.max
      await database.close()
    }
  }, 180_000)
})

describe('two processes', () => {
  it('the second is refused with the name of the directory, and allowed once the first is gone', async () => {
    await createTables()
    const script = path.join(import.meta.dirname, 'writer.ts')
    const writer = spawn(process.execPath, ['--import', 'tsx', script, dir, '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = writer
    await once(writer.stdout, 'data')
    // The lock is on the directory, whatever way leads to it.
    const alias = `${dir}-alias`
    await fs.symlink(dir, alias)
    for (const way of [dir, alias]) {
      expect(await isLocked(way)).toBe(true)
      const error = await failure(connect({ data_dir: way }))
      expect(error.code).toBe('55006')
      expect(error.message).toContain(await fs.realpath(dir))
    }
    await fs.rm(alias)
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    expect(await isLocked(dir)).toBe(false)
    const database = await connect({ data_dir: dir })
    expect(await isLocked(dir)).toBe(true)
    expect((await failure(connect({ data_dir: dir }))).code).toBe('55006')
    await database.close()
    expect(await isLocked(dir)).toBe(false)
    expect(await isLocked(path.join(dir, 'missing'))).toBe(false)
  }, 120_000)
})
