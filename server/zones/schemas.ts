import { type Static, Type } from 'typebox'
import { collectionOf, featureOf, MultiPolygonGeometry } from '../geo/geojson.ts'
import { DateTime, nullable } from '../http/schemas.ts'

export const ZoneProperties = Type.Object({
  school_id: Type.Integer(),
  school_name: Type.String(),
  measure_from: Type.String(),
  metric: Type.String({ description: 'walking zones are drawn as their straight-line screening area' }),
  threshold_m: Type.Number(),
  rule_codes: Type.Array(Type.String()),
  region_code: nullable(Type.String()),
  valid_from: DateTime,
})
export const Zone = featureOf(MultiPolygonGeometry, ZoneProperties)
export type Zone = Static<typeof Zone>
export const ZoneCollection = collectionOf(Zone)
