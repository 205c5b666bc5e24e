import { createHash } from 'node:crypto'
import type { Database } from '../driver/database.ts'
import { encodeRows } from '../rows/encode-rows.ts'
import { splitRows } from './split-rows.ts'
import type { PlacedRow } from './split-rows.ts'

/** Inserts rows under a token; the same rows under the same token again are a no-op. */
export async function insertRows(
  database: Database,
  args: { table: string; token: string; rows: readonly PlacedRow[] },
): Promise<void> {
  const { table, token, rows } = args
  const name = createHash('sha256').update(token).digest('hex').slice(0, 40)
  for (const [index, part] of splitRows(rows).entries()) {
    await database.insert({ table, token: `${name}-${index}`, body: encodeRows(part) })
  }
}
