// One cell to one value. Each reader answers undefined for what it cannot read; blank cells never come here.
import type { SourceValue } from './formats/index.ts'

const normal = (value: SourceValue): string => String(value).normalize('NFKC').trim()

/** Text as stored; undefined when it holds what PostgreSQL cannot keep (NUL, half a surrogate pair). */
export function readText(value: SourceValue): string | undefined {
  const text = String(value).trim()
  return /\0|\p{Surrogate}/u.test(text) ? undefined : text
}

/** A whole number; thousands commas and a counting word after it ("1,250人") do no harm. */
export function readInteger(value: SourceValue): number | undefined {
  const match = /^(-?\d{1,3}(?:,\d{3})+|-?\d+)(?:\.0+)?\s*[人名个]?$/.exec(normal(value))
  return match ? Number(match[1]!.replaceAll(',', '')) : undefined
}

export function readNumber(value: SourceValue): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*(?:m|米)?$/i.exec(normal(value))
  return match ? Number(match[1]) : undefined
}

const YES = ['是', '有', 'true', 't', '1', 'y', 'yes', '√', '对']
const NO = ['否', '无', 'false', 'f', '0', 'n', 'no', '×', 'x', '不']

export function readBoolean(value: SourceValue): boolean | undefined {
  const text = normal(value).toLowerCase()
  return YES.includes(text) ? true : NO.includes(text) ? false : undefined
}

const isDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1800 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const two = (value: number) => String(value).padStart(2, '0')
const dayText = (year: number, month: number, day: number): string | undefined =>
  isDay(year, month, day) ? `${year}-${two(month)}-${two(day)}` : undefined

const CHINA_OFFSET_MS = 8 * 3600_000

/** What offices write where there is no date. Long-term licences have no end. */
const NO_DATE = ['长期', '长期有效', '永久', '无固定期限', '无', '/', '-', '--', '—', '不详', '未知']

/**
 * A calendar day as YYYY-MM-DD: 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日, 20240301, an Excel day number, or a moment
 * (taken in Chinese time). Null for "长期" and the like; undefined for anything else, 2024-02-30 included.
 */
export function readDate(value: SourceValue): string | null | undefined {
  const text = normal(value)
  if (NO_DATE.includes(text)) return null
  if (/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text)) {
    const moment = new Date(text)
    return Number.isNaN(moment.getTime())
      ? undefined
      : new Date(moment.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10)
  }
  const [, year, month, day] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    []
  if (year) return dayText(Number(year), Number(month), Number(day))
  // A date column saved as CSV without its format holds days since 1899-12-30; 20000-80000 is 1954-2119.
  if (/^\d{5}$/.test(text) && Number(text) >= 20_000 && Number(text) <= 80_000) {
    return new Date(Date.UTC(1899, 11, 30 + Number(text))).toISOString().slice(0, 10)
  }
  return undefined
}

/** A moment as ISO 8601 with offset; without an offset it is Chinese time, without a time of day midnight. */
export function readMoment(value: SourceValue): string | undefined {
  const text = normal(value)
  const [, rest] = /^\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?[T\s]*(.*)$/.exec(text) ?? [undefined, '']
  const [, clock, zone] =
    /^(\d{1,2}\s*[:时]\s*\d{1,2}(?:\s*[:分]\s*\d{1,2})?(?:\.\d+)?)\s*[分秒]?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(rest ?? '') ??
    []
  if (zone) {
    const moment = new Date(text.replace(' ', 'T'))
    return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString()
  }
  const day = readDate(rest ? text.slice(0, text.length - rest.length) : text)
  if (!day) return undefined
  if (rest === '') return `${day}T00:00:00+08:00`
  if (!clock) return undefined
  const [hour = Number.NaN, minute = 0, second = 0] = clock.split(/[:时分]/).map(Number)
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined
  return `${day}T${two(hour)}:${two(minute)}:${two(Math.floor(second))}+08:00`
}

/** One of several codes, by itself or by a word for it. */
export function readWord<Code extends string>(
  value: SourceValue,
  codes: readonly Code[],
  words: Record<string, Code>,
): Code | undefined {
  const text = normal(value).toLowerCase()
  return codes.find((code) => code === text) ?? words[text]
}
