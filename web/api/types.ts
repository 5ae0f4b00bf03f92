import type { Static } from 'typebox'
import type {
  FindingCollection as FindingCollectionSchema,
  FindingFacets as FindingFacetsSchema,
} from '../../server/findings/schemas.ts'
import type { RegionCollection as RegionCollectionSchema } from '../../server/regions/schemas.ts'
import type { RoadCollection as RoadCollectionSchema } from '../../server/roads/schemas.ts'
import type { RuleList as RuleListSchema } from '../../server/rules/schemas.ts'
import type {
  GateCollection as GateCollectionSchema,
  SchoolCollection as SchoolCollectionSchema,
} from '../../server/schools/schemas.ts'
import type {
  StallCollection as StallCollectionSchema,
  VenueCollection as VenueCollectionSchema,
} from '../../server/venues/schemas.ts'
import type { ZoneCollection as ZoneCollectionSchema } from '../../server/zones/schemas.ts'

/** Wire shapes. Those with a schema on the server come from it; the rest follow the API's documentation. */
export type { Finding, FindingEvidence } from '../../server/findings/schemas.ts'
export type { CloseBody, ProblemBody } from '../../server/http/schemas.ts'
export type { ImportList, ImportResult, ImportSummary } from '../../server/imports/schemas.ts'
export type { Region } from '../../server/regions/schemas.ts'
export type { Road } from '../../server/roads/schemas.ts'
export type { Rule, RuleChange } from '../../server/rules/schemas.ts'
export type {
  BellTime,
  Gate,
  GateChange,
  GateInput,
  School,
  SchoolChange,
  SchoolInput,
} from '../../server/schools/schemas.ts'
export type {
  Door,
  Stall,
  StallChange,
  StallInput,
  Venue,
  VenueChange,
  VenueInput,
} from '../../server/venues/schemas.ts'
export type { Zone } from '../../server/zones/schemas.ts'

export type FindingCollection = Static<typeof FindingCollectionSchema>
export type FindingFacets = Static<typeof FindingFacetsSchema>
export type SchoolCollection = Static<typeof SchoolCollectionSchema>
export type GateCollection = Static<typeof GateCollectionSchema>
export type VenueCollection = Static<typeof VenueCollectionSchema>
export type StallCollection = Static<typeof StallCollectionSchema>
export type RegionCollection = Static<typeof RegionCollectionSchema>
export type RoadCollection = Static<typeof RoadCollectionSchema>
export type ZoneCollection = Static<typeof ZoneCollectionSchema>
export type RuleList = Static<typeof RuleListSchema>

export type FacetValue = { value: string; count: number }
/** Facets of schools and venues: numberMatched beside one list per filter. */
export type PlaceFacets = { numberMatched: number } & Partial<
  Record<'kind' | 'status' | 'state' | 'rule' | 'region', FacetValue[]>
>

export type Engine = {
  kind: 'embedded' | 'postgresql'
  trial: boolean
  label_zh: string
  label_en: string
  postgresql: string
  postgis: string
}
export type VenueKind = {
  code: string
  label_zh: string
  label_en: string
  kind_group: string
  regulated: boolean
  sort: number
}
export type SchoolKind = { code: string; label_zh: string; label_en: string; sort: number }
export type RegionEntry = {
  code: string
  parent_code: string | null
  kind: 'admin' | 'police'
  level: string
  name: string
  name_en: string | null
  bbox: number[] | null
}
export type LayerVersions = Record<string, string | number>
export type Config = {
  product: string
  name_zh: string
  version: string
  engine: Engine
  demo: boolean
  operator: { name_zh: string; name_en: string }
  measure_srid: number
  bbox: number[] | null
  map_review_no: string | null
  layers: LayerVersions
  venue_kinds: VenueKind[]
  school_kinds: SchoolKind[]
  regions: RegionEntry[]
}
export type Health = { status: 'ok' | 'degraded'; engine: Engine; uptime_s: number; version: string }

export type SearchResult = {
  type: 'school' | 'venue' | 'stall' | 'region' | 'road'
  id: number
  name: string
  detail: string | null
  position: number[]
  bbox?: number[] | null
}

export type TileJson = { tiles: string[]; minzoom?: number; maxzoom?: number; bounds?: number[]; attribution?: string }

export type FindingChanges = { opened: number; superseded: number; ended: number }
