import { createHash } from 'node:crypto'
import type { Database } from '../driver/database.ts'
import type { Parts } from './span-encoder.ts'

/** Inserts the parts of a table's rows under a token; the same parts under the same token again are a no-op. */
export async function insertParts(
  database: Database,
  args: { table: string; token: string; parts: Parts },
): Promise<void> {
  const { table, token, parts } = args
  const name = createHash('sha256').update(token).digest('hex').slice(0, 40)
  for (const [index, body] of parts.entries()) {
    if (body !== undefined) await database.insert({ table, token: `${name}-${index}`, body })
  }
}
