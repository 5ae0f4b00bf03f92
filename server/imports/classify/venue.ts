// Which kind a venue is. The order of trust is: licence, industry code, point type, OSM tags, name. The first that
// answers decides, unless its code covers several kinds (`decidingCode`) or the name says better (`overruledByName`).
import { industryHit, licenceHits, osmHits, poiCodeHits, poiTypeHits } from './code-hits.ts'
import { VENUE_DICTIONARY, type VenueCodeRow, type VenueDictionary } from './dictionary.ts'
import { VENUE_KIND_INFO, type VenueKind } from './kinds.ts'
import { nameHits } from './name-hits.ts'

/** What a kind can be known from, in order of trust; a kind stated by the sender never comes here. */
export type ClueSource = 'licence' | 'industry' | 'poi' | 'osm' | 'name'

export interface VenueClues {
  /** Name or type of the licence, such as 网络文化经营许可证. */
  licence_code?: string
  /** Business scope as registered. */
  licence_scope?: string
  /** GB/T 4754-2017. */
  industry_code?: string
  /** Amap code of six digits; several joined by a bar. */
  poi_code?: string
  /** Type path of a map provider; several joined by a bar. */
  poi_type?: string
  osm_tags?: Record<string, string>
  name?: string
}

export interface VenueCandidate {
  kind: VenueKind
  kind_source: ClueSource
  /** 0 to 1: the row's weight times how far its source is trusted. */
  confidence: number
  matched: string
}

export interface VenueClass {
  /** Null when nothing tells. */
  kind: VenueKind | null
  kind_source: ClueSource | null
  confidence: number
  /** The code, path, tag or token that decided. */
  matched: string | null
  /** Everything found, in order of trust. */
  candidates: VenueCandidate[]
}

const TRUST: Record<ClueSource, number> = {
  licence: 1,
  industry: 0.95,
  poi: 0.85,
  osm: 0.8,
  name: 0.7,
}
/** From this weight on a token is as good as a statement: KTV, 网吧, 夜总会. */
const STRONG = 0.8
/** A strong name against a code of another kind is a suspicion, not knowledge. */
const OVERRULING = 0.8

interface Found extends VenueCandidate {
  weight: number
  generic: boolean
}

/**
 * Kinds no code table knows, and the kinds under which code tables file such places. Places of unregulated or generic
 * kinds can be any of them.
 */
const UNCODED: Partial<Record<VenueKind, VenueKind[]>> = {
  esports_hotel: ['internet_cafe', 'hotel', 'small_hotel'],
  script_murder: ['song_dance', 'escape_room'],
  escape_room: ['song_dance', 'script_murder', 'amusement_arcade'],
  lottery_exclusive: ['lottery_outlet'],
}

const isRegulated = (kind: VenueKind) => VENUE_KIND_INFO[kind].regulated

const round = (value: number) => Math.round(value * 1000) / 1000

function found(source: ClueSource, row: VenueCodeRow, matched: string): Found {
  const { kind, weight, generic } = row
  return {
    kind,
    kind_source: source,
    confidence: round(weight * TRUST[source]),
    matched,
    weight,
    generic: generic ?? false,
  }
}

// Of several types the regulated one counts: a hotel that is also a bar is a bar. Then what says most.
const byImportance = (a: Found, b: Found) =>
  Number(isRegulated(b.kind)) - Number(isRegulated(a.kind)) ||
  Number(a.generic) - Number(b.generic) ||
  b.weight - a.weight

function codeFindings(clues: VenueClues, { codes: { rows } }: VenueDictionary): Found[] {
  const licence = [clues.licence_code, clues.licence_scope].flatMap((text) => (text ? licenceHits(text, rows) : []))
  const industry = clues.industry_code ? industryHit(clues.industry_code, rows) : undefined
  const poi = [
    ...(clues.poi_code ? poiCodeHits(clues.poi_code, rows) : []),
    ...(clues.poi_type ? poiTypeHits(clues.poi_type, rows) : []),
  ]
  const osm = clues.osm_tags ? osmHits(clues.osm_tags, rows) : []
  const bySource: [ClueSource, { row: VenueCodeRow; matched: string }[]][] = [
    ['licence', licence],
    ['industry', industry ? [industry] : []],
    ['poi', poi],
    ['osm', osm],
  ]
  return bySource.flatMap(([source, hits]) =>
    hits.map(({ row, matched }) => found(source, row, matched)).sort(byImportance),
  )
}

const nameFindings = (name: string, dictionary: VenueDictionary): Found[] =>
  nameHits(name, dictionary.names).map(({ row, weight }) => ({
    kind: row.kind,
    kind_source: 'name',
    confidence: round(weight * TRUST.name),
    matched: row.token,
    weight,
    generic: false,
  }))

/**
 * The best code of the most trusted source. A code that covers several kinds gives way to an exact one of a later
 * source; but an entertainment licence stays one, whatever a map files the place under.
 */
function decidingCode(codes: Found[]): Found | undefined {
  const bests = codes.filter((code, index) => codes[index - 1]?.kind_source !== code.kind_source)
  const [first] = bests
  if (!first?.generic) return first
  return bests.find(({ generic, kind }) => !generic && (isRegulated(kind) || !isRegulated(first.kind))) ?? first
}

/**
 * The name's kind where it decides against a code:
 * a code that covers several kinds leaves the choice to the name; kinds without any code are known by name alone; and
 * a strong token of a regulated kind outweighs a map provider's unregulated type (金豹KTV filed as a cinema).
 */
function overruledByName(code: Found, names: Found[]): Found | undefined {
  const regulated = names.filter(({ kind }) => isRegulated(kind))
  if (code.generic && !isRegulated(code.kind)) return names[0]
  if (code.generic && regulated[0]) return regulated[0]
  const strong = regulated.filter(({ weight }) => weight >= STRONG)
  const uncoded = strong.find(({ kind }) => UNCODED[kind]?.includes(code.kind))
  if (uncoded) return uncoded
  if (isRegulated(code.kind)) return undefined
  const isMapType = code.kind_source === 'poi' || code.kind_source === 'osm'
  return strong.find(({ kind }) => isMapType || kind === 'esports_hotel')
}

const answer = (decided: Found, confidence: number, all: Found[]): VenueClass => ({
  kind: decided.kind,
  kind_source: decided.kind_source,
  confidence: round(confidence),
  matched: decided.matched,
  candidates: all.map(({ kind, kind_source, confidence: sure, matched }) => ({
    kind,
    kind_source,
    confidence: sure,
    matched,
  })),
})

/** The kind of a venue from whatever is known of it. Never throws; unknown codes say nothing. */
export function classifyVenue(clues: VenueClues, dictionary: VenueDictionary = VENUE_DICTIONARY): VenueClass {
  const codes = codeFindings(clues, dictionary)
  const names = clues.name ? nameFindings(clues.name, dictionary) : []
  const all = [...codes, ...names]
  const code = decidingCode(codes)
  if (code) {
    const name = overruledByName(code, names)
    if (!name) return answer(code, code.confidence, all)
    return answer(name, name.confidence * (code.generic ? 1 : OVERRULING), all)
  }
  const [name] = names
  if (name) return answer(name, name.confidence, all)
  return { kind: null, kind_source: null, confidence: 0, matched: null, candidates: [] }
}
