import type { ProjectId } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

export interface SkewedSender {
  serviceName: string
  /**
   * By how much its newest times lie before (negative) or after (positive) the moment of their receipt. After it
   * is proof of a clock that is ahead; before it may also be a sender that holds spans back.
   */
  aheadMs: number
  spanCount: number
}

const skewRow = z.object({ service: z.string(), ahead_ms: bigCountColumn, spans: bigCountColumn })

/** Services none of whose spans of late carries a time near that of its receipt, worst first. */
export async function listSkewedSenders(
  store: Store,
  args: {
    projectId: ProjectId
    receivedSinceMs: number
    aheadMsMax: number
    behindMsMax: number
    limit: number
  },
): Promise<SkewedSender[]> {
  const rows = await readRows(store, {
    sql: `SELECT toString(service_name) AS service, count() AS spans,
  max(toUnixTimestamp64Milli(start_time) + intDiv(ifNull(duration_ns, 0), 1000000) - toUnixTimestamp64Milli(received_at)) AS ahead_ms
FROM spans
WHERE project_id = {projectId:String} AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
GROUP BY service
HAVING ahead_ms > {aheadMax:Int64} OR ahead_ms < -{behindMax:Int64}
ORDER BY abs(ahead_ms) DESC LIMIT {limit:UInt32}`,
    params: {
      projectId: args.projectId,
      since: Math.trunc(args.receivedSinceMs),
      aheadMax: args.aheadMsMax,
      behindMax: args.behindMsMax,
      limit: args.limit,
    },
    row: skewRow,
  })
  return rows.map(({ service, ahead_ms, spans }) => ({
    serviceName: service,
    aheadMs: ahead_ms,
    spanCount: spans,
  }))
}
