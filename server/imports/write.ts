// Second half of an import: the spooled rows go to their layer's writer, batch by batch, in one transaction.
import type { Db } from '../../db/connect.ts'
import type { Layer, Provenance } from '../http/change.ts'
import { ALL, NOTHING, type Scope, scopeOf } from '../http/scope.ts'
import type { Written } from '../http/writing.ts'
import { writeRegions } from '../regions/service.ts'
import { writeRoads } from '../roads/service.ts'
import { writeGates, writeSchools } from '../schools/service.ts'
import { writeStalls, writeVenues } from '../venues/service.ts'
import { analyzeLayer, findSchoolsByName } from './queries.ts'
import { faults, type Rejections } from './rejections.ts'
import type { Draft } from './rows.ts'
import type { ImportLayer } from './schemas.ts'
import type { Spool } from './spool.ts'

type Write = (trx: Db, rows: never[], provenance: Provenance) => Promise<Written>

const WRITERS: Record<ImportLayer, Write> = {
  regions: writeRegions,
  schools: writeSchools,
  gates: writeGates,
  venues: writeVenues,
  stalls: writeStalls,
  roads: writeRoads,
}

export interface WriteOutcome {
  created: number
  updated: number
  unchanged: number
  scope: Scope
  layers: Layer[]
}

/** From this many written rows on, what the planner knows of the table is out of date. */
const BULK_ROWS = 500

/** Above this many changed places everything is derived again: the lists of ids would cost more than they save. */
const MAX_SCOPED = 20_000

/** Adds up scopes of many batches without copying the ids each time. */
class ScopeSum {
  #of: Scope['of'] = 'nothing'
  readonly #ids = new Set<number>()

  add(scope: Scope): void {
    if (scope.of === 'nothing' || this.#of === 'all') return
    if (scope.of === 'all' || (this.#of !== 'nothing' && this.#of !== scope.of)) {
      this.#of = 'all'
      return
    }
    this.#of = scope.of
    for (const id of scope.ids) this.#ids.add(id)
  }

  get total(): Scope {
    if (this.#of === 'nothing') return NOTHING
    if (this.#of === 'all' || this.#ids.size > MAX_SCOPED) return ALL
    return scopeOf(this.#of, [...this.#ids])
  }
}

export interface WriteRequest {
  layer: ImportLayer
  spool: Spool<Draft>
  provenance: Provenance
  /** Rows the database refuses are added here. */
  rejections: Rejections
  school_column: string | null
  onRow: (rows: number) => void
}

export async function writeRows(trx: Db, request: WriteRequest): Promise<WriteOutcome> {
  const outcome: WriteOutcome = { created: 0, updated: 0, unchanged: 0, scope: NOTHING, layers: [] }
  const scope = new ScopeSum()
  const layers = new Set<Layer>()
  let rows = 0
  for await (const batch of request.spool.batches()) {
    const known = request.layer === 'gates' ? await withSchools(trx, batch, request) : batch
    const answer = await writeBatch(trx, known, request)
    for (const { outcome: what } of answer.written) outcome[what]++
    scope.add(answer.scope)
    for (const layer of answer.layers) layers.add(layer)
    rows += batch.length
    request.onRow(rows)
  }
  if (outcome.created + outcome.updated >= BULK_ROWS) await analyzeLayer(trx, request.layer)
  return { ...outcome, scope: scope.total, layers: [...layers] }
}

async function writeBatch(trx: Db, batch: Draft[], { layer, provenance, rejections }: WriteRequest): Promise<Written> {
  const rows = batch.map(({ input, source_geometry, clear }) => ({
    ...input,
    clear,
    ...(source_geometry === undefined ? {} : { source_geometry }),
  }))
  const answer = await WRITERS[layer](trx, rows as never[], provenance)
  for (const { n, column, code, detail } of answer.refused) {
    const fault = code === 'invalid_geometry' ? faults.invalidShape(detail) : faults.database(column, code, detail)
    rejections.add(batch[n]!.row, fault)
  }
  return answer
}

/** Gates that name their school get its id; those whose school is not there are rejected. */
async function withSchools(trx: Db, batch: Draft[], { rejections, school_column }: WriteRequest): Promise<Draft[]> {
  const named = batch.flatMap((draft, n) => {
    const { geometry, school_id, school_external_id } = draft.input as {
      geometry: { coordinates: [number, number] }
      school_id?: number
      school_external_id?: string
    }
    if (draft.school_name === undefined || school_id !== undefined || school_external_id !== undefined) return []
    const [lon, lat] = geometry.coordinates
    return [{ n, name: draft.school_name, lon, lat }]
  })
  if (named.length === 0) return batch
  const ids = await findSchoolsByName(trx, named)
  const isNamed = new Set(named.map(({ n }) => n))
  return batch.flatMap((draft, n) => {
    if (!isNamed.has(n)) return [draft]
    const id = ids.get(n)
    if (id !== undefined) return [{ ...draft, input: { ...draft.input, school_id: id } }]
    rejections.add(draft.row, faults.schoolUnknown(school_column, draft.school_name))
    return []
  })
}
