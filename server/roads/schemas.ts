import { type Static, Type } from 'typebox'
import { collectionOf, featureOf, LineStringGeometry } from '../geo/geojson.ts'
import { ExternalRef, NullableText, nullable, Versioned } from '../http/schemas.ts'

export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'service',
  'pedestrian',
  'footway',
  'cycleway',
  'steps',
  'track',
] as const
export const ONEWAYS = ['no', 'forward', 'backward'] as const
export const CROSSINGS = ['signals', 'marked', 'unmarked', 'overpass', 'underpass'] as const

export const RoadInput = Type.Object(
  {
    ...ExternalRef,
    name: NullableText,
    class: Type.Enum([...ROAD_CLASSES]),
    oneway: Type.Optional(Type.Enum([...ONEWAYS])),
    is_bridge: Type.Optional(Type.Boolean()),
    crossing: Type.Optional(nullable(Type.Enum([...CROSSINGS]))),
    foot: Type.Optional(Type.Boolean()),
    bicycle: Type.Optional(Type.Boolean()),
    car: Type.Optional(Type.Boolean()),
    geometry: LineStringGeometry,
  },
  { additionalProperties: false },
)
export type RoadInput = Static<typeof RoadInput>

export const RoadProperties = Type.Object({
  name: nullable(Type.String()),
  class: Type.String(),
  oneway: Type.String(),
  is_bridge: Type.Boolean(),
  crossing: nullable(Type.String()),
  foot: Type.Boolean(),
  bicycle: Type.Boolean(),
  car: Type.Boolean(),
  length_m: Type.Number(),
  ...Versioned,
})
export const Road = featureOf(LineStringGeometry, RoadProperties)
export type Road = Static<typeof Road>
export const RoadCollection = collectionOf(Road)
