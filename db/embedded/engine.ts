/**
 * The embedded database as the main thread sees it: a worker thread that is watched, ended when it no longer answers
 * and started again. Callers must send one request at a time; the dialect's mutex sees to that.
 */
import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import pg from 'pg'
import { freeBytes, minimumFreeBytes } from './disk.ts'
import { EngineError, sqlstate } from './errors.ts'
import { ensureCluster, ensureEngineFiles, readTemplate } from './files.ts'
import { acquireLock, type Lock } from './lock.ts'
import type { Answer, RawResult, Request, ServerError, WorkerOptions, WorkerStats } from './protocol.ts'
import { startThread } from './thread.ts'

export const inMemory = 'memory://'
/** Starting takes 2-6 s, after a crash longer. */
const startTimeoutMs = 180_000

export interface Engine {
  /** Grows with every restart: a transaction begun in an earlier generation is lost. */
  readonly generation: number
  /** Requests answered so far. */
  readonly served: number
  statement(sql: string, values: (string | Uint8Array | null)[], timeoutMs: number): Promise<RawResult>
  script(sql: string, timeoutMs: number): Promise<RawResult>
  /** Throws unless the engine answers a plain question; an engine that does not is started again. */
  check(): Promise<void>
  stats(): Promise<WorkerStats>
  /** True when the data directory's file system is nearly full. */
  isDiskFull(): boolean
  close(): Promise<void>
}

interface Thread {
  worker: Worker
  /** Why the thread ended, when it has. */
  ended: Error | undefined
  /** Settles the request under way. */
  settle: ((answer: Answer | Error) => void) | undefined
}

function databaseError(fields: ServerError): pg.DatabaseError {
  const error = new pg.DatabaseError(fields.message, fields.message.length, 'error')
  return Object.assign(error, fields)
}

async function startWorker(clusterDir: string | undefined, bundlePath: string): Promise<Thread> {
  const template = clusterDir === undefined ? new Uint8Array(await readTemplate()) : undefined
  const options: WorkerOptions = { cluster_dir: clusterDir, bundle_path: bundlePath, template }
  const worker = startThread('worker.ts', options, template ? [template.buffer] : [])
  const thread: Thread = { worker, ended: undefined, settle: undefined }
  const finish = (answer: Answer | Error) => {
    const settle = thread.settle
    thread.settle = undefined
    settle?.(answer)
  }
  const end = (error: Error) => {
    thread.ended ??= error
    finish(thread.ended)
  }
  worker.on('message', finish)
  worker.on('error', end)
  worker.on('exit', (code) => end(new Error(`the database thread ended with exit code ${code}`)))
  const first = await hear(thread, startTimeoutMs)
  if (!(first instanceof Error) && first.kind === 'ready') return thread
  await worker.terminate()
  const reason = first instanceof Error ? first.message : first.kind === 'poisoned' ? first.reason : first.kind
  throw new EngineError(sqlstate.cannot_connect_now, `the embedded database does not start: ${reason}`)
}

const overdue = new Error('no answer in time')

/** The next answer, or an error when the thread ends or the time is over. */
function hear(thread: Thread, timeoutMs: number): Promise<Answer | Error> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => thread.settle?.(overdue), timeoutMs)
    thread.settle = (answer) => {
      clearTimeout(timer)
      thread.settle = undefined
      resolve(answer)
    }
  })
}

/**
 * Opens a data directory, creating it if need be, or a database in memory.
 * @throws EngineError 55006 when another process uses the directory, 57P03 when the engine cannot start
 */
export async function openEngine(dataDir: string, onMessage: (text: string) => void): Promise<Engine> {
  const engineFiles = await ensureEngineFiles(onMessage)
  if (dataDir === inMemory) return runEngine(engineFiles.bundle_path, undefined, undefined, onMessage)
  await fs.mkdir(dataDir, { recursive: true, mode: 0o700 })
  const lock = await acquireLock(dataDir)
  try {
    const clusterDir = path.join(await fs.realpath(dataDir), 'pg')
    await ensureCluster(clusterDir)
    return await runEngine(engineFiles.bundle_path, clusterDir, lock, onMessage)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function runEngine(
  bundlePath: string,
  clusterDir: string | undefined,
  lock: Lock | undefined,
  onMessage: (text: string) => void,
): Promise<Engine> {
  let generation = 1
  let served = 0
  let closed = false
  let thread: Thread | undefined = await startWorker(clusterDir, bundlePath)
  let starting: Promise<Thread> | undefined
  let free = { bytes: Number.POSITIVE_INFINITY, at: 0 }

  async function current(): Promise<Thread> {
    if (closed) throw new EngineError(sqlstate.cannot_connect_now, 'the database is closed')
    // It ended while nobody was asking.
    if (thread?.ended) await restart(thread.ended.message)
    if (thread) return thread
    starting ??= startWorker(clusterDir, bundlePath).finally(() => {
      starting = undefined
    })
    thread = await starting
    return thread
  }

  /** Ends the engine and begins to start another. What was committed is on the disk (in memory all is lost). */
  async function restart(reason: string): Promise<void> {
    const ended = thread
    thread = undefined
    generation += 1
    onMessage(`the embedded database is started again: ${reason}`)
    await ended?.worker.terminate()
    current().catch(() => {}) // the next request tries again and reports
  }

  async function request(message: Request, timeoutMs: number): Promise<Answer> {
    const running = await current()
    const heard = hear(running, timeoutMs)
    running.worker.postMessage(message)
    const answer = await heard
    served += 1
    if (answer === overdue) {
      await restart(`a statement ran longer than ${timeoutMs} ms`)
      throw new EngineError(sqlstate.query_canceled, `canceling statement due to statement timeout (${timeoutMs} ms)`)
    }
    if (answer instanceof Error) {
      await restart(answer.message)
      throw new EngineError(sqlstate.crash_shutdown, `the embedded database stopped: ${answer.message}`)
    }
    if (answer.kind === 'poisoned') {
      await restart(answer.reason)
      throw new EngineError(sqlstate.crash_shutdown, `the embedded database was restarted: ${answer.reason}`)
    }
    return answer
  }

  async function result(message: Request, timeoutMs: number): Promise<RawResult> {
    const answer = await request(message, timeoutMs)
    switch (answer.kind) {
      case 'result':
        return answer.result
      case 'server_error':
        throw databaseError(answer.error)
      case 'dropped':
        throw new EngineError(
          sqlstate.internal_error,
          'the embedded database gave this statement no answer; it was rolled back',
        )
      case 'too_large':
        throw new EngineError(sqlstate.program_limit_exceeded, `the result is too large (${answer.bytes} bytes)`)
      default:
        throw new EngineError(sqlstate.internal_error, `unexpected answer ${answer.kind}`)
    }
  }

  return {
    get generation() {
      return generation
    },
    get served() {
      return served
    },
    statement: (sql, values, timeoutMs) => result({ kind: 'statement', sql, values }, timeoutMs),
    script: (sql, timeoutMs) => result({ kind: 'script', sql }, timeoutMs),
    check: async () => {
      await request({ kind: 'canary' }, 10_000)
    },
    stats: async () => {
      const answer = await request({ kind: 'stats' }, 10_000)
      if (answer.kind !== 'stats') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.stats
    },
    isDiskFull() {
      if (clusterDir === undefined) return false
      // Asked before every statement, measured once a second.
      if (Date.now() - free.at > 1000) free = { bytes: freeBytes(clusterDir), at: Date.now() }
      return free.bytes < minimumFreeBytes
    },
    close: async () => {
      if (closed) return
      const running = thread ?? (await starting?.catch(() => undefined))
      closed = true
      if (running) {
        const ended = once(running.worker, 'exit')
        const heard = hear(running, 30_000)
        running.worker.postMessage({ kind: 'close' } satisfies Request)
        await heard
        await running.worker.terminate()
        await ended
      }
      await lock?.release()
    },
  }
}
