import { type Static, Type } from 'typebox'
import { DateOnly, DateTime, NullableDate, NullableText, nullable } from '../http/schemas.ts'
import { SCHOOL_KINDS, VENUE_KINDS } from '../imports/classify/kinds.ts'

export const SOURCE_LEVELS = [
  'law',
  'admin_regulation',
  'local_regulation',
  'government_rule',
  'normative_document',
  'policy',
  'standard',
  'action_plan',
  'demo',
] as const
export const COMPARATORS = ['lt', 'lte'] as const
export const MEASURE_FROM = [
  'boundary_any',
  'gate_any',
  'gate_main',
  'gate_student',
  'drawn_polygon',
  'campus_inside',
] as const
export const MEASURE_TO = ['door_nearest', 'door_any', 'door_main', 'footprint_edge', 'licence_point', 'any'] as const
export const METRICS = ['straight', 'walking'] as const
export const SEVERITIES = ['prohibit', 'restrict', 'inspect'] as const
export const GRANDFATHER_POLICIES = [
  'none',
  'until_licence_expiry',
  'at_renewal_or_change',
  'guided_exit',
  'fixed_date',
  'predates_school',
] as const
export const RULE_STATUSES = ['draft', 'reviewed', 'active', 'retired'] as const
export const EVIDENCE_GRADES = ['A', 'B', 'C', 'S'] as const

const Adcode = Type.String({ pattern: '^[0-9]{6}$', description: 'GB/T 2260 code; 000000 is national' })

export const RuleSource = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{1,60}$' }),
    title: Type.String({ minLength: 1, maxLength: 300 }),
    doc_no: NullableText,
    issuer: Type.String({ minLength: 1, maxLength: 200 }),
    jurisdiction: Adcode,
    level: Type.Enum([...SOURCE_LEVELS]),
    promulgated_on: NullableDate,
    effective_from: NullableDate,
    effective_to: NullableDate,
    url: NullableText,
    evidence_grade: Type.Enum([...EVIDENCE_GRADES]),
    notes: Type.Optional(nullable(Type.String({ maxLength: 2000 }))),
  },
  { additionalProperties: false },
)
export type RuleSource = Static<typeof RuleSource>

const fields = {
  article: NullableText,
  title_zh: Type.String({ minLength: 1, maxLength: 200 }),
  title_en: Type.String({ minLength: 1, maxLength: 200 }),
  summary_zh: Type.String({ minLength: 1, maxLength: 1000, description: 'one sentence in our own words' }),
  summary_en: Type.String({ minLength: 1, maxLength: 1000 }),
  official_text: Type.Optional(nullable(Type.String({ maxLength: 20000 }))),
  evidence_grade: Type.Enum([...EVIDENCE_GRADES]),
  jurisdiction: Adcode,
  venue_kinds: Type.Array(Type.Enum([...VENUE_KINDS]), { minItems: 1, uniqueItems: true }),
  school_kinds: Type.Array(Type.Enum([...SCHOOL_KINDS]), { minItems: 1, uniqueItems: true }),
  threshold_m: Type.Number({ minimum: 0, maximum: 2000 }),
  comparator: Type.Enum([...COMPARATORS]),
  measure_from: Type.Enum([...MEASURE_FROM]),
  measure_to: Type.Enum([...MEASURE_TO]),
  metric: Type.Enum([...METRICS]),
  severity: Type.Enum([...SEVERITIES]),
  owner_department: Type.String({ minLength: 1, maxLength: 100 }),
  co_departments: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })),
  grandfather_policy: Type.Optional(Type.Enum([...GRANDFATHER_POLICIES])),
  grandfather_before: NullableDate,
  grandfather_until: NullableDate,
  exempts_internal: Type.Optional(Type.Boolean({ description: 'venues attached to an institution are exempt' })),
  effective_from: DateOnly,
  effective_to: NullableDate,
  notes: Type.Optional(nullable(Type.String({ maxLength: 4000 }))),
}

export const RuleInput = Type.Object(
  { code: Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{1,60}$' }), source_code: Type.String(), ...fields },
  { additionalProperties: false },
)
export type RuleInput = Static<typeof RuleInput>
export const RuleChange = Type.Partial(
  Type.Object({ ...fields, status: Type.Enum([...RULE_STATUSES]) }, { additionalProperties: false }),
)
export type RuleChange = Static<typeof RuleChange>

export const Rule = Type.Object({
  id: Type.Integer(),
  code: Type.String(),
  ...fields,
  official_text: nullable(Type.String()),
  article: nullable(Type.String()),
  co_departments: Type.Array(Type.String()),
  grandfather_policy: Type.String(),
  grandfather_before: nullable(DateOnly),
  grandfather_until: nullable(DateOnly),
  exempts_internal: Type.Boolean(),
  effective_to: nullable(DateOnly),
  notes: nullable(Type.String()),
  status: Type.Enum([...RULE_STATUSES]),
  source: RuleSource,
  findings: Type.Integer(),
  version: Type.Integer(),
  valid_from: DateTime,
})
export type Rule = Static<typeof Rule>
export const RuleList = Type.Object({
  numberMatched: Type.Integer(),
  numberReturned: Type.Integer(),
  rules: Type.Array(Rule),
})

export const RuleSourceList = Type.Object({
  numberMatched: Type.Integer(),
  numberReturned: Type.Integer(),
  sources: Type.Array(RuleSource),
})

/** Shape of db/seed/rules.json. */
export const RuleSeed = Type.Object({
  version: Type.String(),
  sources: Type.Array(RuleSource),
  rules: Type.Array(RuleInput),
})
export type RuleSeed = Static<typeof RuleSeed>
