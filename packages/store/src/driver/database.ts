export type QueryParam = string | number | boolean | bigint | readonly string[] | readonly number[]
export type QueryParams = Readonly<Record<string, QueryParam>>

/** The seam under the store: the same SQL runs on the embedded engine and on a server. */
export interface Database {
  /** True when no other process can write to it. */
  readonly isOwned: boolean
  /** Rows as objects; 64-bit integers come as decimal strings. Values enter by `{name:Type}` only. */
  query(statement: { sql: string; params?: QueryParams }): Promise<unknown[]>
  /** Runs a statement that returns no rows. */
  command(statement: { sql: string; params?: QueryParams }): Promise<void>
  /** Durable once it resolves. `token` makes a repeated insert into the same table a no-op. */
  insert(insert: { table: string; token: string; body: EncodedRows }): Promise<void>
  /** Creates the database that unqualified names refer to. */
  createDatabase(): Promise<void>
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** Rows ready for the wire. */
export interface EncodedRows {
  format: 'JSONEachRow' | 'Native'
  bytes: Uint8Array
}
