import { z } from 'zod'
import type { QueryParams } from '../driver/database.ts'
import { toStoreFailure } from '../driver/to-store-failure.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-failure.ts'

/** Asks and parses; throws a StoreError when the engine cannot answer. */
export async function readRows<Schema extends z.ZodType>(
  store: Store,
  question: { sql: string; params: QueryParams; row: Schema },
): Promise<z.output<Schema>[]> {
  let rows: unknown[]
  try {
    rows = await store.database.query({ sql: question.sql, params: question.params })
  } catch (error) {
    throw new StoreError(toStoreFailure(error), { cause: error })
  }
  return z.array(question.row).parse(rows)
}
