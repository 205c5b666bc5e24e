import type { RunSummary } from '@clew/domain'
import type { AssembledTrace } from '../insert/batch.ts'
import { ownerColumns } from '../rows/owner-columns.ts'
import { isStorableTime, toDateTime64 } from '../rows/row-time.ts'
import type { Row } from '../rows/scalars.ts'
import { parseStoredJson } from '../rows/stored-json.ts'

/** The one row of a trace that lists read. */
export function toSummaryRow({ owner, trace }: AssembledTrace, version: bigint): Row {
  const row: Row = {
    retention_days: owner.retention.metadataDays,
    content_retention_days: owner.retention.contentDays,
    ver: version.toString(),
    is_deleted: 0,
    trace_id: trace.traceId,
    root_span_id: trace.rootSpanId ?? '',
    start_time: toDateTime64(trace.startTimeUnixNano),
    last_time: toDateTime64(lastTimeOf(trace)),
    duration_ns: trace.durationNs,
    name: trace.name,
    status: trace.status,
    has_error: trace.hasError,
    span_count: trace.spanCount,
    error_count: trace.errorCount,
    llm_count: trace.llmCount,
    tool_count: trace.toolCount,
    cost_total: trace.cost?.total ?? null,
    cost_currency: trace.cost?.currency ?? '',
    cost_source: trace.cost?.source ?? '',
    agents: trace.agents,
    models: trace.models,
    tools: trace.tools,
    session_ids: trace.sessionIds,
    user_ids: trace.userIds,
    tags: trace.tags,
    service_name: trace.serviceName ?? '',
    environment: trace.environment ?? '',
    agent_version: trace.agentVersion ?? '',
    outcome: trace.outcome ?? '',
    stop_reason: trace.stopReason ?? '',
    error_message: trace.errorMessage ?? '',
    summary: JSON.stringify({ ...trace, inputPreview: undefined, outputPreview: undefined }),
    input_preview: trace.inputPreview ?? '',
    output_preview: trace.outputPreview ?? '',
  }
  return Object.assign(row, ownerColumns(owner), usageColumns(trace))
}

/** The run that a row was made from; its previews only where content may still be seen. */
export function fromSummaryRow(row: {
  summary: string
  input_seen: string
  output_seen: string
}): RunSummary {
  return {
    ...parseStoredJson<RunSummary>(row.summary),
    ...(row.input_seen && { inputPreview: row.input_seen }),
    ...(row.output_seen && { outputPreview: row.output_seen }),
  }
}

function lastTimeOf(trace: RunSummary): string {
  const end = trace.endTimeUnixNano ?? String(BigInt(trace.startTimeUnixNano) + BigInt(trace.durationNs))
  return isStorableTime(end) ? end : trace.startTimeUnixNano
}

function usageColumns(trace: RunSummary): Row {
  const { usage } = trace
  const total = usage?.total ?? (usage && (usage.input ?? 0) + (usage.output ?? 0))
  return {
    usage_input: count(usage?.input),
    usage_output: count(usage?.output),
    usage_total: count(total),
    usage_cache_read: count(usage?.cacheRead),
    usage_cache_write: count(usage?.cacheWrite),
    usage_reasoning: count(usage?.reasoning),
  }
}

function count(value: number | undefined): number | null {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null
}
