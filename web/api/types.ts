import type { components, paths } from './types.gen.ts'

/** Wire shapes by their short names, all out of the generated description of the API. */
type Schemas = components['schemas']
type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: infer Content } } }
}
  ? Content[keyof Content]
  : never
type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never

export type Finding = Schemas['Finding']
export type FindingCollection = Schemas['FindingCollection']
export type FindingEvidence = Schemas['FindingEvidence']
export type FindingFacets = Schemas['FindingFacets']
export type School = Schemas['School']
export type SchoolInput = Schemas['SchoolInput']
export type SchoolChange = Schemas['SchoolChange']
export type SchoolCollection = Schemas['SchoolCollection']
export type BellTime = Schemas['BellTime']
export type Gate = Schemas['Gate']
export type GateInput = Schemas['GateInput']
export type GateChange = Schemas['GateChange']
export type GateCollection = Schemas['GateCollection']
export type Venue = Schemas['Venue']
export type VenueInput = Schemas['VenueInput']
export type VenueChange = Schemas['VenueChange']
export type VenueCollection = Schemas['VenueCollection']
export type Door = Schemas['Door']
export type Stall = Schemas['Stall']
export type StallCollection = Schemas['StallCollection']
export type StallInput = Schemas['StallInput']
export type StallChange = Schemas['StallChange']
export type Zone = Schemas['Zone']
export type ZoneCollection = Schemas['ZoneCollection']
export type Rule = Schemas['Rule']
export type RuleChange = Schemas['RuleChange']
export type RuleList = Schemas['RuleList']
export type CloseBody = Schemas['CloseBody']
export type ProblemBody = Schemas['ProblemBody']
export type ImportList = Schemas['ImportList']
export type ImportResult = Schemas['ImportResult']
export type TileJson = Schemas['TileJson']

export type SchoolFacets = Answer<'/api/schools/facets'>
export type VenueFacets = Answer<'/api/venues/facets'>
export type FacetValue = { value: string; count: number }
export type Config = Answer<'/api/config'>
/** The description shares one shape with school kinds; the server always sends a venue kind whole. */
export type VenueKind = Required<Config['venue_kinds'][number]>
export type RegionEntry = Config['regions'][number]
export type LayerVersions = Answer<'/api/versions'>
export type SearchResult = Answer<'/api/search'>['results'][number]
export type FindingChanges = ImportResult['findings']

export type FindingQuery = QueryOf<'/api/findings'>
export type SchoolQuery = QueryOf<'/api/schools'>
export type GateQuery = QueryOf<'/api/gates'>
export type ZoneQuery = QueryOf<'/api/zones'>
export type VenueQuery = QueryOf<'/api/venues'>
export type StallQuery = QueryOf<'/api/stalls'>
export type RuleQuery = QueryOf<'/api/rules'>
export type ImportQuery = QueryOf<'/api/imports'>
export type AtMoment = { as_of?: string }
