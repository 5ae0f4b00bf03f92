/** Dates and moments as the page writes them: always China time, whatever the PC says. */
const TIME_ZONE = 'Asia/Shanghai'

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** ISO moment -> "2026-11-23 08:40". */
export function formatMoment(iso: string): string {
  const of = Object.fromEntries(parts.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
  return `${of.year}-${of.month}-${of.day} ${of.hour}:${of.minute}`
}

/** Today in China, YYYY-MM-DD. */
export const todayInChina = (now: Date = new Date()): string => formatMoment(now.toISOString()).slice(0, 10)

/** Whole calendar days from one YYYY-MM-DD to another; negative when `to` has passed. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

export type ExpiryTone = 'expired' | 'soon' | 'later'
/** How a licence expiry reads: past, within 90 days, or later. */
export function licenceCountdown(expires_on: string, today: string): { days: number; tone: ExpiryTone } {
  const days = daysBetween(today, expires_on)
  return { days, tone: days < 0 ? 'expired' : days <= 90 ? 'soon' : 'later' }
}
