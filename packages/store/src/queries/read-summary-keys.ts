import type { ProjectId } from '@clew/domain'
import { z } from 'zod'
import { nanosColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime } from './scope.ts'

const summaryKeyRow = z.object({
  trace_id: z.string(),
  start_ns: nanosColumn,
  retention_days: z.number(),
  ver: z.string(),
})
const metricKeyRow = z.object({
  trace_id: z.string(),
  retention_days: z.number(),
  ver: z.string(),
  hour: z.number(),
  kind: z.string(),
  agent_name: z.string(),
  model: z.string(),
  tool_name: z.string(),
  caller_agent: z.string(),
})

function within(time: string): string {
  return `WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
  AND ${time} >= ${boundTime('from')} - INTERVAL 1 HOUR AND ${time} <= ${boundTime('until')}`
}

/** The keys under which a trace's summary and metric rows lie now. */
export interface SummaryKeys {
  versionMax: bigint
  summaries: { startNs: string; startMs: number; retentionDays: number }[]
  metrics: {
    retentionDays: number
    hour: number
    kind: string
    agent_name: string
    model: string
    tool_name: string
    caller_agent: string
  }[]
}

/**
 * The keys of what is stored of the traces, for those that have any; `from` and `until` are the first and the
 * last start of their spans. No cutoff: what is out of sight is replaced too.
 */
export async function readSummaryKeys(
  store: Store,
  args: { projectId: ProjectId; traceIds: readonly string[]; from: string; until: string },
): Promise<Map<string, SummaryKeys>> {
  const params = { projectId: args.projectId, traceIds: args.traceIds, from: args.from, until: args.until }
  const [summaries, metrics] = await Promise.all([
    readRows(store, {
      sql: `SELECT trace_id, toUnixTimestamp64Nano(start_time) AS start_ns, retention_days, ver
FROM trace_summary FINAL ${within('start_time')}`,
      params,
      row: summaryKeyRow,
    }),
    readRows(store, {
      sql: `SELECT trace_id, retention_days, toUnixTimestamp(hour) AS hour, kind, agent_name, model, tool_name,
  caller_agent, ver
FROM trace_metrics FINAL ${within('trace_metrics.hour')}`,
      params,
      row: metricKeyRow,
    }),
  ])
  const found = new Map<string, SummaryKeys>()
  const keysOf = (row: { trace_id: string; ver: string }): SummaryKeys => {
    const keys = found.get(row.trace_id) ?? { versionMax: 0n, summaries: [], metrics: [] }
    found.set(row.trace_id, keys)
    if (BigInt(row.ver) > keys.versionMax) keys.versionMax = BigInt(row.ver)
    return keys
  }
  for (const row of summaries) {
    const startMs = Number(BigInt(row.start_ns) / 1_000_000n)
    keysOf(row).summaries.push({ startNs: row.start_ns, startMs, retentionDays: row.retention_days })
  }
  for (const row of metrics) {
    const { trace_id: _trace, ver: _ver, retention_days: retentionDays, ...key } = row
    keysOf(row).metrics.push({ retentionDays, ...key })
  }
  return found
}
