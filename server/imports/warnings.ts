// What the sender should look at although the rows were taken.
import type { Warning } from './schemas.ts'

const warning = (code: string, zh: string, en: string): Warning => ({ code, message_zh: zh, message_en: en })

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`

const rowList = (pairs: [row: number, first: number][]) =>
  pairs
    .slice(0, 10)
    .map(([row, first]) => `${row}→${first}`)
    .join(', ')

export const warnings = {
  crsHint: (stated: string, found: string) =>
    warning(
      'crs_hint_differs',
      `声明的坐标系是 ${stated}，文件自身注明 ${found}；已按声明的坐标系处理，请核对。`,
      `The stated coordinate system is ${stated}, the file itself says ${found}; it was read as stated. Please check.`,
    ),
  looksLikeOtherCrs: (stated: string, likely: string, matches: number, offset_m: number, rest_m: number) =>
    warning(
      'crs_looks_wrong',
      `与已存的同名记录相比，${matches} 条记录整体偏移约 ${Math.round(offset_m)} 米；若按 ${likely} 而不是 ${stated} 换算，` +
        `偏移只剩约 ${Math.round(rest_m)} 米。坐标系很可能是 ${likely}。`,
      `Against stored rows of the same name ${matches} rows lie about ${Math.round(offset_m)} m off; read as ${likely} ` +
        `instead of ${stated} about ${Math.round(rest_m)} m remain. The coordinate system is most likely ${likely}.`,
    ),
  shifted: (matches: number, offset_m: number, direction_zh: string, direction_en: string) =>
    warning(
      'looks_shifted',
      `与已存的同名记录相比，${matches} 条记录一致地向${direction_zh}偏移约 ${Math.round(offset_m)} 米，请核对坐标系和数据来源。`,
      `Against stored rows of the same name ${matches} rows lie about ${Math.round(offset_m)} m to the ${direction_en}, ` +
        'all alike. Please check the coordinate system and the source.',
    ),
  outsideRegions: (outside: number, of: number, likely: string | undefined) =>
    warning(
      'outside_regions',
      `抽查的 ${of} 条记录中有 ${outside} 条（${percent(outside / of)}）不在任何已存区域内。` +
        (likely ? `若坐标系是 ${likely}，则大多落在区域内。` : ''),
      `${outside} of ${of} rows looked at (${percent(outside / of)}) lie outside all stored regions. ` +
        (likely ? `Read as ${likely} most would lie inside.` : ''),
    ),
  repeated: (count: number, pairs: [row: number, first: number][]) =>
    warning(
      'repeated_rows',
      `${count} 行与前面的行重复（同名且在同一位置，或编号与内容都相同），只保留第一行：${rowList(pairs)}。` +
        '若确为不同场所，请提供编号列（--map external_id=列名）。',
      `${count} rows repeat earlier ones (same name and place, or same id and content); the first was kept: ` +
        `${rowList(pairs)}. If they are different places, give an id column (--map external_id=column).`,
    ),
  lowPrecision: (count: number, of: number) =>
    warning(
      'low_precision',
      `${of} 个点中有 ${count} 个坐标只有 3 位或更少的小数（误差约 100 米），请用 --position-error 说明误差。`,
      `${count} of ${of} points have 3 decimals or fewer (about 100 m); state the error with --position-error.`,
    ),
  doubtful: (count: number, rows: number[]) =>
    warning(
      'school_doubtful',
      `${count} 行的类型是学校，名称却像培训、用品或旧址等，已按类型导入，请核对：第 ${rows.join('、')} 行。`,
      `${count} rows are schools by type but their names speak of training, supplies or former sites; they were taken. ` +
        `Please check rows ${rows.join(', ')}.`,
    ),
  kindUnclear: (count: number, of: number) =>
    warning(
      'kind_unclear',
      `${of} 条记录中有 ${count} 条无法判定类别，记为“其他”。`,
      `The kind of ${count} of ${of} rows could not be told; they are stored as "other".`,
    ),
}
