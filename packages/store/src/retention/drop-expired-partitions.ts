import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import { dailyUntil } from '../schema/engine.ts'
import type { Store } from '../store.ts'
import { classedTables } from './classed-tables.ts'

const dayMs = 86_400_000
const partitionRow = z.object({
  table: z.string(),
  partition: z.string(),
  partition_id: z.string().regex(/^[A-Za-z0-9-]+$/),
})

/** Drops every partition whose last row has outlived its class. */
export async function dropExpiredPartitions(store: Store): Promise<number> {
  const tables = [...classedTables.map(({ table }) => table), 'live_spans']
  const rows = await readRows(store, {
    sql: `SELECT DISTINCT table, partition, partition_id FROM system.parts
WHERE active AND database = currentDatabase() AND table IN {tables:Array(String)}`,
    params: { tables },
    row: partitionRow,
  })
  const expired = rows.filter((row) => {
    const until = expiryMs(row.partition)
    return until !== undefined && until <= store.clock()
  })
  for (const { table, partition_id } of expired) {
    await store.database.command({ sql: `ALTER TABLE ${table} DROP PARTITION ID '${partition_id}'` })
  }
  return expired.length
}

/** When the youngest row that a partition can hold expires. `(30,'2026-11-16')`, or a bare day of markers. */
export function expiryMs(partition: string): number | undefined {
  const classed = /^\((\d+),'(\d{4}-\d{2}-\d{2})'\)$/.exec(partition)
  if (classed?.[1] && classed[2]) {
    const days = Number(classed[1])
    const width = days <= dailyUntil ? 1 : 7
    return Date.parse(classed[2]) + (width + days) * dayMs
  }
  const day = /^'?(\d{4}-\d{2}-\d{2})'?$/.exec(partition)
  return day?.[1] ? Date.parse(day[1]) + 2 * dayMs : undefined
}
