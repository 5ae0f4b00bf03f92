import type { PointGeometry } from '../geo/geojson.ts'
import { GATE_KINDS, type GateInput } from '../schools/schemas.ts'
import type { RowReader } from './row-reader.ts'

type GateKind = (typeof GATE_KINDS)[number]

const KIND_WORDS: Record<string, GateKind> = {
  主: 'main',
  主门: 'main',
  正门: 'main',
  大门: 'main',
  主校门: 'main',
  侧: 'side',
  侧门: 'side',
  边门: 'side',
  后: 'back',
  后门: 'back',
}

/** What the name of a gate tells; a gate that nothing calls main or back is a side gate. */
const kindOfName = (name: string): GateKind =>
  /正门|大门|主门|主校门|main/i.test(name) ? 'main' : /后门|back/i.test(name) ? 'back' : 'side'

/** A gate finds its school by id, external id or name; with none of them by place. */
export function gateRow(reader: RowReader, geometry: PointGeometry): GateInput {
  const name = reader.text('name')
  return {
    external_id: reader.text('external_id'),
    school_id: reader.integer('school_id'),
    school_external_id: reader.text('school_external_id'),
    name,
    kind: reader.word('kind', GATE_KINDS, KIND_WORDS) ?? kindOfName(name ?? ''),
    is_student_gate: reader.boolean('is_student_gate'),
    opened_on: reader.date('opened_on'),
    position_error_m: reader.number('position_error_m'),
    geometry,
  }
}
