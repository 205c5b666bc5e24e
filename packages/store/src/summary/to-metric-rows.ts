import { toDurationMs } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import type { AssembledTrace } from '../insert/batch.ts'
import { groupBy } from '../rows/group-by.ts'
import { ownerColumns } from '../rows/owner-columns.ts'
import { isStorableTime, toDateTime64 } from '../rows/row-time.ts'
import type { Row } from '../rows/scalars.ts'
import { countUsage } from './count-usage.ts'
import type { CountedUsage } from './count-usage.ts'

const nanosPerHour = 3_600_000_000_000n

/** What tells the metric rows of a trace apart. */
export interface MetricKey {
  hour: number
  kind: string
  agent_name: string
  model: string
  tool_name: string
  caller_agent: string
}

/** The numbers of a trace by hour, kind, agent, model, tool and calling agent; duplicates are left out. */
export function toMetricRows(assembled: AssembledTrace, version: bigint): Row[] {
  const spans = assembled.spans.filter((span) => span.duplicateOf === undefined)
  const counted = countUsage(assembled.spans)
  const costScale = costScaleOf(assembled, counted)
  const callers = callersOf(spans)
  const keyed = spans.map((span) => ({ span, key: keyOf(span, callers) }))
  const owner = ownerColumns(assembled.owner)
  const ver = version.toString()
  const groups = groupBy(keyed, ({ key }) => metricKeyText(key))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const members = group.map(({ span }) => span)
    const row: Row = {
      retention_days: assembled.owner.retention.metadataDays,
      ver,
      is_deleted: 0,
      trace_id: assembled.trace.traceId,
    }
    // Laid over one another by assignment: of spread, thirty columns a row would take most of a summary's time.
    return [Object.assign(row, owner, first.key, describe(members), addUp(members, { counted, costScale }))]
  })
}

export function metricKeyText(key: MetricKey): string {
  return JSON.stringify([key.hour, key.kind, key.agent_name, key.model, key.tool_name, key.caller_agent])
}

function keyOf(span: WireSpan, callers: ReadonlyMap<string, string>): MetricKey {
  return {
    hour: Number((BigInt(span.startTimeUnixNano) / nanosPerHour) * 3600n),
    kind: span.kind,
    agent_name: span.agent?.name ?? '',
    model: span.model ?? span.requestModel ?? '',
    tool_name: span.kind === 'TOOL' ? (span.tool?.name ?? span.name) : '',
    caller_agent: callers.get(span.spanId) ?? '',
  }
}

/** For each agent span the name of the nearest agent above it. */
function callersOf(spans: readonly WireSpan[]): Map<string, string> {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const callers = new Map<string, string>()
  for (const span of spans) {
    if (span.kind !== 'AGENT') continue
    const seen = new Set<string>([span.spanId])
    let above = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId)
    while (above && above.kind !== 'AGENT' && !seen.has(above.spanId)) {
      seen.add(above.spanId)
      above = above.parentSpanId === undefined ? undefined : byId.get(above.parentSpanId)
    }
    if (above?.kind === 'AGENT') callers.set(span.spanId, above.agent?.name ?? above.name)
  }
  return callers
}

function describe(spans: readonly WireSpan[]): Row {
  const last = spans
    .map((span) => span.endTimeUnixNano ?? span.startTimeUnixNano)
    .filter(isStorableTime)
    .reduce((latest, time) => (BigInt(time) > BigInt(latest) ? time : latest), '0')
  return {
    agent_id: firstOf(spans, (span) => span.agent?.id),
    agent_versions: [...new Set(spans.flatMap((span) => (span.agent?.version ? [span.agent.version] : [])))],
    provider: firstOf(spans, (span) => span.provider),
    service_name: firstOf(spans, (span) => span.serviceName),
    environment: firstOf(spans, (span) => span.environment),
    last_time: toDateTime64(last),
  }
}

function firstOf(spans: readonly WireSpan[], read: (span: WireSpan) => string | undefined): string {
  for (const span of spans) {
    const value = read(span)
    if (value) return value
  }
  return ''
}

/** What the app reported for the whole beats what was computed for its parts: these are made to add up to it. */
function costScaleOf({ trace }: AssembledTrace, counted: ReadonlyMap<string, CountedUsage>): number {
  const total = trace.cost?.total
  const sum = [...counted.values()].reduce((cost, own) => cost + own.cost, 0)
  return total === undefined || sum === 0 ? 1 : total / sum
}

function addUp(
  spans: readonly WireSpan[],
  { counted, costScale }: { counted: ReadonlyMap<string, CountedUsage>; costScale: number },
): Row {
  const usage = (read: (usage: CountedUsage) => number): number =>
    spans.reduce((total, span) => total + (counted.has(span.spanId) ? read(countedOf(span, counted)) : 0), 0)
  const whole = (read: (usage: CountedUsage) => number): number => Math.max(0, Math.round(usage(read)))
  return {
    span_count: spans.length,
    running_count: spans.filter((span) => span.state === 'running').length,
    error_count: spans.filter((span) => span.status === 'error').length,
    durations_ms: spans.flatMap((span) =>
      span.durationNs === undefined ? [] : [toDurationMs(span.durationNs)],
    ),
    first_token_ms: spans.flatMap((span) => span.timeToFirstTokenMs ?? []),
    usage_count: spans.filter((span) => span.usage !== undefined).length,
    usage_input: whole((own) => own.usage.input),
    usage_output: whole((own) => own.usage.output),
    usage_total: whole((own) => own.usage.total),
    usage_cache_read: whole((own) => own.usage.cacheRead),
    usage_cache_write: whole((own) => own.usage.cacheWrite),
    usage_reasoning: whole((own) => own.usage.reasoning),
    cost_count: spans.filter((span) => span.cost?.total !== undefined).length,
    cost_total: usage((own) => own.cost) * costScale,
    unpriced_count: spans.filter((span) => span.cost?.source === 'unpriced').length,
  }
}

function countedOf(span: WireSpan, counted: ReadonlyMap<string, CountedUsage>): CountedUsage {
  return counted.get(span.spanId) ?? { usage: emptyUsage, cost: 0 }
}

const emptyUsage = { input: 0, output: 0, total: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 }
