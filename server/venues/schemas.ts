import { type Static, Type } from 'typebox'
import { ArealGeometry, collectionOf, featureOf, PointGeometry } from '../geo/geojson.ts'
import {
  DateOnly,
  DateTime,
  ExternalRef,
  IDENTITY,
  NullableDate,
  NullableText,
  nullable,
  Versioned,
} from '../http/schemas.ts'
import { VENUE_KINDS } from '../imports/classify/kinds.ts'

export const VENUE_STATUSES = ['open', 'suspended', 'closed'] as const
export const KIND_SOURCES = ['licence', 'industry', 'poi', 'osm', 'name', 'given'] as const
export const DOOR_KINDS = ['main', 'side', 'fire_exit'] as const
export const STALL_TYPES = ['mobile', 'fixed', 'shop_overflow', 'open_market'] as const

const PositionError = Type.Number({ minimum: 0, maximum: 500, description: 'uncertainty of the coordinates, metres' })

export const Door = Type.Object(
  {
    kind: Type.Enum([...DOOR_KINDS]),
    position: Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: '[lon, lat], WGS-84' }),
    position_error_m: Type.Optional(PositionError),
  },
  { additionalProperties: false },
)
export type Door = Static<typeof Door>

export const VenueInput = Type.Object(
  {
    ...ExternalRef,
    name: Type.String({ minLength: 1, maxLength: 200, description: 'the shop sign, never an owner' }),
    kind: Type.Enum([...VENUE_KINDS]),
    kind_source: Type.Optional(Type.Enum([...KIND_SOURCES])),
    kind_confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    kind_matched: NullableText,
    status: Type.Optional(Type.Enum([...VENUE_STATUSES])),
    address: NullableText,
    licence_no: NullableText,
    licence_issued_on: NullableDate,
    licence_expires_on: NullableDate,
    opened_on: NullableDate,
    is_internal: Type.Optional(Type.Boolean()),
    codes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    position_error_m: Type.Optional(PositionError),
    doors: Type.Optional(Type.Array(Door, { maxItems: 20 })),
    footprint: Type.Optional(nullable(ArealGeometry)),
    geometry: PointGeometry,
  },
  { additionalProperties: false },
)
export type VenueInput = Static<typeof VenueInput>
export const VenueChange = Type.Partial(Type.Omit(VenueInput, [...IDENTITY]), { additionalProperties: false })
export type VenueChange = Static<typeof VenueChange>

export const VenueProperties = Type.Object({
  name: Type.String(),
  kind: Type.String(),
  kind_source: Type.String(),
  kind_confidence: Type.Number(),
  kind_matched: nullable(Type.String()),
  status: Type.String(),
  region_code: nullable(Type.String()),
  station_code: nullable(Type.String()),
  address: nullable(Type.String()),
  licence_no: nullable(Type.String()),
  licence_issued_on: nullable(DateOnly),
  licence_expires_on: nullable(DateOnly),
  opened_on: nullable(DateOnly),
  closed_on: nullable(DateOnly),
  closed_reason: nullable(Type.String()),
  is_internal: Type.Boolean(),
  position_error_m: Type.Number(),
  findings: Type.Integer({ description: 'current findings (as_of aware)' }),
  doors: Type.Optional(Type.Array(Door, { description: 'only when one venue is asked for' })),
  footprint: Type.Optional(nullable(ArealGeometry)),
  ...Versioned,
})
export const Venue = featureOf(PointGeometry, VenueProperties)
export type Venue = Static<typeof Venue>
export const VenueCollection = collectionOf(Venue)

export const StallInput = Type.Object(
  {
    ...ExternalRef,
    name: NullableText,
    stall_type: Type.Optional(Type.Enum([...STALL_TYPES])),
    goods: NullableText,
    sighted_at: DateTime,
    position_error_m: Type.Optional(PositionError),
    geometry: PointGeometry,
  },
  { additionalProperties: false },
)
export type StallInput = Static<typeof StallInput>
export const StallChange = Type.Partial(Type.Omit(StallInput, [...IDENTITY]), { additionalProperties: false })
export type StallChange = Static<typeof StallChange>

export const StallProperties = Type.Object({
  name: nullable(Type.String()),
  stall_type: Type.String(),
  status: Type.String(),
  goods: nullable(Type.String()),
  sighted_at: DateTime,
  cleared_on: nullable(DateOnly),
  cleared_reason: nullable(Type.String()),
  region_code: nullable(Type.String()),
  station_code: nullable(Type.String()),
  position_error_m: Type.Number(),
  findings: Type.Integer(),
  ...Versioned,
})
export const Stall = featureOf(PointGeometry, StallProperties)
export type Stall = Static<typeof Stall>
export const StallCollection = collectionOf(Stall)
