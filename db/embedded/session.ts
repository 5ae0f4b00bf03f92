/**
 * One PGlite session, spoken to in the PostgreSQL wire protocol. PGlite's own `query()` cannot be used: whatever
 * leaves the engine other than as a PostgreSQL error (a trap, a C++ exception not turned into one by cpp-errors.ts)
 * it reports as success with no rows, and the transaction goes on to commit. On the wire the failure can be told: the
 * parameters are never bound, or the statement ends without its command tag (nothing at all, "PortalSuspended", or
 * the tag "???").
 */
import { type PGlite, protocol } from '@electric-sql/pglite'
import type { RawResult, ServerError } from './protocol.ts'

/** One result may take this much; the memory of a WebAssembly engine never shrinks again. */
const resultLimitBytes = 256 * 1024 * 1024

export type Outcome =
  | { kind: 'result'; result: RawResult }
  | { kind: 'server_error'; error: ServerError }
  | { kind: 'dropped' }
  | { kind: 'too_large'; bytes: number }

type Statement = Omit<RawResult, 'in_transaction'>

interface Heard {
  results: Statement[]
  /** Fields and rows of the statement that has not ended. */
  open: Pick<Statement, 'fields' | 'rows'>
  error: ServerError | undefined
  /** False while the parameters are not bound: an exception there leaves an empty statement, which then "succeeds". */
  bound: boolean
  bytes: number
  /** I idle, T in a transaction, E in a failed one. */
  status: string
}

/** Message shapes by their `name`; the classes themselves are not part of what PGlite declares. */
type Message =
  | { name: 'rowDescription'; fields: { name: string; dataTypeID: number }[] }
  | { name: 'dataRow'; fields: (string | null)[] }
  | { name: 'commandComplete'; text: string }
  | { name: 'bindComplete' }
  | { name: 'emptyQuery' }
  | { name: 'readyForQuery'; status: string }
  | ({ name: 'error' } & ServerError)

function hear(heard: Heard, message: Message): void {
  switch (message.name) {
    case 'rowDescription':
      heard.open.fields = message.fields.map((field) => ({ name: field.name, oid: field.dataTypeID }))
      break
    case 'dataRow':
      if (heard.bytes <= resultLimitBytes) heard.open.rows.push(message.fields)
      break
    case 'commandComplete': {
      // "SELECT 2", "INSERT 0 5", "CREATE TABLE"; "???" is the tag of a statement that never set one.
      if (message.text.startsWith('???')) break
      const words = message.text.split(' ')
      const count = Number.parseInt(words.at(-1) ?? '', 10)
      heard.results.push({ ...heard.open, command: words[0] ?? '', row_count: Number.isNaN(count) ? 0 : count })
      heard.open = { fields: [], rows: [] }
      break
    }
    case 'bindComplete':
      heard.bound = true
      break
    case 'emptyQuery':
      heard.results.push({ command: '', row_count: 0, fields: [], rows: [] })
      break
    case 'readyForQuery':
      heard.status = message.status
      break
    case 'error':
      heard.error ??= serverError(message)
      break
  }
}

function serverError(e: ServerError): ServerError {
  const { message, code, severity, detail, hint, where, position, schema, table, column, dataType, constraint } = e
  return {
    message,
    code,
    severity,
    detail,
    hint,
    where,
    position,
    schema,
    table,
    column,
    dataType,
    constraint,
    routine: e.routine,
  } as ServerError
}

function last(results: Statement[], ended: Heard): Outcome {
  const result = results.at(-1) ?? { command: '', row_count: 0, fields: [], rows: [] }
  return { kind: 'result', result: { ...result, in_transaction: ended.status !== 'I' } }
}

const { serialize, Parser } = protocol

/** Any statement that fails: it makes the server itself abort the transaction or the part since the last savepoint. */
const failing = Buffer.concat([serialize.parse({ text: 'this statement fails' }), serialize.sync()])
const sync = Buffer.from(serialize.sync())

/** A statement after the script's last one. The server skips it when an earlier one ended without an answer. */
const scriptEnd = 'perimeter_script_end'

export interface Session {
  statement(sql: string, values: (string | Uint8Array | null)[]): Promise<Outcome>
  script(sql: string): Promise<Outcome>
  /** True when the engine answers a plain question correctly. */
  isSane(): Promise<boolean>
}

export function openSession(pg: PGlite): Session {
  // PGlite does not put WebAssembly's stack back after an error, of whatever kind; each costs about 1 kB, and after
  // 1,872 it only answers "stack depth limit exceeded". With the pointer put back 6,000 left no trace.
  const stack = (pg.Module as unknown as { ___stack_pointer?: { value: number } }).___stack_pointer
  const restingStack = stack?.value

  async function send(message: Uint8Array): Promise<Heard> {
    const open = { fields: [], rows: [] }
    const heard: Heard = { results: [], open, error: undefined, bound: false, bytes: 0, status: 'I' }
    const parser = new Parser()
    const onRawData = (chunk: Uint8Array) => {
      heard.bytes += chunk.length
      // A copy: the chunk is a window into the engine's memory, and the parser keeps the tail of a cut message.
      parser.parse(chunk.slice(), (part) => hear(heard, part as unknown as Message))
    }
    await pg.execProtocolRawStream(message, { syncToFs: false, onRawData })
    if (stack && restingStack !== undefined && stack.value !== restingStack) stack.value = restingStack
    return heard
  }

  async function statement(sql: string, values: (string | Uint8Array | null)[]): Promise<Outcome> {
    const bind = serialize.bind({ values: values as string[] })
    const parts = [serialize.parse({ text: sql }), bind, serialize.describe({ type: 'P' }), serialize.execute({})]
    // Without the Sync that ends a statement nothing is committed yet, so what comes back can be judged first.
    const heard = await send(Buffer.concat(parts))
    if (heard.error) {
      await send(sync)
      return { kind: 'server_error', error: heard.error }
    }
    if (!heard.bound || heard.results.length === 0) {
      await send(failing)
      return { kind: 'dropped' }
    }
    if (heard.bytes > resultLimitBytes) {
      await send(failing)
      return { kind: 'too_large', bytes: heard.bytes }
    }
    const ended = await send(sync)
    return ended.error ? { kind: 'server_error', error: ended.error } : last(heard.results, ended)
  }

  async function script(sql: string): Promise<Outcome> {
    const heard = await send(Buffer.from(serialize.query(`${sql}\n;select '${scriptEnd}'`)))
    if (heard.error) return { kind: 'server_error', error: heard.error }
    if (heard.results.at(-1)?.rows[0]?.[0] !== scriptEnd) {
      await send(failing)
      return { kind: 'dropped' }
    }
    return last(heard.results.slice(0, -1), heard)
  }

  async function isSane() {
    const heard = await send(Buffer.concat([Buffer.from(serialize.query('select 42')), sync]))
    // 25P02: inside a failed transaction the server refuses everything, which is a correct answer.
    return heard.results[0]?.rows[0]?.[0] === '42' || heard.error?.code === '25P02'
  }

  return { statement, script, isSane }
}
