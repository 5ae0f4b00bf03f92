// Which number formats of a workbook show dates (ECMA-376 part 1, 18.8.30), and serial numbers as ISO 8601 text.

export type DateKind = 'date' | 'time' | 'datetime'

// 27-36 and 50-58 are the formats that Chinese, Japanese and Korean Excel leave unnamed in the file.
const BUILT_IN: [number, number, DateKind][] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'datetime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 47, 'time'],
  [50, 54, 'date'],
  [55, 56, 'time'],
  [57, 58, 'date'],
]

/** The kind a built-in format number shows, or undefined when it is no date. */
export const builtInDateKind = (id: number): DateKind | undefined =>
  BUILT_IN.find(([first, last]) => id >= first && id <= last)?.[2]

/**
 * The kind a format code shows: `yyyy"年"m"月"d"日"`, `[$-804]aaaa`, `上午/下午h:mm`. Undefined for numbers and text.
 * Only the first of the code's sections counts; `G/通用格式` is what Chinese Excel and WPS call General.
 */
export function dateKindOf(code: string): DateKind | undefined {
  const section = code
    .replace(/"[^"]*"?/g, '')
    .replace(/\\.|[_*]./g, '')
    .split(';')[0] as string
  const elapsed = /\[(h+|m+|s+)\]/i.test(section)
  const bare = section
    .replace(/\[[^\]]*\]/g, '')
    .replace(/General|G\/通用格式|AM\/PM|A\/P|上午\/下午/gi, '')
    .toLowerCase()
  if (/e[+-]/.test(bare) || (/[#?@]/.test(bare) && !/[ymdhs]/.test(bare))) return undefined
  const hasDate = /[yde]|aaa|g/.test(bare)
  const hasTime = elapsed || /[hs]/.test(bare)
  // A lone m is a month; beside hours or seconds it is a minute.
  if (hasDate && hasTime) return 'datetime'
  if (hasTime) return 'time'
  return hasDate || /m/.test(bare) ? 'date' : undefined
}

const DAY_MS = 86_400_000
/** 9999-12-31; what lies beyond is a number that merely has a date format. */
const LAST_SERIAL = 2_958_466

/**
 * A serial day number as `2024-03-05`, `08:30:00` or `2024-03-05T08:30:00`; undefined outside Excel's range.
 * Day 60 of the 1900 system is the 29 February 1900 that never was, so earlier days are one off.
 */
export function serialToIso(serial: number, kind: DateKind, is1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < LAST_SERIAL)) return undefined
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  // Excel counts days from 1899-12-30; times are rounded to the second they show.
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round((days * DAY_MS) / 1000) * 1000)
  const iso = at.toISOString()
  if (kind === 'time') return serial < 1 ? iso.slice(11, 19) : iso.slice(0, 19)
  return kind === 'date' ? iso.slice(0, 10) : iso.slice(0, 19)
}
