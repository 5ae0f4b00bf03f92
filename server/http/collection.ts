import { type RawBuilder, sql } from 'kysely'
import { problems } from './problem.ts'

/** Opaque keyset cursors: the sort values of the last row of a page. */
export const encodeCursor = (values: (number | string)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

export function decodeCursor(cursor: string, length: number): (number | string)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => typeof v === 'number' || typeof v === 'string')
    )
      return values
  } catch {
    // Falls through to the refusal.
  }
  throw problems.request.badCursor()
}

/** Rows after the cursor of a list that is ordered by id; all of them without a cursor. */
export function afterId(column: string, cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  return sql`${sql.ref(column)} > ${rowId(decodeCursor(cursor, 1)[0])}`
}

export function rowId(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number
  throw problems.request.badCursor()
}

export interface Page {
  matched: number
  /** GeoJSON features as JSON text, assembled by the database. */
  features: string[]
  /** Cursor of the next page, if there is one. */
  next: string | null
}

/** FeatureCollection text with counting members and a next link that repeats the request's query. */
export function collectionText(page: Page, path: string, query: Record<string, unknown>): string {
  const links =
    page.next === null ? [] : [{ rel: 'next', type: 'application/geo+json', href: nextHref(path, query, page.next) }]
  return (
    `{"type":"FeatureCollection","numberMatched":${page.matched},"numberReturned":${page.features.length},` +
    `"timeStamp":"${new Date().toISOString()}","links":${JSON.stringify(links)},"features":[${page.features.join(',')}]}`
  )
}

function nextHref(path: string, query: Record<string, unknown>, cursor: string): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) parameters.set(key, String(value))
  parameters.set('cursor', cursor)
  return `${path}?${parameters}`
}

/** Cuts a page of limit rows out of limit + 1 fetched ones and names the cursor of the last. */
export function cutPage<Row extends { feature: string }>(
  rows: Row[],
  limit: number,
  matched: number,
  cursorOf: (row: Row) => (number | string)[],
): Page {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    matched,
    features: page.map((row) => row.feature),
    next: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null,
  }
}
