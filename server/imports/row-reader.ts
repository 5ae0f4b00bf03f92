// Reads the cells of one row into typed values and remembers what could not be read.

import { FIELDS } from './fields.ts'
import type { Cells } from './mapping.ts'
import { type Fault, faults } from './rejections.ts'
import type { ImportLayer } from './schemas.ts'
import * as values from './values.ts'

export interface RowReader {
  readonly faults: Fault[]
  /** Fields whose cell says that there is no value, such as 长期 for an expiry. */
  readonly cleared: string[]
  readonly cells: Cells
  /** A required text; missing is a fault. */
  needText(field: string): string
  text(field: string): string | undefined
  integer(field: string): number | undefined
  number(field: string): number | undefined
  boolean(field: string): boolean | undefined
  date(field: string): string | undefined
  moment(field: string): string | undefined
  word<Code extends string>(field: string, codes: readonly Code[], words: Record<string, Code>): Code | undefined
  fault(fault: Fault): void
}

export function rowReader(layer: ImportLayer, cells: Cells): RowReader {
  const found: Fault[] = []
  const cleared: string[] = []
  const label = (field: string) => FIELDS[layer][field]?.zh ?? field

  function read<Value>(
    field: string,
    parse: (value: string | number | boolean) => Value | undefined,
    expected: string,
  ) {
    const cell = cells.get(field)
    if (cell === null) return undefined
    const value = parse(cell)
    if (value === undefined) found.push(faults.invalid(cells.columnOf(field), cell, label(field), expected))
    return value
  }

  const text = (field: string) => read(field, values.readText, '可存储的文字 / text without NUL characters')
  return {
    faults: found,
    cleared,
    cells,
    text,
    needText(field) {
      if (cells.get(field) === null) found.push(faults.missing(cells.columnOf(field), label(field), field))
      return text(field) ?? ''
    },
    integer: (field) => read(field, values.readInteger, '整数 / a whole number'),
    number: (field) => read(field, values.readNumber, '数字 / a number'),
    boolean: (field) => read(field, values.readBoolean, '是/否, true/false, 1/0'),
    date(field) {
      const day = read(field, values.readDate, '2024-03-01, 2024/3/1, 2024年3月1日')
      if (day === null) cleared.push(field)
      return day ?? undefined
    },
    moment: (field) => read(field, values.readMoment, '2024-03-01 07:30, 2024-03-01T07:30+08:00'),
    word: (field, codes, words) =>
      read(field, (value) => values.readWord(value, codes, words), [...codes, ...Object.keys(words)].join(', ')),
    fault: (fault) => {
      found.push(fault)
    },
  }
}
