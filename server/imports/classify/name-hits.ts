import type { NameRow, Names } from './dictionary.ts'

export interface NameHit<Row> {
  row: Row
  /** Where the token begins in the plain name. */
  at: number
  /** The row's weight, halved inside brackets: those name branches, malls and streets. */
  weight: number
  in_brackets: boolean
}

/** One width and one case for everything that is compared: ＫＴＶ, ktv and KTV are the same. */
export const plainText = (text: string): string => text.normalize('NFKC').toUpperCase()

interface Segment {
  text: string
  at: number
  in_brackets: boolean
}

/** The name cut at brackets and commas: an excluding word only counts within its own segment. */
function segmentsOf(name: string): Segment[] {
  const segments: Segment[] = []
  let depth = 0
  let start = 0
  const end = (at: number) => {
    if (at > start) segments.push({ text: name.slice(start, at), at: start, in_brackets: depth > 0 })
    start = at + 1
  }
  for (let at = 0; at < name.length; at++) {
    const char = name[at] as string
    if (!'()[]【】〔〕<>《》,、;|·'.includes(char)) continue
    end(at)
    if ('([【〔<《'.includes(char)) depth++
    else if (')]】〕>》'.includes(char)) depth = Math.max(0, depth - 1)
  }
  end(name.length)
  return segments
}

const isLatin = (char: string | undefined) => char !== undefined && /[A-Z0-9]/.test(char)

function isExcluded(row: NameRow, segment: Segment, at: number, names: Names<NameRow>): boolean {
  const behind = segment.text.slice(at + row.token.length)
  if (row.whole_word && (isLatin(segment.text[at - 1]) || isLatin(behind[0]))) return true
  if (row.exclude_before?.some((word) => segment.text.endsWith(word, at))) return true
  const allowed = names.not_excluding.reduce((text, word) => text.replaceAll(word, ' '.repeat(word.length)), behind)
  const next = [...(row.exclude_next ?? []), ...names.exclude_next_of_all]
  if (next.some((word) => allowed.startsWith(word))) return true
  const after = (row.exclude_after ?? []).flatMap((word) =>
    word.startsWith('@') ? (names.lists[word.slice(1)] ?? []) : [word],
  )
  return after.some((word) => allowed.includes(word))
}

/** Rows by the first character of their token: names are short and dictionaries long. */
const indexes = new WeakMap<object, Map<string, NameRow[]>>()

function indexOf<Row extends NameRow>(names: Names<Row>): Map<string, Row[]> {
  const known = indexes.get(names)
  if (known) return known as Map<string, Row[]>
  const index = new Map<string, Row[]>()
  for (const row of names.rows) {
    const first = row.token[0] as string
    index.set(first, [...(index.get(first) ?? []), row])
  }
  indexes.set(names, index)
  return index
}

const covers = (outer: NameHit<NameRow>, inner: NameHit<NameRow>) =>
  outer.row.token.length > inner.row.token.length &&
  outer.at <= inner.at &&
  outer.at + outer.row.token.length >= inner.at + inner.row.token.length

/**
 * The tokens a name holds, the surest first and of equals the last, because the head noun of a Chinese name stands at
 * its end. A token within a longer one does not count, even where the longer one is cancelled: 大乐透超市 is no 大乐透.
 */
export function nameHits<Row extends NameRow>(name: string, names: Names<Row>): NameHit<Row>[] {
  const plain = plainText(name)
  const found: (NameHit<Row> & { excluded: boolean })[] = []
  const index = indexOf(names)
  for (const segment of segmentsOf(plain)) {
    for (let at = 0; at < segment.text.length; at++) {
      for (const row of index.get(segment.text[at] as string) ?? []) {
        if (!segment.text.startsWith(row.token, at)) continue
        const { in_brackets: inBrackets } = segment
        const weight = inBrackets ? row.weight / 2 : row.weight
        const excluded = isExcluded(row, segment, at, names)
        found.push({ row, at: segment.at + at, weight, in_brackets: inBrackets, excluded })
      }
    }
  }
  return found
    .filter((hit) => !hit.excluded && !found.some((other) => covers(other, hit)))
    .sort((a, b) => b.weight - a.weight || b.at - a.at)
}
