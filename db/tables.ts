// DO NOT EDIT: written by `npm run gen:tables` from the migrations.
import type { ColumnType, GeneratedAlways } from 'kysely'

/** A column with a default: may be left out of an insert. */
type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string>
/** Read as the parsed value; written as JSON text, or as a plain object. */
type Json = ColumnType<unknown, object | string>
/** Hexadecimal EWKB. */
type Geometry = string

/** Windows in which children pass the gates, local time; weekdays are ISO (1 = Monday). */
export interface BellTimesTable {
  id: GeneratedAlways<number>
  school_id: number
  period: 'arrival' | 'noon_dismissal' | 'noon_arrival' | 'dismissal' | 'evening_dismissal'
  day_type: Generated<'term' | 'holiday' | 'exam' | 'boarding_return'>
  weekdays: number[]
  starts: string
  ends: string
  label: string | null
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** One line per committed change of reference data: what, by whom, and what it did to findings. */
export interface ChangesTable {
  id: GeneratedAlways<number>
  action: string
  actor: string
  scope: string
  opened: number
  superseded: number
  ended: number
  created_at: Generated<Timestamp>
}

/** Bumped in the transaction that changes a layer; tile URLs carry it. */
export interface DatasetVersionsTable {
  layer: string
  version: Generated<number>
  changed_at: Generated<Timestamp>
  created_at: Generated<Timestamp>
}

/** One row per recompute; the latest evaluated_on tells whether the day has turned since. */
export interface DetectionRunsTable {
  id: GeneratedAlways<number>
  scope: string
  evaluated_on: string
  opened: number
  superseded: number
  ended: number
  created_at: Generated<Timestamp>
}

/** Ban areas drawn and published by a township or office (rules measured from drawn_polygon). */
export interface DrawnZonesTable {
  id: GeneratedAlways<number>
  school_id: number
  purpose: string
  approved_by: string | null
  approval_no: string | null
  approved_on: string | null
  boundary: Geometry
  boundary_m: GeneratedAlways<Geometry | null>
  status: Generated<'open' | 'closed'>
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of drawn_zones. */
export interface DrawnZonesHistoryTable {
  id: number
  school_id: number
  purpose: string
  approved_by: string | null
  approval_no: string | null
  approved_on: string | null
  boundary: Geometry
  boundary_m: Geometry | null
  status: string
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Derived: what a rule flags, with its evidence. Open rows (valid_to is null) are current, the rest is history. */
export interface FindingsTable {
  id: GeneratedAlways<number>
  rule_id: number
  rule_version: number
  school_id: number
  school_version: number
  gate_id: number | null
  origin: string
  venue_id: number | null
  stall_id: number | null
  place_key: GeneratedAlways<number>
  venue_version: number
  door_id: number | null
  target: string
  venue_kind: string
  region_code: string | null
  jurisdiction_basis: 'both' | 'school' | 'venue'
  state: 'suspected' | 'borderline' | 'needs_field_measure' | 'legacy' | 'exempt'
  reason: string | null
  is_inside: boolean | null
  distance_m: number
  uncertainty_m: number
  threshold_m: number
  legacy_until: string | null
  line_m: Geometry
  first_detected_at: Timestamp
  valid_from: Timestamp
  valid_to: Timestamp | null
  ended_reason:
    | 'superseded'
    | 'venue_closed'
    | 'school_closed'
    | 'gate_closed'
    | 'rule_not_in_force'
    | 'out_of_reach'
    | null
  created_at: Generated<Timestamp>
}

/** One row per committed import; a refused one leaves no trace. */
export interface ImportsTable {
  id: GeneratedAlways<number>
  layer: 'regions' | 'schools' | 'gates' | 'venues' | 'stalls' | 'roads'
  file_name: string
  file_sha256: string
  format: string
  encoding: string | null
  crs: string
  source: string
  options: Generated<Json>
  accepted: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  rejections: Generated<Json>
  warnings: Generated<Json>
  imported_by: string
  created_at: Generated<Timestamp>
}

/** Schema files applied to this database, with their content hash */
export interface MigrationsTable {
  version: number
  name: string
  sha256: string
  applied_at: Generated<Timestamp>
}

/** Administrative areas (GB/T 2260 codes, townships with 9 digits) and police station areas. */
export interface RegionsTable {
  id: GeneratedAlways<number>
  code: string
  parent_code: string | null
  kind: 'admin' | 'police'
  level: 'province' | 'city' | 'district' | 'township' | 'community' | 'station'
  name: string
  name_en: string | null
  boundary: Geometry
  boundary_3857: GeneratedAlways<Geometry | null>
  source: Generated<string>
  external_id: string | null
  source_crs: Generated<string>
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of regions. */
export interface RegionsHistoryTable {
  id: number
  code: string
  parent_code: string | null
  kind: string
  level: string
  name: string
  name_en: string | null
  boundary: Geometry
  boundary_3857: Geometry | null
  source: string
  external_id: string | null
  source_crs: string
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Street network. oneway is relative to the direction of geom; length_m is geodesic. */
export interface RoadEdgesTable {
  id: GeneratedAlways<number>
  name: string | null
  class:
    | 'motorway'
    | 'trunk'
    | 'primary'
    | 'secondary'
    | 'tertiary'
    | 'residential'
    | 'service'
    | 'pedestrian'
    | 'footway'
    | 'cycleway'
    | 'steps'
    | 'track'
  oneway: Generated<'no' | 'forward' | 'backward'>
  is_bridge: Generated<boolean>
  crossing: 'signals' | 'marked' | 'unmarked' | 'overpass' | 'underpass' | null
  foot: Generated<boolean>
  bicycle: Generated<boolean>
  car: Generated<boolean>
  status: Generated<'open' | 'closed'>
  from_node: number | null
  to_node: number | null
  geom: Geometry
  geom_3857: GeneratedAlways<Geometry | null>
  length_m: number
  source: Generated<string>
  external_id: string | null
  source_crs: Generated<string>
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of road_edges. */
export interface RoadEdgesHistoryTable {
  id: number
  name: string | null
  class: string
  oneway: string
  is_bridge: boolean
  crossing: string | null
  foot: boolean
  bicycle: boolean
  car: boolean
  status: string
  from_node: number | null
  to_node: number | null
  geom: Geometry
  geom_3857: Geometry | null
  length_m: number
  source: string
  external_id: string | null
  source_crs: string
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Ends of road edges, shared where coordinates agree to 1e-7 degrees. */
export interface RoadNodesTable {
  id: GeneratedAlways<number>
  position: Geometry
  created_at: Generated<Timestamp>
}

/** One legal or policy document. jurisdiction is a GB/T 2260 code, 000000 national. */
export interface RuleSourcesTable {
  id: GeneratedAlways<number>
  code: string
  title: string
  doc_no: string | null
  issuer: string
  jurisdiction: string
  level:
    | 'law'
    | 'admin_regulation'
    | 'local_regulation'
    | 'government_rule'
    | 'normative_document'
    | 'policy'
    | 'standard'
    | 'action_plan'
    | 'demo'
  promulgated_on: string | null
  effective_from: string | null
  effective_to: string | null
  url: string | null
  evidence_grade: 'A' | 'B' | 'C' | 'S'
  notes: string | null
  created_at: Generated<Timestamp>
}

/** Versioned rules; only active ones in force on the day produce findings. */
export interface RulesTable {
  id: GeneratedAlways<number>
  code: string
  source_id: number
  article: string | null
  title_zh: string
  title_en: string
  summary_zh: string
  summary_en: string
  official_text: string | null
  evidence_grade: 'A' | 'B' | 'C' | 'S'
  jurisdiction: string
  venue_kinds: string[]
  school_kinds: string[]
  threshold_m: number
  comparator: 'lt' | 'lte'
  measure_from: 'boundary_any' | 'gate_any' | 'gate_main' | 'gate_student' | 'drawn_polygon' | 'campus_inside'
  measure_to: 'door_nearest' | 'door_any' | 'door_main' | 'footprint_edge' | 'licence_point' | 'any'
  metric: 'straight' | 'walking'
  severity: 'prohibit' | 'restrict' | 'inspect'
  owner_department: string
  co_departments: Generated<string[]>
  grandfather_policy: Generated<
    'none' | 'until_licence_expiry' | 'at_renewal_or_change' | 'guided_exit' | 'fixed_date' | 'predates_school'
  >
  grandfather_before: string | null
  grandfather_until: string | null
  exempts_internal: Generated<boolean>
  effective_from: string
  effective_to: string | null
  status: Generated<'draft' | 'reviewed' | 'active' | 'retired'>
  notes: string | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of rules. */
export interface RulesHistoryTable {
  id: number
  code: string
  source_id: number
  article: string | null
  title_zh: string
  title_en: string
  summary_zh: string
  summary_en: string
  official_text: string | null
  evidence_grade: string
  jurisdiction: string
  venue_kinds: string[]
  school_kinds: string[]
  threshold_m: number
  comparator: string
  measure_from: string
  measure_to: string
  metric: string
  severity: string
  owner_department: string
  co_departments: string[]
  grandfather_policy: string
  grandfather_before: string | null
  grandfather_until: string | null
  exempts_internal: boolean
  effective_from: string
  effective_to: string | null
  status: string
  notes: string | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Rules that produce findings today. */
export interface RulesInForceTable {
  id: number | null
  code: string | null
  source_id: number | null
  article: string | null
  title_zh: string | null
  title_en: string | null
  summary_zh: string | null
  summary_en: string | null
  official_text: string | null
  evidence_grade: string | null
  jurisdiction: string | null
  venue_kinds: string[] | null
  school_kinds: string[] | null
  threshold_m: number | null
  comparator: string | null
  measure_from: string | null
  measure_to: string | null
  metric: string | null
  severity: string | null
  owner_department: string | null
  co_departments: string[] | null
  grandfather_policy: string | null
  grandfather_before: string | null
  grandfather_until: string | null
  exempts_internal: boolean | null
  effective_from: string | null
  effective_to: string | null
  status: string | null
  notes: string | null
  version: number | null
  valid_from: Timestamp | null
  valid_to: Timestamp | null
  created_at: Timestamp | null
  jurisdiction_prefix: string | null
}

/** Derived: where rules may measure from. is_sole: no other endpoint of the school shares a role. */
export interface SchoolEndpointsTable {
  id: GeneratedAlways<number>
  school_id: number
  gate_id: number | null
  origin: 'boundary' | 'gate' | 'point' | 'drawn_zone'
  roles: number
  fallback_roles: number
  kinds: string[]
  region_code: string | null
  established_on: string | null
  school_version: number
  is_sole: boolean
  error_m: number
  geom_m: Geometry
}

/** Gates of a campus; rules may measure from any gate, the main gate or student gates. */
export interface SchoolGatesTable {
  id: GeneratedAlways<number>
  school_id: number
  name: string | null
  kind: 'main' | 'side' | 'back'
  is_student_gate: Generated<boolean>
  status: Generated<'open' | 'closed'>
  opened_on: string | null
  closed_on: string | null
  closed_reason: string | null
  position: Geometry
  position_error_m: Generated<number>
  position_m: GeneratedAlways<Geometry | null>
  position_3857: GeneratedAlways<Geometry | null>
  source: Generated<string>
  external_id: string | null
  source_crs: Generated<string>
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of school_gates. */
export interface SchoolGatesHistoryTable {
  id: number
  school_id: number
  name: string | null
  kind: string
  is_student_gate: boolean
  status: string
  opened_on: string | null
  closed_on: string | null
  closed_reason: string | null
  position: Geometry
  position_error_m: number
  position_m: Geometry | null
  position_3857: Geometry | null
  source: string
  external_id: string | null
  source_crs: string
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Code table; filled from server/imports/classify. */
export interface SchoolKindsTable {
  code: string
  label_zh: string
  label_en: string
  sort: number
  created_at: Generated<Timestamp>
}

/** One row per campus (校区). boundary is null for a point-only campus; position is a point on it. */
export interface SchoolsTable {
  id: GeneratedAlways<number>
  name: string
  kinds: string[]
  status: Generated<'open' | 'planned' | 'closed'>
  region_code: string | null
  station_code: string | null
  address: string | null
  students: number | null
  established_on: string | null
  closed_on: string | null
  closed_reason: string | null
  boundary: Geometry | null
  position: Geometry
  position_error_m: Generated<number>
  boundary_m: GeneratedAlways<Geometry | null>
  position_m: GeneratedAlways<Geometry | null>
  boundary_3857: GeneratedAlways<Geometry | null>
  position_3857: GeneratedAlways<Geometry | null>
  source: Generated<string>
  external_id: string | null
  source_crs: Generated<string>
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of schools. */
export interface SchoolsHistoryTable {
  id: number
  name: string
  kinds: string[]
  status: string
  region_code: string | null
  station_code: string | null
  address: string | null
  students: number | null
  established_on: string | null
  closed_on: string | null
  closed_reason: string | null
  boundary: Geometry | null
  position: Geometry
  position_error_m: number
  boundary_m: Geometry | null
  position_m: Geometry | null
  boundary_3857: Geometry | null
  position_3857: Geometry | null
  source: string
  external_id: string | null
  source_crs: string
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Site-wide facts the database itself must know, such as the metric SRID. */
export interface SettingsTable {
  key: string
  value: Json
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
}

/** A street stall seen at a place and time; present until cleared. Places only, no vendor. */
export interface StallSightingsTable {
  id: GeneratedAlways<number>
  name: string | null
  stall_type: Generated<'mobile' | 'fixed' | 'shop_overflow' | 'open_market'>
  status: Generated<'present' | 'cleared'>
  goods: string | null
  sighted_at: Timestamp
  cleared_on: string | null
  cleared_reason: string | null
  region_code: string | null
  station_code: string | null
  position: Geometry
  position_error_m: Generated<number>
  position_m: GeneratedAlways<Geometry | null>
  position_3857: GeneratedAlways<Geometry | null>
  source: Generated<string>
  external_id: string | null
  source_crs: Generated<string>
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of stall_sightings. */
export interface StallSightingsHistoryTable {
  id: number
  name: string | null
  stall_type: string
  status: string
  goods: string | null
  sighted_at: Timestamp
  cleared_on: string | null
  cleared_reason: string | null
  region_code: string | null
  station_code: string | null
  position: Geometry
  position_error_m: number
  position_m: Geometry | null
  position_3857: Geometry | null
  source: string
  external_id: string | null
  source_crs: string
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Doors of a venue; fire exits count only where the rule says so. */
export interface VenueDoorsTable {
  id: GeneratedAlways<number>
  venue_id: number
  kind: 'main' | 'side' | 'fire_exit'
  status: Generated<'open' | 'closed'>
  position: Geometry
  position_error_m: Generated<number>
  position_m: GeneratedAlways<Geometry | null>
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of venue_doors. */
export interface VenueDoorsHistoryTable {
  id: number
  venue_id: number
  kind: string
  status: string
  position: Geometry
  position_error_m: number
  position_m: Geometry | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Derived: where rules may measure to. scale is the projection's scale factor there. */
export interface VenueEndpointsTable {
  id: GeneratedAlways<number>
  venue_id: number | null
  stall_id: number | null
  door_id: number | null
  target: 'door' | 'footprint' | 'position' | 'stall'
  roles: number
  kind: string
  region_code: string | null
  opened_on: string | null
  licence_expires_on: string | null
  is_internal: boolean
  venue_version: number
  is_sole: boolean
  error_m: number
  scale: number
  geom_m: Geometry
}

/** Code table; filled from server/imports/classify. */
export interface VenueKindsTable {
  code: string
  label_zh: string
  label_en: string
  kind_group: string
  regulated: boolean
  sort: number
  created_at: Generated<Timestamp>
}

/** Business places. The shop sign is the name; owners and tenants are never recorded. */
export interface VenuesTable {
  id: GeneratedAlways<number>
  name: string
  kind: string
  kind_source: 'licence' | 'industry' | 'poi' | 'osm' | 'name' | 'given'
  kind_confidence: number
  kind_matched: string | null
  status: Generated<'open' | 'suspended' | 'closed'>
  region_code: string | null
  station_code: string | null
  address: string | null
  licence_no: string | null
  licence_issued_on: string | null
  licence_expires_on: string | null
  opened_on: string | null
  closed_on: string | null
  closed_reason: string | null
  is_internal: Generated<boolean>
  codes: Generated<Json>
  position: Geometry
  footprint: Geometry | null
  position_error_m: Generated<number>
  position_m: GeneratedAlways<Geometry | null>
  footprint_m: GeneratedAlways<Geometry | null>
  position_3857: GeneratedAlways<Geometry | null>
  source: Generated<string>
  external_id: string | null
  source_crs: Generated<string>
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: Generated<number>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Closed versions of venues. */
export interface VenuesHistoryTable {
  id: number
  name: string
  kind: string
  kind_source: string
  kind_confidence: number
  kind_matched: string | null
  status: string
  region_code: string | null
  station_code: string | null
  address: string | null
  licence_no: string | null
  licence_issued_on: string | null
  licence_expires_on: string | null
  opened_on: string | null
  closed_on: string | null
  closed_reason: string | null
  is_internal: boolean
  codes: Json
  position: Geometry
  footprint: Geometry | null
  position_error_m: number
  position_m: Geometry | null
  footprint_m: Geometry | null
  position_3857: Geometry | null
  source: string
  external_id: string | null
  source_crs: string
  source_geom: Geometry | null
  conversion: string | null
  import_id: number | null
  version: number
  valid_from: Timestamp
  valid_to: Timestamp | null
  created_at: Timestamp
}

/** Derived: drawn rings, 32 segments per quadrant. For display only, never for deciding. */
export interface ZonesTable {
  id: GeneratedAlways<number>
  school_id: number
  measure_from: string
  metric: string
  threshold_m: number
  rule_codes: string[]
  region_code: string | null
  geom: Geometry
  geom_3857: GeneratedAlways<Geometry | null>
  valid_from: Generated<Timestamp>
  valid_to: Timestamp | null
  created_at: Generated<Timestamp>
}

/** Every table and view of the schema. */
export interface Tables {
  bell_times: BellTimesTable
  changes: ChangesTable
  dataset_versions: DatasetVersionsTable
  detection_runs: DetectionRunsTable
  drawn_zones: DrawnZonesTable
  drawn_zones_history: DrawnZonesHistoryTable
  findings: FindingsTable
  imports: ImportsTable
  migrations: MigrationsTable
  regions: RegionsTable
  regions_history: RegionsHistoryTable
  road_edges: RoadEdgesTable
  road_edges_history: RoadEdgesHistoryTable
  road_nodes: RoadNodesTable
  rule_sources: RuleSourcesTable
  rules: RulesTable
  rules_history: RulesHistoryTable
  rules_in_force: RulesInForceTable
  school_endpoints: SchoolEndpointsTable
  school_gates: SchoolGatesTable
  school_gates_history: SchoolGatesHistoryTable
  school_kinds: SchoolKindsTable
  schools: SchoolsTable
  schools_history: SchoolsHistoryTable
  settings: SettingsTable
  stall_sightings: StallSightingsTable
  stall_sightings_history: StallSightingsHistoryTable
  venue_doors: VenueDoorsTable
  venue_doors_history: VenueDoorsHistoryTable
  venue_endpoints: VenueEndpointsTable
  venue_kinds: VenueKindsTable
  venues: VenuesTable
  venues_history: VenuesHistoryTable
  zones: ZonesTable
}
