import { type Static, Type } from 'typebox'
import { collectionOf, featureOf, LineStringGeometry } from '../geo/geojson.ts'
import { DateOnly, DateTime, Facet, nullable } from '../http/schemas.ts'

/** suspected is 疑似 until the owner department confirms it; compliant pairs are not stored. */
export const FINDING_STATES = ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt'] as const
export const ENDED_REASONS = [
  'superseded',
  'venue_closed',
  'school_closed',
  'gate_closed',
  'rule_not_in_force',
  'out_of_reach',
] as const
export const FINDING_REASONS = [
  'within_uncertainty',
  'walking_not_measured',
  'no_gate_recorded',
  'no_drawn_zone',
  'internal_facility',
  'licence_running',
  'guided_exit',
  'fixed_date',
  'predates_school',
] as const

export const FindingProperties = Type.Object({
  state: Type.Enum([...FINDING_STATES]),
  reason: nullable(Type.Enum([...FINDING_REASONS])),
  is_inside: nullable(Type.Boolean({ description: 'distance satisfies the comparator; null: not answerable yet' })),
  distance_m: Type.Number({ description: 'geodesic metres on WGS-84, to 0.001' }),
  uncertainty_m: Type.Number(),
  threshold_m: Type.Number(),
  comparator: Type.String(),
  metric: Type.String(),
  measure_from: Type.String(),
  measure_to: Type.String(),
  severity: Type.String(),
  legacy_until: nullable(DateOnly),
  jurisdiction_basis: Type.String({ description: "whose territory the rule covers: both, school's or venue's" }),
  rule_id: Type.Integer(),
  rule_code: Type.String(),
  rule_version: Type.Integer(),
  rule_title_zh: Type.String(),
  rule_title_en: Type.String(),
  owner_department: Type.String(),
  school_id: Type.Integer(),
  school_name: Type.String(),
  school_kinds: Type.Array(Type.String()),
  school_version: Type.Integer(),
  gate_id: nullable(Type.Integer()),
  gate_name: nullable(Type.String()),
  origin: Type.String({ description: 'boundary, gate, point or drawn_zone' }),
  venue_id: nullable(Type.Integer()),
  stall_id: nullable(Type.Integer()),
  venue_name: Type.String(),
  venue_kind: Type.String(),
  venue_version: Type.Integer(),
  door_id: nullable(Type.Integer()),
  target: Type.String({ description: 'door, footprint, position or stall' }),
  licence_expires_on: nullable(DateOnly),
  region_code: nullable(Type.String({ description: 'where the venue stands' })),
  first_detected_at: DateTime,
  last_confirmed_at: DateTime,
  valid_from: DateTime,
  valid_to: nullable(DateTime),
  ended_reason: nullable(Type.Enum([...ENDED_REASONS])),
})
export const Finding = featureOf(LineStringGeometry, FindingProperties)
export type Finding = Static<typeof Finding>
export const FindingCollection = collectionOf(Finding)

/** Everything an evidence card shows about one finding. */
export const FindingEvidence = Type.Object({
  finding: Finding,
  rule: Type.Object({
    code: Type.String(),
    version: Type.Integer(),
    title_zh: Type.String(),
    title_en: Type.String(),
    summary_zh: Type.String(),
    summary_en: Type.String(),
    official_text: nullable(Type.String()),
    article: nullable(Type.String()),
    evidence_grade: Type.String(),
    source_title: Type.String(),
    source_doc_no: nullable(Type.String()),
    source_issuer: Type.String(),
    source_effective_from: nullable(DateOnly),
  }),
  from_position: Type.Array(Type.Number(), { description: '[lon, lat] of the school end' }),
  to_position: Type.Array(Type.Number(), { description: '[lon, lat] of the venue end' }),
  method: Type.Object({ measure_srid: Type.Integer(), planar_m: Type.Number(), scale: Type.Number() }),
  history: Type.Array(
    Type.Object({
      id: Type.Integer(),
      state: Type.String(),
      distance_m: Type.Number(),
      rule_version: Type.Integer(),
      school_version: Type.Integer(),
      venue_version: Type.Integer(),
      valid_from: DateTime,
      valid_to: nullable(DateTime),
      ended_reason: nullable(Type.String()),
    }),
  ),
})
export type FindingEvidence = Static<typeof FindingEvidence>

export const FindingFacets = Type.Object({
  numberMatched: Type.Integer(),
  venues: Type.Integer({ description: 'distinct venues and stalls flagged' }),
  schools: Type.Integer(),
  state: Facet,
  venue_kind: Facet,
  rule: Facet,
  school_kind: Facet,
  region: Facet,
})
