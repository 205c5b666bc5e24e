import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { listMigrations } from './migrations.ts'

export interface SchemaState {
  /** The newest migration that the database has; 0 when it has none. */
  version: number
  /** The newest that this program knows. */
  knownVersion: number
}

/** How far the tables have come; behind what the program knows, or ahead of it after a downgrade. */
export async function readSchemaState(store: Store): Promise<SchemaState> {
  const [row] = await readRows(store, {
    sql: 'SELECT max(version) AS version FROM schema_migrations',
    params: {},
    row: z.object({ version: bigCountColumn }),
  })
  return {
    version: row?.version ?? 0,
    knownVersion: Math.max(...listMigrations().map(({ version }) => version)),
  }
}
