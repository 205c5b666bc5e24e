import type { Result } from '@clew/domain'
import type { Arrivals } from './arrivals/arrivals.ts'
import type { Database } from './driver/database.ts'
import type { InsertBatch } from './insert/batch.ts'
import type { StoreFailure } from './store-failure.ts'

/** The one handle on ClickHouse. Questions are plain functions that take it: `listRuns(store, {...})`. */
export interface Store {
  /** Brings the schema up to date; idempotent. */
  migrate(): Promise<void>
  ping(): Promise<boolean>
  close(): Promise<void>
  /** Durable once it resolves ok. A batch with the token of an earlier one is stored once. */
  insertBatch(batch: InsertBatch): Promise<Result<void, StoreFailure>>
  /** What this process is writing at the moment, for those who follow what is still running. */
  readonly arrivals: Arrivals
  /** The engine behind this store; for the functions of this package. */
  readonly database: Database
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}
