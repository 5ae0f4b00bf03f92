import { type Static, Type } from 'typebox'
import { collectionOf, featureOf, PointGeometry, SiteGeometry } from '../geo/geojson.ts'
import { DateOnly, ExternalRef, IDENTITY, NullableDate, NullableText, nullable, Versioned } from '../http/schemas.ts'
import { SCHOOL_KINDS } from '../imports/classify/kinds.ts'

export const SCHOOL_STATUSES = ['open', 'planned', 'closed'] as const
export const GATE_KINDS = ['main', 'side', 'back'] as const
export const BELL_PERIODS = ['arrival', 'noon_dismissal', 'noon_arrival', 'dismissal', 'evening_dismissal'] as const
export const DAY_TYPES = ['term', 'holiday', 'exam', 'boarding_return'] as const

const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$', description: 'local time HH:MM' })
export const BellTime = Type.Object(
  {
    period: Type.Enum([...BELL_PERIODS]),
    day_type: Type.Enum([...DAY_TYPES]),
    weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, description: 'ISO, 1 = Monday' }),
    starts: Time,
    ends: Time,
    label: NullableText,
  },
  { additionalProperties: false },
)
export type BellTime = Static<typeof BellTime>

export const PositionError = Type.Number({
  minimum: 0,
  maximum: 500,
  description: 'horizontal uncertainty of the coordinates, metres',
})

export const SchoolInput = Type.Object(
  {
    ...ExternalRef,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    kinds: Type.Array(Type.Enum([...SCHOOL_KINDS]), { minItems: 1, uniqueItems: true }),
    status: Type.Optional(Type.Enum([...SCHOOL_STATUSES])),
    address: NullableText,
    students: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 100000 }))),
    established_on: NullableDate,
    position_error_m: Type.Optional(PositionError),
    bell_times: Type.Optional(Type.Array(BellTime, { maxItems: 50 })),
    geometry: SiteGeometry,
  },
  { additionalProperties: false, description: 'geometry: campus boundary, or a point when the boundary is not known' },
)
export type SchoolInput = Static<typeof SchoolInput>
export const SchoolChange = Type.Partial(Type.Omit(SchoolInput, [...IDENTITY]), { additionalProperties: false })
export type SchoolChange = Static<typeof SchoolChange>

export const SchoolProperties = Type.Object({
  name: Type.String(),
  kinds: Type.Array(Type.String()),
  status: Type.String(),
  region_code: nullable(Type.String()),
  station_code: nullable(Type.String()),
  address: nullable(Type.String()),
  students: nullable(Type.Integer()),
  established_on: nullable(DateOnly),
  closed_on: nullable(DateOnly),
  closed_reason: nullable(Type.String()),
  is_point_only: Type.Boolean(),
  position: Type.Array(Type.Number()),
  position_error_m: Type.Number(),
  gates: Type.Integer({ description: 'open gates' }),
  findings: Type.Integer({ description: 'current findings (as_of aware)' }),
  bell_times: Type.Optional(Type.Array(BellTime, { description: 'only when one school is asked for' })),
  ...Versioned,
})
export const School = featureOf(SiteGeometry, SchoolProperties)
export type School = Static<typeof School>
export const SchoolCollection = collectionOf(School)

export const GateInput = Type.Object(
  {
    ...ExternalRef,
    school_id: Type.Optional(Type.Integer({ description: 'or school_external_id with source' })),
    school_external_id: Type.Optional(Type.String()),
    name: NullableText,
    kind: Type.Enum([...GATE_KINDS]),
    is_student_gate: Type.Optional(Type.Boolean()),
    opened_on: NullableDate,
    position_error_m: Type.Optional(PositionError),
    geometry: PointGeometry,
  },
  { additionalProperties: false },
)
export type GateInput = Static<typeof GateInput>
export const GateChange = Type.Partial(Type.Omit(GateInput, [...IDENTITY, 'school_external_id']), {
  additionalProperties: false,
})
export type GateChange = Static<typeof GateChange>

export const GateProperties = Type.Object({
  school_id: Type.Integer(),
  name: nullable(Type.String()),
  kind: Type.String(),
  is_student_gate: Type.Boolean(),
  status: Type.String(),
  opened_on: nullable(DateOnly),
  closed_on: nullable(DateOnly),
  closed_reason: nullable(Type.String()),
  position_error_m: Type.Number(),
  ...Versioned,
})
export const Gate = featureOf(PointGeometry, GateProperties)
export type Gate = Static<typeof Gate>
export const GateCollection = collectionOf(Gate)
