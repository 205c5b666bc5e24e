import type { SpanKind } from '@clew/semconv/span'
import { spanKinds } from '@clew/semconv/span'
import { z } from 'zod'
import { bigCountColumn, optionalTextColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

export interface RunningSpan {
  traceId: string
  spanId: string
  name: string
  kind: SpanKind
  agentName?: string
  serviceName?: string
  startTimeUnixNano: string
  /** When its latest marker was received. */
  receivedAtMs: number
}

const markerRow = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  name: z.string(),
  kind: z.enum(spanKinds),
  agent_name: optionalTextColumn,
  service_name: optionalTextColumn,
  start_ns: z.string(),
  received_ms: bigCountColumn,
})

/** Spans whose start was seen in the last day and whose end was not, the newest first. */
export async function listRunningSpans(
  store: Store,
  args: ProjectScope & { limit: number },
): Promise<RunningSpan[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT trace_id, span_id, name, kind, agent_name, service_name,
  toUnixTimestamp64Nano(start_time) AS start_ns, toUnixTimestamp64Milli(received_at) AS received_ms
FROM live_spans FINAL
WHERE project_id = {projectId:String} AND start_time >= ${boundTime('cutoff')} AND state = 'running'
ORDER BY start_time DESC, span_id LIMIT {limit:UInt32}`,
    params: { projectId, cutoff, limit: args.limit },
    row: markerRow,
  })
  return rows.map((row) => ({
    traceId: row.trace_id,
    spanId: row.span_id,
    name: row.name,
    kind: row.kind,
    ...(row.agent_name && { agentName: row.agent_name }),
    ...(row.service_name && { serviceName: row.service_name }),
    startTimeUnixNano: row.start_ns,
    receivedAtMs: row.received_ms,
  }))
}
