import type { CodeRow, CodeScheme } from './dictionary.ts'
import { plainText } from './name-hits.ts'

export interface CodeHit<Row> {
  row: Row
  /** The part of the input that matched, as given. */
  matched: string
}

const longestFirst = (a: CodeRow, b: CodeRow) =>
  Math.max(b.code.length, b.path?.length ?? 0) - Math.max(a.code.length, a.path?.length ?? 0)

/** Scope texts say what is not allowed as well: 酒吧服务（不含演艺娱乐活动）. Up to the next clause or the bracket's end. */
const NEGATED = /(?:(?:不含|不包括|不得|禁止|严禁)[^,;。)]*|除[^,;。)]*外)/g

/** Words of a licence or business scope, several at once; a word within a longer one does not count. */
export function licenceHits<Row extends CodeRow>(text: string, rows: Row[]): CodeHit<Row>[] {
  const plain = plainText(text).replace(NEGATED, ' ')
  const words = rows.filter(({ scheme, code }) => scheme === 'licence' && plain.includes(plainText(code)))
  const within = (row: Row) =>
    words.some(({ code }) => code !== row.code && code.includes(row.code) && !occursBeside(plain, row.code, code))
  return words.filter((row) => !within(row)).map((row) => ({ row, matched: row.code }))
}

const occursBeside = (text: string, word: string, longer: string) => text.replaceAll(longer, ' ').includes(word)

/** An industry code with or without its section letter and title: `R9013`, `9013 网吧活动`. The longest prefix wins. */
export function industryHit<Row extends CodeRow>(text: string, rows: Row[]): CodeHit<Row> | undefined {
  const code = /^\s*[A-T]?(\d{2,4})(?!\d)/i.exec(text.normalize('NFKC'))?.[1]
  if (!code) return undefined
  const fitting = rows.filter((row) => row.scheme === 'gbt4754' && code.startsWith(row.code))
  const row = fitting.toSorted(longestFirst)[0]
  return row && { row, matched: code }
}

const parts = (text: string) =>
  text
    .normalize('NFKC')
    .split(/[|,]/)
    .map((part) => part.trim())
    .filter(Boolean)

/** Point type codes of six digits, several joined by a bar; of each the longest prefix. */
export function poiCodeHits<Row extends CodeRow>(text: string, rows: Row[]): CodeHit<Row>[] {
  return parts(text).flatMap((code) => {
    if (!/^\d{6}$/.test(code)) return []
    const fitting = rows.filter((row) => row.scheme === 'amap' && row.code !== '' && code.startsWith(row.code))
    const row = fitting.toSorted(longestFirst)[0]
    return row ? [{ row, matched: code }] : []
  })
}

/** Rows with a path by its first segment, and again by its last, longest path first. */
const indexes = new WeakMap<object, Map<string, CodeRow[]>>()

function pathIndex<Row extends CodeRow>(rows: Row[]): Map<string, Row[]> {
  const known = indexes.get(rows)
  if (known) return known as Map<string, Row[]>
  const paths = rows.filter(({ path }) => path !== undefined).sort(longestFirst)
  const index = new Map<string, Row[]>()
  for (const row of paths) {
    const segments = row.path?.split(';') ?? []
    for (const key of [segments[0] ?? '', `;${segments.at(-1)}`]) index.set(key, [...(index.get(key) ?? []), row])
  }
  indexes.set(rows, index)
  return index
}

/**
 * Type paths such as 体育休闲服务;娱乐场所;KTV, several joined by a bar; of each the longest row whose segments it begins
 * with. A path of one segment is taken for a last one: 网吧.
 */
export function poiTypeHits<Row extends CodeRow>(text: string, rows: Row[]): CodeHit<Row>[] {
  return parts(text).flatMap((path) => {
    const isLone = !path.includes(';')
    const fitting = pathIndex(rows).get(isLone ? `;${path}` : (path.split(';')[0] as string)) ?? []
    const row = fitting.find((each) => isLone || path === each.path || path.startsWith(`${each.path};`))
    return row ? [{ row, matched: path }] : []
  })
}

/** Tags of an OpenStreetMap object. A tag may hold several values joined by semicolons. */
export function osmHits<Row extends CodeRow>(tags: Record<string, string>, rows: Row[]): CodeHit<Row>[] {
  const scheme: CodeScheme = 'osm'
  const given = new Set(
    Object.entries(tags).flatMap(([key, values]) => values.split(';').map((value) => `${key}=${value.trim()}`)),
  )
  return rows.filter((row) => row.scheme === scheme && given.has(row.code)).map((row) => ({ row, matched: row.code }))
}
