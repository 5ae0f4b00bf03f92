/**
 * An error of the database layer itself, not of the server. It carries a SQLSTATE so that the one mapping from
 * SQLSTATE to HTTP covers both. Errors the server reports are `pg.DatabaseError` on both engines.
 */
export class EngineError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineError'
    this.code = code
  }
}

/** The codes this layer raises itself, by their PostgreSQL names. */
export const sqlstate = {
  /** A parameter that is not a finite number. */
  numeric_value_out_of_range: '22003',
  invalid_parameter_value: '22023',
  active_sql_transaction: '25001',
  read_only_sql_transaction: '25006',
  transaction_lost: '40003',
  disk_full: '53100',
  too_many_connections: '53300',
  program_limit_exceeded: '54000',
  object_in_use: '55006',
  query_canceled: '57014',
  crash_shutdown: '57P02',
  cannot_connect_now: '57P03',
  /** What PostGIS itself raises for a GEOS failure. */
  internal_error: 'XX000',
} as const
