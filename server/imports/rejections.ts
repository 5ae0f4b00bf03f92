// Why one row is refused, in words for the person who sent the file. Data, not exceptions.
import type { GeometryProblem } from '../geo/validity.ts'
import { LISTED_REJECTIONS, type Rejection } from './schemas.ts'

/** A fault of a row before its row number is known. */
export type Fault = Omit<Rejection, 'row'>

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

const fault = (code: string, column: string | null, zh: string, en: string, expected: string | null = null): Fault => ({
  column,
  code,
  message_zh: zh,
  message_en: en,
  expected,
})

const GEOMETRY_FAULTS: Record<GeometryProblem['code'], [zh: string, en: string, expected: string]> = {
  position_out_of_range: [
    '坐标超出中国范围',
    'The position lies outside China',
    '经度 73-136，纬度 3-54 / lon 73-136, lat 3-54',
  ],
  lon_lat_swapped: ['经度与纬度颠倒', 'Longitude and latitude are swapped', '[经度, 纬度] / [lon, lat]'],
  ring_not_closed: [
    '多边形的环没有闭合',
    'A polygon ring is not closed',
    '首尾坐标相同 / first and last position equal',
  ],
  too_few_positions: [
    '图形的顶点太少',
    'The geometry has too few positions',
    '环至少 4 点，线至少 2 点 / ring 4, line 2 or more',
  ],
  not_finite: ['坐标不是有效数字', 'A coordinate is not a finite number', '十进制数 / decimal numbers'],
}

export const faults = {
  missing: (column: string | null, zh: string, field: string) =>
    fault('value_missing', column, `缺少${zh}`, `${field} is missing`, `${zh} / ${field}`),
  invalid: (column: string | null, value: unknown, zh: string, expected: string) =>
    fault('value_invalid', column, `${zh}“${shown(value)}”无效`, `"${shown(value)}" is not valid`, expected),
  kindUnknown: (column: string | null, value: unknown, expected: string) =>
    fault('kind_unknown', column, `不认识的类别“${shown(value)}”`, `"${shown(value)}" is no known kind`, expected),
  notASchool: (column: string | null, zh: string, en: string) =>
    fault(
      'not_a_school',
      column,
      `不是本系统意义上的学校：${zh}`,
      `Not a school in the sense of the rules: ${en}`,
      '幼儿园、小学、中学、中职、特殊教育、专门学校或高等院校 / kindergarten to higher education',
    ),
  schoolUnknown: (column: string | null, value: unknown) =>
    fault(
      'unknown_school',
      column,
      `没有找到学校“${shown(value)}”（2 公里内无同名学校）`,
      `There is no school "${shown(value)}" (none of that name within 2 km)`,
      '先导入学校，或使用学校编号 / import the school first, or give its id',
    ),
  geometryMissing: () =>
    fault('geometry_missing', null, '没有坐标', 'The row has no coordinates', '坐标 / coordinates'),
  geometryType: (found: string, expected: string) =>
    fault(
      'geometry_type',
      null,
      `图形类型 ${found} 不适用于该图层`,
      `Geometry type ${found} does not fit the layer`,
      expected,
    ),
  geometry: ({ code, found }: GeometryProblem) => {
    const [zh, en, expected] = GEOMETRY_FAULTS[code]
    return fault(code, null, `${zh}：${shown(found)}`, `${en}: ${shown(found)}`, expected)
  },
  areaTooSmall: (found_m2: number, least_m2: number) =>
    fault(
      'area_too_small',
      null,
      `面积只有 ${found_m2.toFixed(1)} 平方米`,
      `The area is only ${found_m2.toFixed(1)} square metres`,
      `至少 ${least_m2} 平方米 / at least ${least_m2} m²`,
    ),
  areaTooLarge: (found_m2: number, most_m2: number) =>
    fault(
      'area_too_large',
      null,
      `面积达 ${(found_m2 / 1e6).toFixed(1)} 平方公里`,
      `The area is ${(found_m2 / 1e6).toFixed(1)} square kilometres`,
      `不超过 ${most_m2 / 1e6} 平方公里 / at most ${most_m2 / 1e6} km²`,
    ),
  duplicateId: (column: string | null, id: string, row: number) =>
    fault(
      'duplicate_id',
      column,
      `编号“${shown(id)}”与第 ${row} 行重复，内容不同；已采用第 ${row} 行`,
      `Id "${shown(id)}" repeats row ${row} with other content; row ${row} was taken`,
      '每个编号只出现一次 / each id once',
    ),
  /** What the database says about a shape: self-intersection and the like. */
  database: (column: string, code: string, detail: string) =>
    fault(code, column === 'geometry' ? null : column, `数据库拒绝：${detail}`, `The database refuses it: ${detail}`),
  invalidShape: (detail: string) =>
    fault(
      'invalid_geometry',
      null,
      `图形无效（${detail}）`,
      `The geometry is not valid (${detail})`,
      '不自相交的多边形 / a polygon that does not cross itself',
    ),
}

/** Counts all rejections and keeps the first ones; a million of them must not fill the memory. */
export class Rejections {
  count = 0
  readonly listed: Rejection[] = []
  readonly byCode = new Map<string, number>()

  add(row: number, { column, code, message_zh, message_en, expected }: Fault): void {
    this.count++
    this.byCode.set(code, (this.byCode.get(code) ?? 0) + 1)
    if (this.listed.length < LISTED_REJECTIONS) {
      this.listed.push({ row, column, code, message_zh, message_en, expected })
    }
  }

  /** The most frequent code, if there is any. */
  get commonest(): string | undefined {
    return [...this.byCode].toSorted((a, b) => b[1] - a[1])[0]?.[0]
  }
}
