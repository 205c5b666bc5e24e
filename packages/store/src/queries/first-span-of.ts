import type { ProjectId } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

/** The first trace that arrived since then. */
export async function firstSpanOf(
  store: Store,
  args: { projectId: ProjectId; sinceMs: number },
): Promise<{ traceId: string; receivedAtMs: number } | undefined> {
  const [row] = await readRows(store, {
    sql: `SELECT trace_id, toUnixTimestamp64Milli(received_last) AS received_ms
FROM trace_lookup
WHERE project_id = {projectId:String} AND received_last >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
ORDER BY received_last, trace_id LIMIT 1`,
    params: { projectId: args.projectId, since: Math.trunc(args.sinceMs) },
    row: z.object({ trace_id: z.string(), received_ms: bigCountColumn }),
  })
  return row && { traceId: row.trace_id, receivedAtMs: row.received_ms }
}
