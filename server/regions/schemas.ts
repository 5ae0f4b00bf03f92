import { type Static, Type } from 'typebox'
import { ArealGeometry, collectionOf, featureOf, MultiPolygonGeometry } from '../geo/geojson.ts'
import { ExternalRef, IDENTITY, NullableText, Versioned } from '../http/schemas.ts'

export const REGION_KINDS = ['admin', 'police'] as const
export const REGION_LEVELS = ['province', 'city', 'district', 'township', 'community', 'station'] as const

const fields = {
  code: Type.String({ pattern: '^[0-9A-Za-z-]{2,20}$', description: 'GB/T 2260 code, 9 digits for townships' }),
  parent_code: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  kind: Type.Enum([...REGION_KINDS]),
  level: Type.Enum([...REGION_LEVELS]),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  name_en: NullableText,
}

export const RegionInput = Type.Object(
  { ...fields, ...ExternalRef, geometry: ArealGeometry },
  { additionalProperties: false },
)
export type RegionInput = Static<typeof RegionInput>
export const RegionChange = Type.Partial(Type.Omit(RegionInput, [...IDENTITY]), { additionalProperties: false })
export type RegionChange = Static<typeof RegionChange>

export const RegionProperties = Type.Object({
  ...fields,
  parent_code: Type.Union([Type.String(), Type.Null()]),
  name_en: Type.Union([Type.String(), Type.Null()]),
  ...Versioned,
})
export const Region = featureOf(MultiPolygonGeometry, RegionProperties)
export type Region = Static<typeof Region>
export const RegionCollection = collectionOf(Region)
