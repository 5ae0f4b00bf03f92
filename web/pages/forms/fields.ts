/** Pure helpers of the forms: positions as typed, fields a problem names, what has changed. */
export type ParsedPosition = { position: [lon: number, lat: number] } | { error: 'unreadable' | 'swapped' | 'outside' }

/** "116.397, 39.908" (also with full-width comma, spaces or a tab) as [lon, lat] in WGS-84. */
export function parsePosition(text: string): ParsedPosition {
  const parts = text.trim().split(/[\s,，;；]+/)
  const [lon, lat] = parts.map(Number)
  if (parts.length !== 2 || lon === undefined || lat === undefined || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    return { error: 'unreadable' }
  }
  if (isInChina(lon, lat)) return { position: [lon, lat] }
  return { error: isInChina(lat, lon) ? 'swapped' : 'outside' }
}

/** The bounds the server accepts: lon 73 to 136, lat 3 to 54. */
const isInChina = (lon: number, lat: number) => lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54

/** "/doors/0/position", "body.name" and "name" all name their first form field. */
export const fieldName = (path: string): string =>
  path
    .replace(/^\/?body[./]/, '')
    .split(/[./[\]]+/)
    .find((part) => part !== '') ?? ''

/** Only what differs from the stored row: a field left alone must not overwrite somebody else's change. */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const entries = Object.entries(after) as [keyof T, T[keyof T]][]
  return Object.fromEntries(
    entries.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  ) as Partial<T>
}

/** Empty text of an optional field means "not known". */
export const textOrNull = (text: string): string | null => text.trim() || null
