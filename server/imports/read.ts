// First half of an import: every row of the file is read, converted and checked; what passes waits in a spool.
import { setImmediate as breathe } from 'node:timers/promises'
import type { Position } from 'geojson'
import type { Crs, LonLat } from '../geo/crs.ts'
import { firstPosition, isMisplaced } from './crs-checks.ts'
import type { OpenedSource, SourceRow } from './formats/index.ts'
import { type Cells, cellsOf, type Mapping } from './mapping.ts'
import { boxOf, type Place, placeOf } from './place.ts'
import type { SampleRow } from './queries.ts'
import { refuse } from './refusals.ts'
import { faults, Rejections } from './rejections.ts'
import { RepeatFinder } from './repeats.ts'
import { type Draft, draftOf } from './rows.ts'
import { Sampler } from './sampler.ts'
import type { ImportLayer } from './schemas.ts'
import type { Spool } from './spool.ts'

/** More rows than any city has; a file beyond it is most likely the wrong one. */
const MAX_ROWS = 5_000_000
/** Rows between two pauses that let a server answer others. */
const ROWS_PER_TURN = 500
const SAMPLE_ROWS = 2000
const LISTED_ROWS = 10

export interface ReadOutcome {
  rows: number
  drafts: number
  repeats: number
  listed_repeats: [row: number, first: number][]
  rejections: Rejections
  sample: SampleRow[]
  /** First position that does not fit the stated system, as delivered. */
  misplaced: Position | undefined
  /** Points with three decimals or fewer, of how many. */
  rough_points: number
  points: number
  unclear_kinds: number
  doubtful: number
  /** The first doubtful rows. */
  listed_doubtful: number[]
}

export interface ReadRequest {
  layer: ImportLayer
  crs: Crs
  source: OpenedSource
  mapping: Mapping
  spool: Spool<Draft>
  onRow: (rows: number) => void
}

const centre = (place: Place): LonLat => {
  const { west, south, east, north } = boxOf(place.geometry as { coordinates: unknown })
  return [(west + east) / 2, (south + north) / 2]
}

const isRough = (value: number | undefined): boolean =>
  value !== undefined && Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6

const keyOf = (layer: ImportLayer, input: object): string => {
  const { code, name } = input as { code?: string; name?: string }
  return (layer === 'regions' ? code : name) ?? ''
}

/** @throws SourceError where the rest of the file cannot be read, Problem for too many rows. */
export async function readRows(request: ReadRequest): Promise<ReadOutcome> {
  const reading = new Reading(request)
  for await (const row of request.source.rows()) {
    await reading.take(row)
    if (reading.outcome.rows > MAX_ROWS) throw refuse.tooManyRows(MAX_ROWS)
    if (reading.outcome.rows % ROWS_PER_TURN === 0) {
      request.onRow(reading.outcome.rows)
      await breathe()
    }
  }
  return reading.finish()
}

class Reading {
  readonly outcome: ReadOutcome = {
    rows: 0,
    drafts: 0,
    repeats: 0,
    listed_repeats: [],
    rejections: new Rejections(),
    sample: [],
    misplaced: undefined,
    rough_points: 0,
    points: 0,
    unclear_kinds: 0,
    doubtful: 0,
    listed_doubtful: [],
  }
  readonly #request: ReadRequest
  readonly #repeats: RepeatFinder
  readonly #sampler = new Sampler<SampleRow>(SAMPLE_ROWS)

  constructor(request: ReadRequest) {
    this.#request = request
    this.#repeats = new RepeatFinder(request.layer)
  }

  async take(row: SourceRow): Promise<void> {
    const { layer, crs, mapping, spool } = this.#request
    this.outcome.rows++
    const place = placeOf(layer, crs, row)
    if ('code' in place) {
      if (isMisplaced(place.code) && row.geometry) this.outcome.misplaced ??= firstPosition(row.geometry)
      return this.outcome.rejections.add(row.row, place)
    }
    const cells = cellsOf(mapping, row)
    const draft = draftOf(layer, cells, place)
    if (Array.isArray(draft)) {
      // One line per row: the first fault; the others show when it is mended.
      return this.outcome.rejections.add(row.row, draft[0]!)
    }
    if (this.#isRepeat(draft, cells)) return
    this.#note(row, draft, place)
    await spool.append(draft)
  }

  #isRepeat(draft: Draft, cells: Cells): boolean {
    const { layer } = this.#request
    const repeat = this.#repeats.find(draft.row, { ...draft.input, school_name: draft.school_name })
    if (!repeat) return false
    if (repeat.by === 'id' && !repeat.is_identical) {
      const field = layer === 'regions' ? 'code' : 'external_id'
      const id = (draft.input as Record<string, unknown>)[field]
      this.outcome.rejections.add(draft.row, faults.duplicateId(cells.columnOf(field), String(id), repeat.row))
      return true
    }
    this.outcome.repeats++
    if (this.outcome.listed_repeats.length < LISTED_ROWS) this.outcome.listed_repeats.push([draft.row, repeat.row])
    return true
  }

  #note(row: SourceRow, draft: Draft, place: Place): void {
    this.outcome.drafts++
    if ((draft.input as { kind?: string }).kind === 'other') this.outcome.unclear_kinds++
    if (draft.is_doubtful) {
      this.outcome.doubtful++
      if (this.outcome.listed_doubtful.length < LISTED_ROWS) this.outcome.listed_doubtful.push(draft.row)
    }
    if (row.geometry?.type === 'Point' && !this.#request.crs.startsWith('EPSG:')) {
      this.outcome.points++
      if (row.geometry.coordinates.slice(0, 2).every(isRough)) this.outcome.rough_points++
    }
    this.#sampler.offer(() => ({ key: keyOf(this.#request.layer, draft.input), position: centre(place) }))
  }

  finish(): ReadOutcome {
    return { ...this.outcome, sample: this.#sampler.items }
  }
}
