import { type Static, Type } from 'typebox'

/** Shapes that several domains share: provenance, versions, list filters, problem bodies. */
export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const NullableText = Type.Optional(nullable(Type.String({ maxLength: 500 })))
export const DateOnly = Type.String({ format: 'date', description: 'YYYY-MM-DD' })
export const NullableDate = Type.Optional(nullable(DateOnly))
export const DateTime = Type.String({ format: 'date-time' })

export const ExternalRef = {
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'who delivered the row' })),
  external_id: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 200 }))),
}

/** Fields of ExternalRef: an import finds the row by them, so a change of the row leaves them alone. */
export const IDENTITY = ['source', 'external_id'] as const

/** Row version and where the row came from. */
export const Versioned = {
  source: Type.String(),
  external_id: nullable(Type.String()),
  source_crs: Type.String({ description: 'CRS the coordinates were delivered in' }),
  conversion: nullable(Type.String({ description: 'conversion to WGS-84 and its version; null when none was needed' })),
  version: Type.Integer({ minimum: 1 }),
  valid_from: DateTime,
}

export const IdParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
export type IdParams = Static<typeof IdParams>

/** List filters every collection understands; a collection adds its own. */
export const ListQuery = {
  bbox: Type.Optional(Type.String({ description: 'minLon,minLat,maxLon,maxLat in WGS-84' })),
  region: Type.Optional(
    Type.String({ description: 'region code; its whole subtree (admin) or station area (police)' }),
  ),
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of the name or address' })),
  as_of: Type.Optional(Type.String({ format: 'date-time', description: 'answer what was known at this moment' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10000, default: 100 })),
  cursor: Type.Optional(Type.String({ description: 'from the next link' })),
}

/** Query of a single row. */
export const AsOfQuery = Type.Object({ as_of: ListQuery.as_of })

export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'stable lower-snake code' }),
  detail: Type.Optional(Type.String()),
  title_zh: Type.Optional(Type.String()),
  request_id: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(Type.Object({ field: Type.String(), message: Type.String(), expected: Type.Optional(Type.Unknown()) })),
  ),
})
export type ProblemBody = Static<typeof ProblemBody>

/** Body of every close action. */
export const CloseBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500 }), on: NullableDate },
  { additionalProperties: false },
)
export type CloseBody = Static<typeof CloseBody>

/** One facet: each value with the number of rows that the other filters leave. */
export const Facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }))
