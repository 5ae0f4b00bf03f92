/** Row types of all tables. Until they are generated from the migrations, any table and any column is accepted. */
export interface Tables {
  // biome-ignore lint/suspicious/noExplicitAny: the schema is not described yet
  [table: string]: any
}
