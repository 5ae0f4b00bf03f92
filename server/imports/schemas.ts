import { type Static, Type } from 'typebox'
import { Link } from '../geo/geojson.ts'
import { DateTime, nullable, ProblemBody } from '../http/schemas.ts'

export const IMPORT_LAYERS = ['regions', 'schools', 'gates', 'venues', 'stalls', 'roads'] as const
export type ImportLayer = (typeof IMPORT_LAYERS)[number]

/** stored: committed; dry_run: everything was done and undone; refused: nothing was stored, refusal says why. */
export const IMPORT_OUTCOMES = ['stored', 'dry_run', 'refused'] as const

/** How many rejections are listed; all are counted. */
export const LISTED_REJECTIONS = 1000

const Message = {
  code: Type.String({ description: 'stable lower-snake code' }),
  message_zh: Type.String(),
  message_en: Type.String(),
}

export const Rejection = Type.Object({
  row: Type.Integer({ description: 'as a person counts: the row Excel shows, or the number of the feature' }),
  column: nullable(Type.String({ description: 'column of the file' })),
  ...Message,
  expected: nullable(Type.String({ description: 'what would be right' })),
})
export type Rejection = Static<typeof Rejection>

export const Warning = Type.Object(Message)
export type Warning = Static<typeof Warning>

export const ImportCounts = Type.Object({
  accepted: Type.Integer({ description: 'rows that are right: created + updated + unchanged' }),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer({ description: 'stored like this already, or repeated in the file' }),
  rejected: Type.Integer(),
})
export type ImportCounts = Static<typeof ImportCounts>

const about = {
  layer: Type.Enum([...IMPORT_LAYERS]),
  file_name: Type.String(),
  file_sha256: Type.String(),
  format: Type.String(),
  encoding: nullable(Type.String()),
  crs: Type.String({ description: 'coordinate system as stated, in canonical form' }),
  source: Type.String(),
}

export const ImportResult = Type.Object({
  outcome: Type.Enum([...IMPORT_OUTCOMES]),
  import_id: nullable(Type.Integer({ description: 'null when nothing was stored' })),
  ...about,
  columns: Type.Record(Type.String(), Type.String(), { description: 'field -> column it was read from' }),
  ...ImportCounts.properties,
  rejections: Type.Array(Rejection, { description: `the first ${LISTED_REJECTIONS}; rejected counts all` }),
  warnings: Type.Array(Warning),
  findings: Type.Object({ opened: Type.Integer(), superseded: Type.Integer(), ended: Type.Integer() }),
  refusal: nullable(Type.Object(Message)),
})
export type ImportResult = Static<typeof ImportResult>

/** A refusal because of the rows: a problem with the whole answer beside it. */
export const ImportProblem = Type.Object({ ...ProblemBody.properties, import: Type.Optional(ImportResult) })
export type ImportProblem = Static<typeof ImportProblem>

/** Text parts of the multipart body; `file` comes with them. */
export const ImportFields = Type.Object(
  {
    layer: Type.Enum([...IMPORT_LAYERS]),
    crs: Type.String({ minLength: 1, description: 'wgs84, cgcs2000, gcj02, bd09 or EPSG:n; never guessed' }),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'the file name when missing' })),
    encoding: Type.Optional(Type.String({ description: 'text encoding; detected when missing' })),
    sheet: Type.Optional(Type.String({ description: 'worksheet, or layer of a zip with several shapefiles' })),
    map: Type.Optional(Type.Array(Type.String({ description: 'field=column, repeatable' }))),
    set: Type.Optional(Type.Array(Type.String({ description: 'field=value for every row, repeatable' }))),
    position_error_m: Type.Optional(Type.Number({ minimum: 0, maximum: 500 })),
    dry_run: Type.Optional(Type.Boolean()),
    strict: Type.Optional(Type.Boolean({ description: 'store nothing when any row is rejected' })),
  },
  { additionalProperties: false },
)
export type ImportFields = Static<typeof ImportFields>

const recorded = {
  id: Type.Integer(),
  ...about,
  options: Type.Record(Type.String(), Type.Unknown()),
  ...ImportCounts.properties,
  warnings: Type.Array(Warning),
  imported_by: Type.String(),
  created_at: DateTime,
}

export const ImportSummary = Type.Object(recorded)
export type ImportSummary = Static<typeof ImportSummary>
export const ImportRecord = Type.Object({ ...recorded, rejections: Type.Array(Rejection) })
export type ImportRecord = Static<typeof ImportRecord>

export const ImportQuery = Type.Object({
  layer: Type.Optional(Type.Enum([...IMPORT_LAYERS])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ description: 'from the next link' })),
})
export type ImportQuery = Static<typeof ImportQuery>

export const ImportList = Type.Object({
  numberMatched: Type.Integer(),
  numberReturned: Type.Integer(),
  links: Type.Array(Link),
  imports: Type.Array(ImportSummary, { description: 'newest first' }),
})
export type ImportList = Static<typeof ImportList>
