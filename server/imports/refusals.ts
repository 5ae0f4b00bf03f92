// Why a file as a whole is refused. Row faults are data (rejections.ts); these end the import before anything is stored.
import { CrsError } from '../geo/crs.ts'
import { type Problem, problems } from '../http/problem.ts'
import type { Field } from './fields.ts'
import { SourceError } from './formats/index.ts'
import type { ImportLayer } from './schemas.ts'

const refused = (code: string, zh: string, en: string): Problem =>
  problems.import.refused(code, 'The file was refused', zh, en)

const quoted = (names: string[]) => names.map((name) => `“${name}”`).join('、')

export const refuse = {
  /** Errors of the readers and of coordinate systems carry their own words. */
  because: (error: SourceError | CrsError): Problem => refused(error.code, error.message_zh, error.message_en),
  badAssignment: (text: string): Problem =>
    refused('bad_assignment', `“${text}”应写成 字段=值。`, `"${text}" should be written field=value.`),
  unknownField: (layer: ImportLayer, name: string, known: string[]): Problem =>
    refused(
      'unknown_field',
      `图层 ${layer} 没有字段“${name}”。可用：${known.join('、')}。`,
      `Layer ${layer} has no field "${name}". Fields: ${known.join(', ')}.`,
    ),
  columnNotFound: (column: string, columns: string[]): Problem =>
    refused(
      'column_not_found',
      `没有名为“${column}”的列。现有列：${quoted(columns)}。`,
      `There is no column "${column}". Columns: ${columns.join(', ')}.`,
    ),
  columnsMissing: (layer: ImportLayer, missing: [string, Field][], columns: string[]): Problem =>
    refused(
      'columns_missing',
      `图层 ${layer} 缺少列：${missing.map(([name, { zh }]) => `${zh}（${name}）`).join('、')}。现有列：${quoted(columns)}。` +
        `请用 --map ${missing[0]![0]}=列名 指明，或用 --set 给出固定值。`,
      `Layer ${layer} lacks ${missing.map(([name]) => name).join(', ')}. Columns: ${columns.join(', ')}. ` +
        `Name the column with --map ${missing[0]![0]}=column, or give one value for all rows with --set.`,
    ),
  placeMissing: (columns: string[]): Problem =>
    refused(
      'place_columns_missing',
      `找不到坐标列。现有列：${quoted(columns)}。请用 --map lon=列名 --map lat=列名 或 --map wkt=列名 指明。`,
      `No coordinate columns found. Columns: ${columns.join(', ')}. Name them with --map lon=… --map lat=… or --map wkt=….`,
    ),
  crsContradicted: (stated: string, found: string): Problem =>
    refused(
      'crs_contradicted',
      `声明的坐标系是 ${stated}，文件自身却注明 ${found}，两者的坐标完全不同。`,
      `The stated coordinate system is ${stated}, but the file itself says ${found}, which is another kind of numbers.`,
    ),
  otherDatum: (found: string): Problem =>
    refused(
      'datum_not_supported',
      `文件注明的坐标系“${found}”采用其他大地基准（相差数十米以上），请先转换为 CGCS2000 或 WGS-84。`,
      `The file says "${found}", another geodetic datum (tens of metres off). Convert it to CGCS2000 or WGS-84 first.`,
    ),
  tooManyRows: (limit: number): Problem =>
    refused('too_many_rows', `行数超过 ${limit}，请分成几个文件。`, `More than ${limit} rows; split the file.`),
  noRows: (fileName: string): Problem =>
    refused('no_rows', `“${fileName}”只有表头，没有数据行。`, `"${fileName}" has no rows.`),
}

/** Turns what the readers throw into the server's one error class; anything else passes through. */
export const asRefusal = (error: unknown): unknown =>
  error instanceof SourceError || error instanceof CrsError ? refuse.because(error) : error
