// An import from file to findings: read everything, then write everything in one transaction, or nothing.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../db/connect.ts'
import { rederive } from '../findings/service.ts'
import { type Crs, conversionVersion, parseCrs } from '../geo/crs.ts'
import type { ApplyChange, Change, FindingsChanged, Provenance } from '../http/change.ts'
import { checkHint, refusalOfRows } from './crs-checks.ts'
import { type OpenedSource, openSource } from './formats/index.ts'
import { type Assignments, assertFields, type Mapping, mapColumns } from './mapping.ts'
import { plausibilityWarnings } from './plausibility.ts'
import { completeImport, createImport } from './queries.ts'
import { type ReadOutcome, readRows } from './read.ts'
import { asRefusal, refuse } from './refusals.ts'
import type { Draft } from './rows.ts'
import type { ImportLayer, ImportResult, Warning } from './schemas.ts'
import { openSpool, type Spool } from './spool.ts'
import { warnings } from './warnings.ts'
import { writeRows } from './write.ts'

export interface ImportOptions {
  layer: ImportLayer
  path: string
  /** The name the sender gave. */
  file_name: string
  /** Never guessed. */
  crs: string
  /** Who delivered the rows; external ids are unique within it. The file name when missing. */
  source?: string | undefined
  encoding?: string | undefined
  /** Worksheet, or layer of a zip with several. */
  sheet?: string | undefined
  /** Field -> column, place fields (lon, lat, wkt) included. */
  map?: Assignments | undefined
  /** Field -> value for rows without one of their own. */
  set?: Assignments | undefined
  position_error_m?: number | undefined
  dry_run?: boolean | undefined
  /** Store nothing when any row is rejected. */
  strict?: boolean | undefined
  imported_by: string
  /** Directory for temporary files; the system's when missing. */
  tmp_dir?: string | undefined
}

export interface ImportProgress {
  phase: 'reading' | 'writing' | 'deriving'
  rows: number
  /** Null while the file is being read: nobody knows yet. */
  total: number | null
}

const NO_FINDINGS: FindingsChanged = { opened: 0, superseded: 0, ended: 0 }

/** Carries an answer out of a transaction that must leave nothing behind. */
class Undone extends Error {
  readonly result: ImportResult
  constructor(result: ImportResult) {
    super('the import was undone')
    this.result = result
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

interface Job {
  options: ImportOptions
  crs: Crs
  source: OpenedSource
  mapping: Mapping
  spool: Spool<Draft>
  warnings: Warning[]
  result: ImportResult
  onProgress: (progress: ImportProgress) => void
}

/**
 * Imports one file. Faults of rows are data in the result; `outcome` tells whether anything was stored.
 * @throws Problem for a file that cannot be an import as a whole: unreadable, wrong columns, contradicted CRS.
 */
export async function importFile(
  applyChange: ApplyChange,
  options: ImportOptions,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportResult> {
  try {
    const crs = parseCrs(options.crs)
    const { lon, lat, wkt } = options.map ?? {}
    assertFields(options.layer, options.map ?? {}, 'with_places')
    assertFields(options.layer, options.set ?? {}, 'without_places')
    const source = await openSource(options.path, {
      file_name: options.file_name,
      ...given({ encoding: options.encoding, sheet: options.sheet, lon_column: lon, lat_column: lat, wkt_column: wkt }),
    })
    try {
      return await importSource(applyChange, options, crs, source, onProgress)
    } finally {
      await source.close()
    }
  } catch (error) {
    throw asRefusal(error)
  }
}

const given = <Values extends Record<string, string | undefined>>(
  values: Values,
): Partial<Record<keyof Values, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<keyof Values, string>
  >

async function importSource(
  applyChange: ApplyChange,
  options: ImportOptions,
  crs: Crs,
  source: OpenedSource,
  onProgress: Job['onProgress'],
): Promise<ImportResult> {
  const hints = checkHint(crs, source.crs_hint)
  const mapping = mapColumns(options.layer, source.columns, options.map ?? {}, constantsOf(options))
  const places = source.geometry_columns
  if (places && !places.wkt && !(places.lon && places.lat)) throw refuse.placeMissing(source.columns)
  const spool = await openSpool<Draft>(options.tmp_dir)
  try {
    const result = blankResult(options, crs, source, mapping, await sha256Of(options.path))
    return await runJob(applyChange, {
      options,
      crs,
      source,
      mapping,
      spool,
      warnings: hints,
      result,
      onProgress,
    })
  } finally {
    await spool.close()
  }
}

/** --position-error is the constant of a field like any other. */
const constantsOf = ({ set = {}, position_error_m }: ImportOptions): Assignments =>
  position_error_m === undefined ? set : { position_error_m: String(position_error_m), ...set }

const blankResult = (
  { layer, file_name, source: sender }: ImportOptions,
  crs: Crs,
  source: OpenedSource,
  mapping: Mapping,
  file_sha256: string,
): ImportResult => ({
  outcome: 'refused',
  import_id: null,
  layer,
  file_name,
  file_sha256,
  format: source.format,
  encoding: source.encoding,
  crs,
  source: sender ?? file_name,
  columns: { ...Object.fromEntries(mapping.columns), ...placeColumns(source) },
  accepted: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  rejections: [],
  warnings: [],
  findings: NO_FINDINGS,
  refusal: null,
})

const placeColumns = ({ geometry_columns }: OpenedSource): Record<string, string> =>
  Object.fromEntries(
    Object.entries(geometry_columns ?? {}).filter((entry): entry is [string, string] => entry[1] !== null),
  )

async function runJob(applyChange: ApplyChange, job: Job): Promise<ImportResult> {
  const { options, onProgress } = job
  const read = await readRows({
    ...job,
    layer: options.layer,
    onRow: (rows) => onProgress({ phase: 'reading', rows, total: null }),
  })
  if (read.rows === 0) throw refuse.noRows(options.file_name)
  const refusal =
    refusalOfRows(read.rows, read.drafts, read.rejections, job.crs, read.misplaced) ?? strictRefusal(job, read)
  if (refusal) return { ...job.result, ...rejectedOf(read), warnings: warningsOf(job, read), refusal }
  try {
    const { result, findings } = await applyChange(`${options.layer}.import`, (trx) => store(trx, job, read))
    return { ...result, findings }
  } catch (error) {
    if (error instanceof Undone) return error.result
    throw error
  }
}

const rejectedOf = ({ rejections }: ReadOutcome) => ({
  rejected: rejections.count,
  rejections: rejections.listed.toSorted((a, b) => a.row - b.row),
})

const strictRefusal = ({ options }: Job, { rejections }: ReadOutcome): ImportResult['refusal'] =>
  options.strict && rejections.count > 0
    ? {
        code: 'rows_rejected',
        message_zh: `有 ${rejections.count} 行不合格；按严格模式，未保存任何内容。`,
        message_en: `${rejections.count} rows were rejected; in strict mode nothing was stored.`,
      }
    : null

function warningsOf(job: Job, read: ReadOutcome): Warning[] {
  const found = [...job.warnings]
  if (read.repeats > 0) found.push(warnings.repeated(read.repeats, read.listed_repeats))
  if (read.rough_points * 10 > read.points) found.push(warnings.lowPrecision(read.rough_points, read.points))
  if (read.doubtful > 0) found.push(warnings.doubtful(read.doubtful, read.listed_doubtful))
  if (read.unclear_kinds > 0) found.push(warnings.kindUnclear(read.unclear_kinds, read.drafts))
  return found
}

/** The work inside the transaction. @throws Undone where nothing may stay. */
async function store(trx: Db, job: Job, read: ReadOutcome): Promise<Change<ImportResult>> {
  const { options, crs, onProgress, result: blank } = job
  const looked = await plausibilityWarnings(trx, options.layer, crs, read.sample)
  const { map, set, position_error_m, strict, sheet, encoding } = options
  const import_id = await createImport(trx, {
    ...blank,
    options: { map, set, position_error_m, strict, sheet, encoding, columns: blank.columns },
    imported_by: options.imported_by,
  })
  const conversion = conversionVersion(crs)
  const provenance: Provenance = {
    source: blank.source,
    source_crs: crs,
    conversion: conversion === 'identity' ? null : conversion,
    import_id,
  }
  const written = await writeRows(trx, {
    ...job,
    layer: options.layer,
    provenance,
    rejections: read.rejections,
    school_column: job.mapping.columns.get('school_name') ?? null,
    onRow: (rows) => onProgress({ phase: 'writing', rows, total: read.drafts }),
  })
  const { created, updated, unchanged, scope, layers } = written
  const result: ImportResult = {
    ...blank,
    ...rejectedOf(read),
    outcome: 'stored',
    import_id,
    created,
    updated,
    unchanged: unchanged + read.repeats,
    accepted: created + updated + unchanged + read.repeats,
    warnings: [...warningsOf(job, read), ...looked],
  }
  onProgress({ phase: 'deriving', rows: read.drafts, total: read.drafts })
  await settle(trx, job, read, result, scope)
  await completeImport(trx, import_id, result)
  return { result, scope, layers }
}

/** Ends the transaction where it must leave nothing behind: refused after all, or only tried. */
async function settle(trx: Db, job: Job, read: ReadOutcome, result: ImportResult, scope: Change<unknown>['scope']) {
  const nothing = result.created + result.updated + result.unchanged === 0
  const refusal = nothing
    ? refusalOfRows(read.rows, 0, read.rejections, job.crs, read.misplaced)
    : strictRefusal(job, read)
  if (refusal) {
    const counts = { accepted: 0, created: 0, updated: 0, unchanged: 0 }
    throw new Undone({ ...result, ...counts, outcome: 'refused', import_id: null, refusal })
  }
  if (job.options.dry_run) {
    const findings = await rederive(trx, scope)
    throw new Undone({ ...result, outcome: 'dry_run', import_id: null, findings })
  }
}
