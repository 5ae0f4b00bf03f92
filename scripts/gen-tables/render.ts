import type { ColumnFacts } from './queries.ts'

/** TypeScript of PostgreSQL types as db/values.ts reads them; what is not listed arrives as text. */
const TYPES: Record<string, string> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'number',
  timestamptz: 'Timestamp',
  jsonb: 'Json',
  json: 'Json',
  geometry: 'Geometry',
  bytea: 'Buffer',
}

const HEADER = `// DO NOT EDIT: written by \`npm run gen:tables\` from the migrations.
import type { ColumnType, GeneratedAlways } from 'kysely'

/** A column with a default: may be left out of an insert. */
type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string>
/** Read as the parsed value; written as JSON text, or as a plain object. */
type Json = ColumnType<unknown, object | string>
/** Hexadecimal EWKB. */
type Geometry = string
`

/** Values of \`check (column in ('a', 'b'))\`, as PostgreSQL prints it; null when the check is another one. */
export function allowedValues(checks: string[]): string[] | null {
  for (const check of checks) {
    const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(check)?.[1]
    const values = list?.split(', ').map((item) => /^'([^']*)'::(?:text|bpchar)$/.exec(item)?.[1])
    if (values?.every((value) => value !== undefined)) return values
  }
  return null
}

function typeOf(column: ColumnFacts): string {
  const values = allowedValues(column.checks)
  const scalar = values ? values.map((value) => `'${value}'`).join(' | ') : (TYPES[column.type] ?? 'string')
  const plain = column.is_array ? `${scalar.includes('|') ? `(${scalar})` : scalar}[]` : scalar
  const type = column.is_nullable ? `${plain} | null` : plain
  if (column.is_generated) return `GeneratedAlways<${type}>`
  return column.has_default ? `Generated<${type}>` : type
}

const pascal = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** Text of db/tables.ts before formatting. */
export function renderTables(columns: ColumnFacts[]): string {
  const tables = new Map<string, ColumnFacts[]>()
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column])
  const interfaces = [...tables].map(([table, its]) => {
    const comment = its[0]?.table_comment
    const fields = its.map((column) => `  ${column.column}: ${typeOf(column)}`)
    return `${comment ? `/** ${comment} */\n` : ''}export interface ${pascal(table)}Table {\n${fields.join('\n')}\n}\n`
  })
  const names = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table`)
  return `${HEADER}\n${interfaces.join('\n')}\n/** Every table and view of the schema. */\nexport interface Tables {\n${names.join('\n')}\n}\n`
}
