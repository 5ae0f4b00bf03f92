/**
 * Runs the worker thread that holds the engine: asks it one thing at a time, ends it when it does not answer in time
 * or not sensibly, and starts another. What was committed is on the disk; in memory a restart loses everything.
 */
import type { Worker } from 'node:worker_threads'
import { EngineError, sqlstate } from './errors.ts'
import { readTemplate } from './files.ts'
import type { Answer, Request, WorkerOptions } from './protocol.ts'
import { startThread } from './thread.ts'

/** Starting takes 2-6 s, after a crash longer. */
const startTimeoutMs = 180_000

interface Thread {
  worker: Worker
  /** Why the thread ended, when it has. */
  ended: Error | undefined
  /** Settles the request under way. */
  settle: ((answer: Answer | Error) => void) | undefined
}

const overdue = new Error('no answer in time')

/** The next answer, or an error when the thread ends or the time is over; 0 is no limit, as in PostgreSQL. */
function hear(thread: Thread, timeoutMs: number): Promise<Answer | Error> {
  return new Promise((resolve) => {
    const timer = timeoutMs > 0 ? setTimeout(() => thread.settle?.(overdue), timeoutMs) : undefined
    thread.settle = (answer) => {
      clearTimeout(timer)
      thread.settle = undefined
      resolve(answer)
    }
  })
}

function watch(worker: Worker): Thread {
  const thread: Thread = { worker, ended: undefined, settle: undefined }
  const end = (error: Error) => {
    thread.ended ??= error
    thread.settle?.(thread.ended)
  }
  worker.on('message', (answer: Answer) => thread.settle?.(answer))
  worker.on('error', end)
  worker.on('exit', (code) => end(new Error(`the database thread ended with exit code ${code}`)))
  return thread
}

async function startEngine(clusterDir: string | undefined, bundlePath: string): Promise<Thread> {
  const template = clusterDir === undefined ? new Uint8Array(await readTemplate()) : undefined
  const options: WorkerOptions = { cluster_dir: clusterDir, bundle_path: bundlePath, template }
  const thread = watch(startThread('worker.ts', options, template ? [template.buffer] : []))
  const first = await hear(thread, startTimeoutMs)
  if (!(first instanceof Error) && first.kind === 'ready') return thread
  await thread.worker.terminate()
  const reason = first instanceof Error ? first.message : first.kind === 'poisoned' ? first.reason : first.kind
  throw new EngineError(sqlstate.cannot_connect_now, `the embedded database does not start: ${reason}`)
}

export interface SupervisorOptions {
  /** Directory of the cluster, which exists; undefined keeps everything in memory. */
  cluster_dir: string | undefined
  bundle_path: string
  onMessage: (text: string) => void
}

export class Supervisor {
  /** Grows with every restart. */
  generation = 1
  /** Requests answered so far. */
  served = 0
  readonly #options: SupervisorOptions
  #thread: Thread | undefined
  #starting: Promise<Thread> | undefined
  #closed = false

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /** Resolves when the engine answers; called before the first request so that a start that fails is seen. */
  async start(): Promise<void> {
    await this.#current()
  }

  async #current(): Promise<Thread> {
    if (this.#closed) throw new EngineError(sqlstate.cannot_connect_now, 'the database is closed')
    // It may have ended while nobody was asking.
    if (this.#thread?.ended) await this.#restart(this.#thread.ended.message)
    if (this.#thread) return this.#thread
    this.#starting ??= startEngine(this.#options.cluster_dir, this.#options.bundle_path).finally(() => {
      this.#starting = undefined
    })
    this.#thread = await this.#starting
    return this.#thread
  }

  async #restart(reason: string): Promise<void> {
    const ended = this.#thread
    this.#thread = undefined
    this.generation += 1
    this.#options.onMessage(`the embedded database is started again: ${reason}`)
    await ended?.worker.terminate()
    // Not waited for: the next request waits, and tries again if this fails.
    this.#current().catch(() => {})
  }

  /**
   * One request; the caller sees to it that none is under way.
   * @throws EngineError 57014 after `timeoutMs`, 57P02 when the engine stopped, 57P03 when it cannot be started
   */
  async request(message: Request, timeoutMs: number): Promise<Answer> {
    const thread = await this.#current()
    const heard = hear(thread, timeoutMs)
    thread.worker.postMessage(message)
    const answer = await heard
    this.served += 1
    if (answer === overdue) {
      await this.#restart(`a statement ran longer than ${timeoutMs} ms`)
      throw new EngineError(sqlstate.query_canceled, `canceling statement due to statement timeout (${timeoutMs} ms)`)
    }
    const failure = answer instanceof Error ? answer.message : answer.kind === 'poisoned' ? answer.reason : undefined
    if (failure !== undefined) {
      await this.#restart(failure)
      throw new EngineError(sqlstate.crash_shutdown, `the embedded database was started again: ${failure}`)
    }
    return answer as Answer
  }

  /** Ends the engine where it stands. */
  async abandon(): Promise<void> {
    this.#closed = true
    await this.#thread?.worker.terminate()
  }

  /** Lets the engine shut down in order, which makes the next start fast. */
  async close(): Promise<void> {
    if (this.#closed) return
    const thread = this.#thread ?? (await this.#starting?.catch(() => undefined))
    this.#closed = true
    if (!thread || thread.ended) return
    const heard = hear(thread, 30_000)
    thread.worker.postMessage({ kind: 'close' } satisfies Request)
    await heard
    await thread.worker.terminate()
  }
}
