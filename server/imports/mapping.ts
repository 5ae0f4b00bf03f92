// From the columns of a file to the fields of a layer: what the sender says, then the usual header names.

import { FIELDS, OSM_KEYS, PLACE_FIELDS } from './fields.ts'
import type { SourceRow, SourceValue } from './formats/index.ts'
import { refuse } from './refusals.ts'
import type { ImportLayer } from './schemas.ts'

export interface Mapping {
  /** Field -> column; place fields are not among them. */
  columns: Map<string, string>
  /** Field -> value that holds for every row without one of its own. */
  values: Map<string, string>
  /** Columns that are OpenStreetMap tags. */
  tags: string[]
}

export type Assignments = Record<string, string>

// "学校名称（全称）", "Name " and "NAME" all mean the same header.
const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, '')
    .replace(/[\s*]+/g, '')

/** Reads `field=value` texts as the command line and the form send them. @throws Problem for one without a `=`. */
export function parseAssignments(texts: readonly string[]): Assignments {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=')
      if (at <= 0 || at === text.length - 1) throw refuse.badAssignment(text)
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
    }),
  )
}

/** @throws Problem `unknown_field` for a field the layer does not have. */
export function assertFields(layer: ImportLayer, given: Assignments, places: 'with_places' | 'without_places'): void {
  const known = [...Object.keys(FIELDS[layer]), ...(places === 'with_places' ? PLACE_FIELDS : [])]
  for (const name of Object.keys(given)) if (!known.includes(name)) throw refuse.unknownField(layer, name, known)
}

function statedColumn(column: string, columns: string[]): string {
  const found = columns.find((name) => name === column) ?? columns.find((name) => plain(name) === plain(column))
  if (!found) throw refuse.columnNotFound(column, columns)
  return found
}

/**
 * @param stated field -> column; place fields in it are the reader's business
 * @param values field -> constant
 * @throws Problem `column_not_found` or `columns_missing`, each naming what the file has.
 */
export function mapColumns(layer: ImportLayer, columns: string[], stated: Assignments, values: Assignments): Mapping {
  const fields = FIELDS[layer]
  const taken = new Map<string, string>()
  for (const [name, column] of Object.entries(stated)) {
    if (name in fields) taken.set(name, statedColumn(column, columns))
  }
  const free = new Map(columns.toReversed().map((column) => [plain(column), column]))
  for (const column of taken.values()) free.delete(plain(column))
  // Names first in every field's list are tried for all fields before second choices, so that `kind` beats `type`.
  const depth = Math.max(...Object.values(fields).map(({ headers }) => headers.length))
  for (let choice = 0; choice < depth; choice++) {
    for (const [name, { headers }] of Object.entries(fields)) {
      const header = headers[choice]
      const column = header === undefined ? undefined : free.get(plain(header))
      if (column === undefined || taken.has(name)) continue
      taken.set(name, column)
      free.delete(plain(column))
    }
  }
  const missing = Object.entries(fields).filter(
    ([name, { required }]) => required && !taken.has(name) && !(name in values),
  )
  if (missing.length > 0) throw refuse.columnsMissing(layer, missing, columns)
  const tags = columns.filter((column) => OSM_KEYS.some((key) => key === column.toLowerCase()))
  return { columns: taken, values: new Map(Object.entries(values)), tags }
}

const isBlank = (value: SourceValue | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

/** A row seen through the mapping. */
export interface Cells {
  row: number
  get(field: string): SourceValue
  /** The column a field is read from, for messages. */
  columnOf(field: string): string | null
  tags(): Record<string, string>
}

export function cellsOf(mapping: Mapping, { row, properties }: SourceRow): Cells {
  return {
    row,
    get(field) {
      const column = mapping.columns.get(field)
      const value = column === undefined ? null : properties[column]
      return isBlank(value) ? (mapping.values.get(field) ?? null) : (value ?? null)
    },
    columnOf: (field) => mapping.columns.get(field) ?? null,
    tags: () =>
      Object.fromEntries(
        mapping.tags
          .filter((column) => !isBlank(properties[column]))
          .map((column) => [column.toLowerCase(), String(properties[column])]),
      ),
  }
}
