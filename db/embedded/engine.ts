/** The embedded database as the main thread sees it. One request at a time: the dialect's mutex sees to that. */
import fs from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { guardDirectory } from './claim.ts'
import { freeBytes, minimumFreeBytes } from './disk.ts'
import { EngineError, sqlstate } from './errors.ts'
import { ensureCluster, ensureEngineFiles } from './files.ts'
import type { Answer, RawResult, ServerError, WorkerStats } from './protocol.ts'
import { Supervisor } from './supervisor.ts'

export const inMemory = 'memory://'
/** For questions that need no work. */
const shortMs = 10_000

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

function databaseError(fields: ServerError): pg.DatabaseError {
  const error = new pg.DatabaseError(fields.message, fields.message.length, 'error')
  return Object.assign(error, fields)
}

function resultOf(answer: Answer): RawResult {
  switch (answer.kind) {
    case 'result':
      return answer.result
    case 'server_error':
      throw databaseError(answer.error)
    case 'dropped': {
      const text = 'the embedded database gave this statement no answer; it was rolled back'
      throw new EngineError(sqlstate.internal_error, text)
    }
    case 'too_large':
      throw new EngineError(sqlstate.program_limit_exceeded, `the result is too large (${answer.bytes} bytes)`)
    default:
      throw new EngineError(sqlstate.internal_error, `unexpected answer ${answer.kind}`)
  }
}

/** Measured once a second, asked before every statement. */
function diskGauge(dir: string | undefined): () => boolean {
  let full = false
  let measuredAt = 0
  return () => {
    if (dir !== undefined && Date.now() - measuredAt > 1000) {
      full = freeBytes(dir) < minimumFreeBytes
      measuredAt = Date.now()
    }
    return full
  }
}

function engineOver(supervisor: Supervisor, dir: string | undefined, release: () => Promise<void>): Engine {
  return {
    get generation() {
      return supervisor.generation
    },
    get served() {
      return supervisor.served
    },
    statement: async (sql, values, timeoutMs) =>
      resultOf(await supervisor.request({ kind: 'statement', sql, values }, timeoutMs)),
    script: async (sql, timeoutMs) => resultOf(await supervisor.request({ kind: 'script', sql }, timeoutMs)),
    check: async () => {
      await supervisor.request({ kind: 'canary' }, shortMs)
    },
    stats: async () => {
      const answer = await supervisor.request({ kind: 'stats' }, shortMs)
      if (answer.kind !== 'stats') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.stats
    },
    isDiskFull: diskGauge(dir),
    close: () => supervisor.close().finally(release),
  }
}

/**
 * Opens a data directory, creating it if need be, or with 'memory://' a database in memory.
 * @throws EngineError 55006 when another process uses the directory, 57P03 when the engine cannot start
 */
export async function openEngine(dataDir: string, onMessage: (text: string) => void): Promise<Engine> {
  const { bundle_path } = await ensureEngineFiles(onMessage)
  if (dataDir === inMemory) {
    const supervisor = new Supervisor({ cluster_dir: undefined, bundle_path, onMessage })
    await supervisor.start()
    return engineOver(supervisor, undefined, async () => {})
  }
  await fs.mkdir(dataDir, { recursive: true, mode: 0o700 })
  const dir = await fs.realpath(dataDir)
  const guard = await guardDirectory(dir)
  try {
    const cluster_dir = path.join(dir, 'pg')
    await ensureCluster(cluster_dir)
    const supervisor = new Supervisor({ cluster_dir, bundle_path, onMessage })
    guard.onLost = () => {
      onMessage(`another machine took the data directory ${dir}; this process stops using it`)
      void supervisor.abandon()
    }
    await supervisor.start()
    return engineOver(supervisor, dir, guard.release)
  } catch (error) {
    await guard.release()
    throw error
  }
}
