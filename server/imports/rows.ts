// One row of a file to one input of its layer's writer, or to the faults that keep it out.
import type { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ArealGeometry, LineStringGeometry, PointGeometry, SiteGeometry } from '../geo/geojson.ts'
import { RegionInput } from '../regions/schemas.ts'
import { RoadInput } from '../roads/schemas.ts'
import { GateInput, SchoolInput } from '../schools/schemas.ts'
import { StallInput, VenueInput } from '../venues/schemas.ts'
import { FIELDS } from './fields.ts'
import type { Cells } from './mapping.ts'
import type { Place } from './place.ts'
import { type Fault, faults } from './rejections.ts'
import { type RowReader, rowReader } from './row-reader.ts'
import { gateRow } from './rows-gates.ts'
import { regionRow } from './rows-regions.ts'
import { roadRow } from './rows-roads.ts'
import { schoolRow } from './rows-schools.ts'
import { stallRow } from './rows-stalls.ts'
import { venueRow } from './rows-venues.ts'
import type { ImportLayer } from './schemas.ts'

/** A row that passed all checks that need no database. */
export interface Draft {
  row: number
  /** Shape of the layer's input schema. */
  input: object
  source_geometry?: unknown
  /** Fields of a stored row to set to null, because the file says that there is no value. */
  clear: string[]
  /** Gates may name their school instead of giving its id. */
  school_name?: string | undefined
  /** The name speaks against what the type says. */
  is_doubtful?: boolean
}

type Built = { input: object } & Pick<Draft, 'school_name' | 'is_doubtful'>
type Build = (reader: RowReader, geometry: Place['geometry']) => Built

// placeOf() has let only these geometries through.
const BUILDERS: Record<ImportLayer, Build> = {
  regions: (reader, geometry) => ({ input: regionRow(reader, geometry as ArealGeometry) }),
  schools: (reader, geometry) => schoolRow(reader, geometry as SiteGeometry),
  gates: (reader, geometry) => ({
    input: gateRow(reader, geometry as PointGeometry),
    school_name: reader.text('school_name'),
  }),
  venues: (reader, geometry) => ({ input: venueRow(reader, geometry as PointGeometry | ArealGeometry) }),
  stalls: (reader, geometry) => ({ input: stallRow(reader, geometry as PointGeometry) }),
  roads: (reader, geometry) => ({ input: roadRow(reader, geometry as LineStringGeometry) }),
}

const SCHEMAS: Record<ImportLayer, Type.TSchema> = {
  regions: RegionInput,
  schools: SchoolInput,
  gates: GateInput,
  venues: VenueInput,
  stalls: StallInput,
  roads: RoadInput,
}

type Validator = ReturnType<typeof Compile>
const validators = new Map<ImportLayer, Validator>()

function validatorOf(layer: ImportLayer): Validator {
  const known = validators.get(layer)
  if (known) return known
  const compiled = Compile(SCHEMAS[layer])
  validators.set(layer, compiled)
  return compiled
}

/** Input fields that are read from a file field of another name. */
const READ_FROM: Record<string, string> = { kinds: 'kind' }

/** What the shared schema refuses: lengths, ranges, patterns. Types are right by construction. */
function schemaFaults(layer: ImportLayer, cells: Cells, input: object): Fault[] {
  const validator = validatorOf(layer)
  if (validator.Check(input)) return []
  const byField = new Map<string, string>()
  for (const { instancePath, message, keyword } of validator.Errors(input)) {
    const field = instancePath.split('/')[1] ?? ''
    // The other branch of "or null" says nothing to a person.
    if (field === '' || message === 'must be null' || keyword === 'anyOf' || byField.has(field)) continue
    byField.set(field, message)
  }
  const values = input as Record<string, unknown>
  return [...byField].map(([field, message]) => {
    const name = READ_FROM[field] ?? field
    return faults.invalid(cells.columnOf(name), values[field], FIELDS[layer][name]?.zh ?? name, message)
  })
}

const withoutBlanks = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))

export function draftOf(layer: ImportLayer, cells: Cells, place: Place): Draft | Fault[] {
  const reader = rowReader(layer, cells)
  const { input: built, ...rest } = BUILDERS[layer](reader, place.geometry)
  const input = withoutBlanks(built)
  if (reader.faults.length > 0) return reader.faults
  const found = schemaFaults(layer, cells, input)
  if (found.length > 0) return found
  const { source_geometry } = place
  return { row: cells.row, input, clear: reader.cleared, ...rest, ...(source_geometry ? { source_geometry } : {}) }
}
