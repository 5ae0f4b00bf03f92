import type { Random } from './random.ts'

const DAY_MS = 86_400_000

/** Calendar arithmetic on YYYY-MM-DD texts, without time zones. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The same day in another year; 29 February becomes 28 where there is none. */
export const addYears = (date: string, years: number): string => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const lastDay = new Date(Date.UTC(year + years, month, 0)).getUTCDate()
  return new Date(Date.UTC(year + years, month - 1, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

export function dateBetween(random: Random, from: string, to: string): string {
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
  return addDays(from, random.int(0, Math.max(0, days)))
}

/** Today where the city lies. */
export const todayInChina = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
