import type { Geometry } from 'geojson'

export const FORMATS = ['geojson', 'csv', 'xlsx', 'shapefile'] as const
export type Format = (typeof FORMATS)[number]

/** A cell or attribute. Text stays text (codes keep their leading zeros); dates are ISO 8601 text without a zone. */
export type SourceValue = string | number | boolean | null

/** Why one row cannot be used although the file can be read. Data, not an exception. */
export interface RowProblem {
  code: RowProblemCode
  /** The source column, or null where the fault has none (a shape, a feature). */
  column: string | null
  message_zh: string
  message_en: string
}

export type RowProblemCode =
  | 'coordinate_missing'
  | 'coordinate_not_a_number'
  | 'wkt_invalid'
  | 'geometry_invalid'
  | 'json_invalid'
  | 'too_many_cells'
  | 'text_invalid'

export interface SourceRow {
  /** 1-based, as a person would count: the row Excel shows (CSV, XLSX), the feature or record number otherwise. */
  row: number
  properties: Record<string, SourceValue>
  /** In the coordinate system of the source, untouched; null where the row has none or `problem` explains it. */
  geometry: Geometry | null
  problem: RowProblem | null
}

/** The columns a table's geometry is read from. */
export interface GeometryColumns {
  lon: string | null
  lat: string | null
  wkt: string | null
}

export interface OpenedSource {
  format: Format
  /** WHATWG name of the text encoding, null where the format carries none (xlsx). */
  encoding: string | null
  /** Names of the properties. For GeoJSON those of the first 200 features. */
  columns: string[]
  /** A `Crs` of server/geo/crs.ts where recognised, else the name the file gives. Only a hint: data lie about this. */
  crs_hint: string | null
  /** Null for formats with their own geometry. */
  geometry_columns: GeometryColumns | null
  /** Streams from the start at each call. @throws SourceError where the rest of the file cannot be read. */
  rows(): AsyncIterable<SourceRow>
  close(): Promise<void>
}

export interface Limits {
  /** One unpacked part of a zip or xlsx. */
  max_unpacked_bytes: number
  /** Unpacked to packed size of one part, tested beyond the first 8 MiB. Deflate reaches 1,032; spreadsheets about 60. */
  max_ratio: number
  max_entries: number
  /** One CSV record, GeoJSON feature, shape or worksheet text. */
  max_record_bytes: number
  max_columns: number
}

export const DEFAULT_LIMITS: Limits = {
  max_unpacked_bytes: 2 * 1024 ** 3,
  max_ratio: 300,
  max_entries: 10_000,
  max_record_bytes: 32 * 1024 ** 2,
  max_columns: 2_000,
}

export interface SourceOptions {
  /** The name the sender gave, when `path` is a temporary file. */
  file_name?: string
  /** Overrides detection; any name TextDecoder knows, and cp936. */
  encoding?: string
  format?: Format
  lon_column?: string
  lat_column?: string
  wkt_column?: string
  /** Worksheet of a workbook, or layer of a zip with several shapefiles. */
  sheet?: string
  limits?: Partial<Limits>
}

/** What every format's opener receives: the path is a readable file that is not empty. */
export interface OpenRequest {
  path: string
  file_name: string
  options: SourceOptions
  limits: Limits
}
