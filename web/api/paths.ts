import type {
  CloseBody,
  Config,
  Finding,
  FindingCollection,
  FindingEvidence,
  FindingFacets,
  Gate,
  GateChange,
  GateCollection,
  GateInput,
  Health,
  ImportList,
  ImportResult,
  LayerVersions,
  PlaceFacets,
  ProblemBody,
  RegionCollection,
  Rule,
  RuleChange,
  RuleList,
  School,
  SchoolChange,
  SchoolCollection,
  SchoolInput,
  SearchResult,
  Stall,
  StallChange,
  StallCollection,
  StallInput,
  TileJson,
  Venue,
  VenueChange,
  VenueCollection,
  VenueInput,
  ZoneCollection,
} from './types.ts'

/** Paths of the API in the form openapi-typescript generates, for the operations the page uses. */
type Json<T> = { content: { 'application/json': T } }
type Problem = { content: { 'application/problem+json': ProblemBody } }
type Query = Record<string, string | number | boolean | undefined>
type ById = { path: { id: number } }
type Get<R, P = { query?: Query }> = { get: { parameters: P; responses: { 200: Json<R>; default: Problem } } }
type Post<B, R, P = object> = {
  post: { parameters: P; requestBody: Json<B>; responses: { 201: Json<R>; default: Problem } }
}
type Patch<B, R> = {
  patch: {
    parameters: ById & { header?: { 'if-match'?: string } }
    requestBody: Json<B>
    responses: { 200: Json<R>; default: Problem }
  }
}
type Close<R> = {
  post: { parameters: ById; requestBody: Json<CloseBody>; responses: { 200: Json<R>; default: Problem } }
}
type OneAt<R> = Get<R, ById & { query?: Query }>

export type paths = {
  '/api/health': Get<Health>
  '/api/config': Get<Config>
  '/api/versions': Get<LayerVersions>
  '/api/search': Get<{ results: SearchResult[] }>
  '/api/findings': Get<FindingCollection>
  '/api/findings/facets': Get<FindingFacets>
  '/api/findings/{id}': OneAt<FindingEvidence>
  '/api/schools': Get<SchoolCollection> & Post<SchoolInput, School>
  '/api/schools/facets': Get<PlaceFacets>
  '/api/schools/{id}': OneAt<School> & Patch<SchoolChange, School>
  '/api/schools/{id}/close': Close<School>
  '/api/gates': Get<GateCollection> & Post<GateInput, Gate>
  '/api/gates/{id}': OneAt<Gate> & Patch<GateChange, Gate>
  '/api/gates/{id}/close': Close<Gate>
  '/api/venues': Get<VenueCollection> & Post<VenueInput, Venue>
  '/api/venues/facets': Get<PlaceFacets>
  '/api/venues/{id}': OneAt<Venue> & Patch<VenueChange, Venue>
  '/api/venues/{id}/close': Close<Venue>
  '/api/stalls': Get<StallCollection> & Post<StallInput, Stall>
  '/api/stalls/{id}': OneAt<Stall> & Patch<StallChange, Stall>
  '/api/stalls/{id}/close': Close<Stall>
  '/api/regions': Get<RegionCollection>
  '/api/zones': Get<ZoneCollection>
  '/api/rules': Get<RuleList>
  '/api/rules/{id}': OneAt<Rule> & Patch<RuleChange, Rule>
  '/api/rules/{id}/retire': Close<Rule>
  '/api/imports': Get<ImportList> & Post<FormData, ImportResult>
  '/tiles/{layer}.json': Get<TileJson, { path: { layer: string } }>
}
export type { Finding }
