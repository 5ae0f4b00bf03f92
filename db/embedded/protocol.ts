/** Messages between the engine (main thread) and its worker thread. One request at a time, answered in order. */

export interface WorkerOptions {
  /** Directory of the PostgreSQL cluster, which exists; undefined keeps everything in memory. */
  cluster_dir: string | undefined
  /** Unpacked template archive to begin from; only in memory. */
  template: Uint8Array | undefined
  bundle_path: string
}

export type Request =
  /** One statement. Outside a transaction it is one: it commits whole or not at all. */
  | { kind: 'statement'; sql: string; values: (string | Uint8Array | null)[] }
  /** Several statements without parameters. */
  | { kind: 'script'; sql: string }
  | { kind: 'canary' }
  | { kind: 'stats' }
  | { kind: 'close' }

/** Result of one statement; values are PostgreSQL text. */
export interface RawResult {
  command: string
  row_count: number
  fields: { name: string; oid: number }[]
  rows: (string | null)[][]
  /** Whether the session is in a transaction afterwards. */
  in_transaction: boolean
}

export interface WorkerStats {
  fsyncs: number
  /** Statements the engine dropped without an answer since the start. */
  dropped: number
}

/** The fields of a server error, by node-postgres' names. */
export interface ServerError {
  message: string
  code?: string
  severity?: string
  detail?: string
  hint?: string
  where?: string
  position?: string
  schema?: string
  table?: string
  column?: string
  dataType?: string
  constraint?: string
  routine?: string
}

export type Answer =
  | { kind: 'ready' }
  | { kind: 'done' }
  | { kind: 'result'; result: RawResult }
  | { kind: 'stats'; stats: WorkerStats }
  | { kind: 'server_error'; error: ServerError }
  /** The engine gave no answer; whatever it had done is rolled back. */
  | { kind: 'dropped' }
  | { kind: 'too_large'; bytes: number }
  /** The engine does not answer sensibly any more: start another one. */
  | { kind: 'poisoned'; reason: string }
