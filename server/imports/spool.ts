// Rows that passed the checks, kept on disk between reading and writing: the writer lock is held only while writing,
// and a million rows take no memory.
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BATCH_ROWS = 2000
/** One statement's parameter: large polygons make smaller batches. */
const BATCH_CHARS = 8 * 1024 * 1024
const BUFFER_CHARS = 256 * 1024

export interface Spool<Row> {
  append(row: Row): Promise<void>
  /** All rows in order, in batches for one statement each. */
  batches(): AsyncGenerator<Row[]>
  close(): Promise<void>
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: BUFFER_CHARS })) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

/** @param under directory for the file; the system's when missing */
export async function openSpool<Row>(under: string = tmpdir()): Promise<Spool<Row>> {
  const directory = await mkdtemp(join(under, 'perimeter-import-'))
  const path = join(directory, 'rows.ndjson')
  const file = await open(path, 'w')
  let pending = ''

  async function flush(): Promise<void> {
    const text = pending
    pending = ''
    await file.appendFile(text)
  }

  return {
    async append(row) {
      // JSON text has no line ends of its own.
      pending += `${JSON.stringify(row)}\n`
      if (pending.length >= BUFFER_CHARS) await flush()
    },
    async *batches() {
      await flush()
      let rows: Row[] = []
      let chars = 0
      for await (const line of linesOf(path)) {
        rows.push(JSON.parse(line) as Row)
        chars += line.length
        if (rows.length < BATCH_ROWS && chars < BATCH_CHARS) continue
        yield rows
        rows = []
        chars = 0
      }
      if (rows.length > 0) yield rows
    },
    async close() {
      await file.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
