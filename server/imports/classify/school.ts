// Which kinds of school stand on a campus, or why it is no school in the sense of the rules. Several kinds are common:
// a nine-year school is primary and junior.
import { type CodeHit, industryHit, osmHits, poiCodeHits, poiTypeHits } from './code-hits.ts'
import {
  SCHOOL_DICTIONARY,
  type SchoolCodeRow,
  type SchoolDictionary,
  type SchoolExclusion,
  type SchoolNameRow,
} from './dictionary.ts'
import { SCHOOL_KIND_INFO, SCHOOL_KINDS, type SchoolKind } from './kinds.ts'
import { type NameHit, nameHits } from './name-hits.ts'

export interface SchoolClues {
  /** The official type in words: 九年一贯制学校. */
  given?: string
  /** GB/T 4754-2017. */
  industry_code?: string
  /** Amap code of six digits; several joined by a bar. */
  poi_code?: string
  /** Type path of a map provider, several joined by a bar; or any words, read like `given`. */
  poi_type?: string
  osm_tags?: Record<string, string>
  name?: string
}

export type SchoolSource = 'given' | 'industry' | 'poi' | 'osm' | 'name'

export interface SchoolClass {
  /** Only counted kinds, in the order of SCHOOL_KINDS; empty exactly when `excluded` is set. */
  kinds: SchoolKind[]
  source: SchoolSource | null
  matched: string | null
  excluded: SchoolExclusion | null
  /** What it is instead, where a kind exists for it: `higher`, `training`. */
  uncounted_kind: SchoolKind | null
  /** What the name says against a code that says school; for a person to look at. */
  doubt: SchoolExclusion | null
  /** `planned` when the name says the campus is being built. */
  status_hint: 'planned' | null
}

interface Finding {
  kinds: SchoolKind[]
  excluded: SchoolExclusion | undefined
  generic: boolean
  source: SchoolSource
  matched: string
}

const PLANNED = /建设中|在建|筹建|筹备|规划/

const isCounted = (kind: SchoolKind) => SCHOOL_KIND_INFO[kind].counted
const inOrder = (kinds: SchoolKind[]) => SCHOOL_KINDS.filter((kind) => kinds.includes(kind))

/**
 * All rows of one source together: kinds add up, and outweigh what is no school unless that is surer. Amap files
 * vocational colleges as 高等院校|职业技术学校, and kindergartens as 幼儿园|培训机构.
 */
function together(source: SchoolSource, hits: CodeHit<SchoolCodeRow>[]): Finding | undefined {
  const against = Math.max(0, ...hits.map(({ row }) => (row.excluded ? row.weight : 0)))
  const schools = hits.filter(({ row }) => !row.excluded && row.weight >= against)
  // `amenity=school` beside `isced:level=1` says nothing more.
  const exact = schools.filter(({ row }) => !row.generic)
  const used =
    source === 'osm' && exact.length > 0 ? exact : schools.length > 0 ? schools : excludedFirst(hits).slice(0, 1)
  const [first] = used
  if (!first) return undefined
  return {
    kinds: inOrder(used.flatMap(({ row }) => row.kinds)),
    excluded: first.row.excluded,
    generic: used.every(({ row }) => row.generic ?? false),
    source,
    matched: used.map(({ matched }) => matched).join('|'),
  }
}

const excludedFirst = (hits: CodeHit<SchoolCodeRow>[]) =>
  hits.toSorted((a, b) => Number(b.row.excluded !== undefined) - Number(a.row.excluded !== undefined))

type Hit = NameHit<SchoolNameRow>

/**
 * The reason in a name why it is no school. The head noun stands last, so a reason before it is no reason: 教师进修学院
 * 附属小学 is a primary school, 小学旁文具店 is not. Brackets hold locations, but (旧址) counts.
 */
function reasonAgainst(hits: Hit[]): Hit | undefined {
  const heads = hits.filter(({ row, in_brackets: inBrackets }) => !row.excluded && !inBrackets).map(({ at }) => at)
  const head = Math.max(-1, ...heads)
  const isReason = ({ row, at, in_brackets: inBrackets }: Hit) =>
    row.excluded === 'former_site' || (row.excluded && row.excluded !== 'higher_education' && !inBrackets && at > head)
  return hits.find(isReason)
}

/** What a name or free text says. Exact tokens outweigh 中学; higher education counts only where no school is named. */
function fromWords(text: string, source: SchoolSource, dictionary: SchoolDictionary): Finding | undefined {
  const hits = nameHits(text, dictionary.names)
  const schools = hits.filter(({ row }) => !row.excluded)
  const [best] = schools
  const against = reasonAgainst(hits) ?? (best ? undefined : hits[0])
  const used = against ? [against] : schools.filter(({ weight }) => weight >= (best?.weight ?? 0))
  const [first] = used
  return (
    first && {
      kinds: inOrder(used.flatMap(({ row }) => row.kinds)),
      excluded: first.row.excluded,
      // "中学" in a type column leaves the stage to the name.
      generic: used.length === 1 && first.row.kinds.length > 1 && first.row.refines === undefined,
      source,
      matched: used.map(({ row }) => row.token).join('|'),
    }
  )
}

/** A generic code and a name that says more: 中学 named 初级中学 is junior only; 小学 named 辅读 is special as well. */
function refined(code: Finding, name: string, dictionary: SchoolDictionary): Finding {
  const refining = nameHits(name, dictionary.names).filter(({ row }) => row.refines)
  if (!code.generic || refining.length === 0) return code
  const [replacing, adding] = [
    refining.filter(({ row }) => row.refines === 'replace'),
    refining.filter(({ row }) => row.refines === 'add'),
  ]
  const best = replacing.filter(({ weight }) => weight >= (replacing[0]?.weight ?? 0))
  const base = best.length > 0 ? best.flatMap(({ row }) => row.kinds) : code.kinds
  return {
    ...code,
    excluded: undefined,
    kinds: inOrder([...base, ...adding.flatMap(({ row }) => row.kinds)]),
    matched: `${code.matched} + ${[...best, ...adding].map(({ row }) => row.token).join('|')}`,
  }
}

function codeFinding(clues: SchoolClues, dictionary: SchoolDictionary): Finding | undefined {
  const { rows } = dictionary.codes
  const given = clues.given ? fromWords(clues.given, 'given', dictionary) : undefined
  const industry = clues.industry_code ? industryHit(clues.industry_code, rows) : undefined
  const poi = [
    ...(clues.poi_code ? poiCodeHits(clues.poi_code, rows) : []),
    ...(clues.poi_type ? poiTypeHits(clues.poi_type, rows) : []),
  ]
  return (
    given ??
    together('industry', industry ? [industry] : []) ??
    together('poi', poi) ??
    (clues.poi_type ? fromWords(clues.poi_type, 'poi', dictionary) : undefined) ??
    (clues.osm_tags ? together('osm', osmHits(clues.osm_tags, rows)) : undefined)
  )
}

/** The kinds of a campus from whatever is known of it. Never throws. */
export function classifySchool(clues: SchoolClues, dictionary: SchoolDictionary = SCHOOL_DICTIONARY): SchoolClass {
  const name = clues.name ?? ''
  const code = codeFinding(clues, dictionary)
  // A code that only says "school" leaves the word to the name.
  const isSilent = code?.excluded === 'kind_unknown'
  const finding =
    (isSilent && fromWords(name, 'name', dictionary)) ||
    (code ? refined(code, name, dictionary) : fromWords(name, 'name', dictionary))
  const statusHint = PLANNED.test(name) ? 'planned' : null
  if (!finding) {
    return {
      kinds: [],
      source: null,
      matched: null,
      excluded: 'kind_unknown',
      uncounted_kind: null,
      doubt: null,
      status_hint: statusHint,
    }
  }
  const kinds = finding.kinds.filter(isCounted)
  const excluded = kinds.length > 0 && !finding.excluded ? null : (finding.excluded ?? 'kind_unknown')
  return {
    kinds: excluded ? [] : kinds,
    source: finding.source,
    matched: finding.matched,
    excluded,
    uncounted_kind: excluded ? (finding.kinds.find((kind) => !isCounted(kind)) ?? null) : null,
    doubt: excluded ? null : (reasonAgainst(nameHits(name, dictionary.names))?.row.excluded ?? null),
    status_hint: statusHint,
  }
}
