// Tables (CSV, XLSX): which row is the header, which columns hold the place, and one row's geometry.
import type { Geometry } from 'geojson'
import { asGeometry, GeometryError } from './geometry.ts'
import type { GeometryColumns, RowProblem, SourceOptions, SourceRow, SourceValue } from './source.ts'
import { sourceErrors } from './source-error.ts'
import { parseWkt } from './wkt.ts'

// In order of preference: a file with both lon/lat and x/y columns means lon/lat.
const PLACE_NAMES: [string, string][] = [
  ['lon', 'lat'],
  ['lng', 'lat'],
  ['long', 'lat'],
  ['longitude', 'latitude'],
  ['经度', '纬度'],
  ['经度坐标', '纬度坐标'],
  ['point_x', 'point_y'],
  ['x坐标', 'y坐标'],
  ['x', 'y'],
]
const WKT_NAMES = ['wkt', 'geometry', 'geom', '几何', 'the_geom', 'wkt_geom']
const HEADER_SEARCH_ROWS = 20

// "经度（WGS84）", "Longitude " and "LON" all mean the same column.
const plainName = (column: string): string =>
  column
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, '')
    .replace(/\s+/g, '')

export const isBlank = (value: SourceValue | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

const filled = (cells: SourceValue[]): number => cells.filter((cell) => !isBlank(cell)).length

const isNumeric = (cell: SourceValue): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && decimal(cell) !== undefined)

/**
 * Index of the header among the first rows: official lists often carry a title in one merged cell above it.
 * @throws SourceError `header_missing` when the row found holds mostly numbers.
 */
export function headerIndex(rows: SourceValue[][]): number {
  const found = rows.slice(0, HEADER_SEARCH_ROWS).findIndex((cells) => filled(cells) >= 2)
  const index = Math.max(found, 0)
  const cells = (rows[index] ?? []).filter((cell) => !isBlank(cell))
  const numbers = cells.filter(isNumeric).length
  if (numbers * 2 > cells.length) throw sourceErrors.headerMissing(cells.map(String))
  return index
}

/** Column names: trimmed, unnamed ones called column_3, repeated ones name_2. @throws SourceError `too_many_columns`. */
export function columnNames(cells: SourceValue[], limit: number): string[] {
  const last = cells.findLastIndex((cell) => !isBlank(cell))
  if (last >= limit) throw sourceErrors.tooManyColumns(limit)
  const taken = new Set<string>()
  return cells.slice(0, last + 1).map((cell, index) => {
    const base = isBlank(cell) ? `column_${index + 1}` : String(cell).trim()
    let name = base
    for (let copy = 2; taken.has(name); copy++) name = `${base}_${copy}`
    taken.add(name)
    return name
  })
}

function stated(column: string | undefined, columns: string[]): string | null {
  if (column === undefined) return null
  const found = columns.find((name) => name === column) ?? columns.find((name) => plainName(name) === plainName(column))
  if (!found) throw sourceErrors.columnNotFound(column, columns)
  return found
}

/** The stated columns, else those recognised by their usual names. @throws SourceError `column_not_found`. */
export function geometryColumns(columns: string[], options: SourceOptions): GeometryColumns {
  const lon = stated(options.lon_column, columns)
  const lat = stated(options.lat_column, columns)
  const wkt = stated(options.wkt_column, columns)
  if (wkt || (lon && lat)) return { lon, lat, wkt }
  const byName = new Map(columns.toReversed().map((column) => [plainName(column), column]))
  const pair = PLACE_NAMES.find((names) => names.every((name) => byName.has(name)))
  const named = { lon: (pair && byName.get(pair[0])) ?? null, lat: (pair && byName.get(pair[1])) ?? null }
  if (lon || lat) {
    const places = { lon: lon ?? named.lon, lat: lat ?? named.lat }
    if (!places.lon || !places.lat) throw sourceErrors.columnNotFound(places.lon ? 'lat' : 'lon', columns)
    return { ...places, wkt: null }
  }
  const wktName = WKT_NAMES.find((name) => byName.has(name))
  return { ...named, wkt: (wktName && byName.get(wktName)) ?? null }
}

const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/

/** A plain decimal number, also in full-width digits; undefined for anything else (degrees with minutes, NaN, "1,5"). */
export function decimal(text: string): number | undefined {
  const plain = DECIMAL.test(text) ? text : text.normalize('NFKC').trim()
  if (!DECIMAL.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

class PlaceError extends Error {
  readonly problem: RowProblem
  constructor(problem: RowProblem) {
    super(problem.message_en)
    this.problem = problem
  }
}

function ordinate(value: SourceValue, column: string): number {
  if (isBlank(value)) {
    throw new PlaceError({
      code: 'coordinate_missing',
      column,
      message_zh: `“${column}”为空，另一个坐标却有值。`,
      message_en: `"${column}" is empty although the other coordinate is given.`,
    })
  }
  const number = typeof value === 'string' ? decimal(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new PlaceError({
    code: 'coordinate_not_a_number',
    column,
    message_zh: `“${column}”的值“${String(value).slice(0, 40)}”不是数字，应为十进制数，如 121.4737。`,
    message_en: `"${String(value).slice(0, 40)}" in "${column}" is not a number; write a decimal such as 121.4737.`,
  })
}

function textGeometry(value: string, column: string): Geometry {
  try {
    // PostGIS and pandas exports put GeoJSON into a geometry column as often as WKT.
    return value.trimStart().startsWith('{') ? asGeometry(JSON.parse(value)) : parseWkt(value)
  } catch (cause) {
    if (!(cause instanceof GeometryError) && !(cause instanceof SyntaxError)) throw cause
    const { zh, en } = cause instanceof GeometryError ? cause : { zh: '不是有效的 JSON', en: 'it is not JSON' }
    throw new PlaceError({
      code: 'wkt_invalid',
      column,
      message_zh: `“${column}”不是有效的 WKT（${zh}），应形如 POINT(121.47 31.23)。`,
      message_en: `"${column}" is not valid WKT (${en}); it should look like POINT(121.47 31.23).`,
    })
  }
}

type ReadCell = (column: string) => SourceValue

function placeOf(places: GeometryColumns, read: ReadCell): Geometry | null {
  const wkt = places.wkt ? read(places.wkt) : null
  if (places.wkt && !isBlank(wkt)) return textGeometry(String(wkt), places.wkt)
  if (!places.lon || !places.lat) return null
  const [lon, lat] = [read(places.lon), read(places.lat)]
  if (isBlank(lon) && isBlank(lat)) return null
  return { type: 'Point', coordinates: [ordinate(lon, places.lon), ordinate(lat, places.lat)] }
}

const tooManyCells = (columns: number, cells: number): RowProblem => ({
  code: 'too_many_cells',
  column: null,
  message_zh: `有 ${cells} 个单元格，表头只有 ${columns} 列；内容中的分隔符应加引号。`,
  message_en: `${cells} cells but ${columns} columns; a delimiter inside a value needs quotes.`,
})

// Blank cells are null; padding blanks and the tab that keeps Excel from changing a code are no part of the value.
const cellValue = (cell: SourceValue | undefined): SourceValue =>
  typeof cell === 'string' ? cell.trim() || null : (cell ?? null)

/** Turns a table's cells into rows; the WKT column becomes the geometry and is not repeated among the properties. */
export function rowBuilder(
  columns: string[],
  places: GeometryColumns,
): (row: number, cells: SourceValue[]) => SourceRow {
  const indexOf = new Map(columns.map((column, index) => [column, index]))
  const kept = columns.filter((column) => column !== places.wkt)
  return (row, cells) => {
    const read: ReadCell = (column) => cellValue(cells[indexOf.get(column) ?? -1])
    // fromEntries defines own members, so that a column named __proto__ is only a column.
    const properties = Object.fromEntries(kept.map((column) => [column, read(column)]))
    const used = cells.findLastIndex((cell) => !isBlank(cell)) + 1
    if (used > columns.length) {
      return { row, properties, geometry: null, problem: tooManyCells(columns.length, used) }
    }
    try {
      return { row, properties, geometry: placeOf(places, read), problem: null }
    } catch (error) {
      if (error instanceof PlaceError) return { row, properties, geometry: null, problem: error.problem }
      throw error
    }
  }
}
