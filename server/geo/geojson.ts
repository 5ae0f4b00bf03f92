import { type Static, Type } from 'typebox'

/** GeoJSON shapes (RFC 7946). Positions are [lon, lat] in WGS-84 (EPSG:4326) unless a field says otherwise. */
export const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 })
const coordinates = { point: Position, line: Type.Array(Position), polygon: Type.Array(Type.Array(Position)) }

export const PointGeometry = Type.Object({ type: Type.Literal('Point'), coordinates: coordinates.point })
export type PointGeometry = Static<typeof PointGeometry>
export const LineStringGeometry = Type.Object({ type: Type.Literal('LineString'), coordinates: coordinates.line })
export type LineStringGeometry = Static<typeof LineStringGeometry>
export const PolygonGeometry = Type.Object({ type: Type.Literal('Polygon'), coordinates: coordinates.polygon })
export const MultiPolygonGeometry = Type.Object({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(coordinates.polygon),
})
export const ArealGeometry = Type.Union([PolygonGeometry, MultiPolygonGeometry])
export type ArealGeometry = Static<typeof ArealGeometry>
export const SiteGeometry = Type.Union([PointGeometry, PolygonGeometry, MultiPolygonGeometry])
export type SiteGeometry = Static<typeof SiteGeometry>

export const Bbox = Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })
export type Bbox = [min_lon: number, min_lat: number, max_lon: number, max_lat: number]

export const Link = Type.Object({ rel: Type.String(), href: Type.String(), type: Type.Optional(Type.String()) })

/** Feature and FeatureCollection of one geometry and properties type, with the OGC API counting members. */
export const featureOf = <G extends Type.TSchema, P extends Type.TSchema>(geometry: G, properties: P) =>
  Type.Object({ type: Type.Literal('Feature'), id: Type.Integer(), geometry, properties })

export const collectionOf = <F extends Type.TSchema>(feature: F) =>
  Type.Object({
    type: Type.Literal('FeatureCollection'),
    numberMatched: Type.Integer({ description: 'rows that satisfy the filters' }),
    numberReturned: Type.Integer(),
    timeStamp: Type.String({ format: 'date-time' }),
    links: Type.Array(Link, { description: "rel 'next' leads to the next page, by cursor" }),
    features: Type.Array(feature),
  })
