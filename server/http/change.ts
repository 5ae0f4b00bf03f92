import type { Db } from '../../db/connect.ts'
import type { Scope } from './scope.ts'

/** Who acts. Until accounts exist it is always the operator at this machine. */
export interface Actor {
  name: string
}

export const LOCAL_OPERATOR: Actor = { name: '本机操作员' }

/** Layers whose version is part of tile URLs. */
export const LAYERS = ['regions', 'schools', 'venues', 'stalls', 'roads', 'rules', 'zones', 'findings'] as const
export type Layer = (typeof LAYERS)[number]

/** What a piece of work did: its answer, what must be derived again, and which layers look different now. */
export interface Change<T> {
  result: T
  scope: Scope
  layers: Layer[]
}

export interface FindingsChanged {
  opened: number
  superseded: number
  ended: number
}

/**
 * Runs a change of reference data: writer lock, one moment for everything, the work, derived tables, dataset versions,
 * one line in `changes`; all in one transaction. Supplied by findings/service.ts.
 */
export type ApplyChange = <T>(
  action: string,
  work: (trx: Db) => Promise<Change<T>>,
) => Promise<{ result: T; findings: FindingsChanged }>

/** Where rows came from; kept with every feature. */
export interface Provenance {
  source: string
  source_crs: string
  conversion: string | null
  import_id: number | null
}

export const BY_HAND: Provenance = { source: 'manual', source_crs: 'wgs84', conversion: null, import_id: null }

/** Outcome of writing rows: position in the input -> row id, and what happened to it. */
export interface WrittenRow {
  n: number
  id: number
  outcome: 'created' | 'updated' | 'unchanged'
}

/** A row that the database refuses, as data for bulk work. n is its position in the input. */
export interface RefusedRow {
  n: number
  column: string
  code: string
  detail: string
}
