import type { Db } from '../open-db.ts'

/** A migrated, empty database: embedded, or on CLEW_TEST_DATABASE_URL when that is given. */
export async function openTestDb(): Promise<{ db: Db; close: () => Promise<void> }> {
  throw new Error('not implemented')
}
