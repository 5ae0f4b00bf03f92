/**
 * Values in and out, the same on both engines: parameters become PostgreSQL text here, and result text becomes
 * JavaScript here, so a query cannot behave differently because of the driver under it.
 *
 * Out: int8 and numeric → number, date → 'YYYY-MM-DD', timestamptz → Date, timestamp and interval → string,
 * json and jsonb → parsed, bytea → Buffer, arrays of these → arrays.
 */
import pg from 'pg'
import { EngineError, sqlstate } from './embedded/errors.ts'

export type WireValue = string | Buffer | null
export type Parser = (text: string) => unknown

const identity: Parser = (text) => text

function parseInt8(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new EngineError(sqlstate.numeric_value_out_of_range, `bigint ${text} is beyond 2^53; select it as text`)
}

// The declared type belongs to a later pg-types; the installed one has `create`.
const arrayParser = pg.types.arrayParser as unknown as {
  create(text: string, element: Parser): { parse(): unknown[] }
}
const arrayOf =
  (element: Parser): Parser =>
  (text) =>
    arrayParser.create(text, element).parse()

// biome-ignore format: a table reads better in columns
const parsers = new Map<number, Parser>([
  // oid of the type, oid of its array: pg_type.dat in the PostgreSQL source
  [20, parseInt8],   [1016, arrayOf(parseInt8)],
  [1700, Number],    [1231, arrayOf(Number)],
  [1082, identity],  [1182, arrayOf(identity)], // date
  [1114, identity],  [1115, arrayOf(identity)], // timestamp without time zone
  [1186, identity],  [1187, arrayOf(identity)], // interval
])

/** The text parser of a type. Falls back to node-postgres' own, then to the text itself. */
export function parserFor(oid: number): Parser {
  return parsers.get(oid) ?? (pg.types.getTypeParser(oid, 'text') as Parser)
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value
  throw new EngineError(sqlstate.numeric_value_out_of_range, `${value} is not a finite number and cannot be stored`)
}

/** JSON.stringify turns NaN into null without a word; a coordinate must not vanish like that. */
function assertFinite(value: unknown): void {
  if (typeof value === 'number') finite(value)
  else if (Array.isArray(value)) for (const item of value) assertFinite(item)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) assertFinite(item)
}

function encodeDate(value: Date): string {
  if (!Number.isNaN(value.getTime())) return value.toISOString()
  throw new EngineError(sqlstate.invalid_parameter_value, 'an invalid Date cannot be stored')
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** An array as a PostgreSQL array literal. Typed number arrays are written directly: they carry bulk inserts. */
function encodeArray(values: ArrayLike<unknown> & Iterable<unknown>): string {
  const items: string[] = []
  for (const value of values) {
    if (value === null || value === undefined) items.push('NULL')
    else if (typeof value === 'number') items.push(String(finite(value)))
    else if (Array.isArray(value)) items.push(encodeArray(value))
    else if (isBytes(value)) items.push(quoted(`\\x${Buffer.from(value).toString('hex')}`))
    else items.push(quoted(encodeScalar(value)))
  }
  return `{${items.join(',')}}`
}

function encodeScalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return String(finite(value))
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'object':
      if (value instanceof Date) return encodeDate(value)
      assertFinite(value)
      return JSON.stringify(value)
    default:
      throw new EngineError(sqlstate.invalid_parameter_value, `a ${typeof value} cannot be a query parameter`)
  }
}

/**
 * Parameters as they go over the wire. A plain object becomes JSON, an array a PostgreSQL array (stringify an array
 * meant for a json column), Uint8Array bytea, another typed array an array of numbers, undefined null.
 * @throws EngineError 22003 for NaN or an infinity anywhere inside
 */
export function encodeParameters(parameters: readonly unknown[]): WireValue[] {
  return parameters.map((value) => {
    if (value === null || value === undefined) return null
    if (isBytes(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    if (Array.isArray(value)) return encodeArray(value)
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return encodeArray(value as unknown as Float64Array)
    }
    return encodeScalar(value)
  })
}
