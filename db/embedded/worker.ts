/** Worker thread that holds the PGlite engine: a long statement stalls this thread, never the server. */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { DurableNodeFS } from './durable-fs.ts'
import { engineOptions } from './pglite-options.ts'
import type { Answer, Request, WorkerOptions } from './protocol.ts'
import { type Outcome, openSession } from './session.ts'

const options = workerData.options as WorkerOptions
const port = parentPort!
const fs = options.cluster_dir === undefined ? undefined : new DurableNodeFS(options.cluster_dir)
const template = options.template && { loadDataDir: new Blob([options.template as Uint8Array<ArrayBuffer>]) }
const pg = await PGlite.create({ ...engineOptions(options.bundle_path), ...(fs ? { fs } : {}), ...template })
const session = openSession(pg)
let dropped = 0

async function settle(outcome: Outcome): Promise<Answer> {
  if (outcome.kind === 'result') return outcome
  if (outcome.kind === 'dropped') dropped += 1
  return (await session.isSane()) ? outcome : { kind: 'poisoned', reason: 'it fails a plain question after an error' }
}

async function answer(request: Request): Promise<Answer> {
  switch (request.kind) {
    case 'statement':
      return settle(await session.statement(request.sql, request.values))
    case 'script':
      return settle(await session.script(request.sql))
    case 'canary':
      return (await session.isSane()) ? { kind: 'done' } : { kind: 'poisoned', reason: 'it fails a plain question' }
    case 'stats':
      return { kind: 'stats', stats: { fsyncs: fs?.fsyncs ?? 0, dropped } }
    case 'close':
      await pg.close()
      return { kind: 'done' }
  }
}

port.on('message', async (request: Request) => {
  try {
    port.postMessage(await answer(request))
  } catch (error) {
    port.postMessage({
      kind: 'poisoned',
      reason: error instanceof Error ? error.message : JSON.stringify(error),
    } satisfies Answer)
  }
})

const sane = await session.isSane()
port.postMessage(
  (sane ? { kind: 'ready' } : { kind: 'poisoned', reason: 'it fails a plain question' }) satisfies Answer,
)
