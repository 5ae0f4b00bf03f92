// The tables the classifiers read. They ship as JSON beside this file, in the shape of database rows, so that a site
// can keep its own versions; every function takes the tables as an argument and falls back on the packaged ones.
import type { SchoolKind, VenueKind } from './kinds.ts'
import schoolCodes from './school-codes.json' with { type: 'json' }
import schoolNames from './school-names.json' with { type: 'json' }
import venueCodes from './venue-codes.json' with { type: 'json' }
import venueNames from './venue-names.json' with { type: 'json' }

/**
 * licence: words of a licence or business scope. gbt4754: industry codes of GB/T 4754-2017. amap, baidu: point types of
 * the two map providers, by code prefix or path. osm: `key=value`.
 */
export const CODE_SCHEMES = ['licence', 'gbt4754', 'amap', 'baidu', 'osm'] as const
export type CodeScheme = (typeof CODE_SCHEMES)[number]

export interface CodeRow {
  scheme: CodeScheme
  /** Code prefix, word or tag; empty where only the path is known. */
  code: string
  /** Type path from the top, segments separated by semicolons. */
  path?: string
  name?: string
  /** 0 to 1: how surely the code means the kind. */
  weight: number
  /** The code covers several kinds, so a name may say which. */
  generic?: boolean
}

export interface VenueCodeRow extends CodeRow {
  kind: VenueKind
}

/** Why a place is no school in the sense of the rules. */
export const SCHOOL_EXCLUSIONS = {
  higher_education: {
    zh: '高等院校，不在规则所指学校之列',
    en: 'higher education; no school in the sense of the rules',
  },
  adult_education: { zh: '成人教育，不在规则所指学校之列', en: 'adult education; no school in the sense of the rules' },
  training: { zh: '培训机构，不在规则所指学校之列', en: 'a training centre; no school in the sense of the rules' },
  school_facility: {
    zh: '学校的内部设施或办事机构，不是学校本身',
    en: 'a facility or office of a school, not the school',
  },
  not_a_school: { zh: '名称只是提到学校', en: 'the name only mentions a school' },
  former_site: { zh: '学校旧址', en: 'the former site of a school' },
  kind_unknown: { zh: '看不出学段，请在学校类别一列写明', en: 'its level cannot be told; state it in a kind column' },
} as const
export type SchoolExclusion = keyof typeof SCHOOL_EXCLUSIONS

export interface SchoolCodeRow extends CodeRow {
  kinds: SchoolKind[]
  excluded?: SchoolExclusion
}

export interface NameRow {
  token: string
  weight: number
  /** Words right before the token that cancel the hit. */
  exclude_before?: string[]
  /** Words right behind the token that cancel the hit. */
  exclude_next?: string[]
  /** Words anywhere behind the token that cancel the hit; `@x` stands for the list x. */
  exclude_after?: string[]
  /** No Latin letter or digit may touch the token. */
  whole_word?: boolean
}

export interface VenueNameRow extends NameRow {
  kind: VenueKind
}

export interface SchoolNameRow extends NameRow {
  kinds: SchoolKind[]
  excluded?: SchoolExclusion
  /** What the token does to the kinds a generic code gives; absent: nothing. */
  refines?: 'replace' | 'add'
}

export interface Names<Row extends NameRow> {
  version: string
  /** Words that, right behind any token, make it a mere landmark. */
  exclude_next_of_all: string[]
  /** Words that hold an excluding word without excluding. */
  not_excluding: string[]
  lists: Record<string, string[]>
  rows: Row[]
}

export interface VenueDictionary {
  codes: { version: string; rows: VenueCodeRow[] }
  names: Names<VenueNameRow>
}

export interface SchoolDictionary {
  codes: { version: string; rows: SchoolCodeRow[] }
  names: Names<SchoolNameRow>
}

// The JSON's inferred type has plain strings where these have unions; a test holds the files to the unions.
export const VENUE_DICTIONARY = { codes: venueCodes, names: venueNames } as VenueDictionary
export const SCHOOL_DICTIONARY = { codes: schoolCodes, names: schoolNames } as SchoolDictionary
