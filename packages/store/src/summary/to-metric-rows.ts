import { compareNanos, toDurationMs, toEpochMs } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import type { AssembledTrace } from '../insert/batch.ts'
import { groupBy } from '../rows/group-by.ts'
import { ownerColumns } from '../rows/owner-columns.ts'
import { isStorableTime, toDateTime64 } from '../rows/row-time.ts'
import type { Row } from '../rows/scalars.ts'
import { addTo, countUsage, zeroAmounts } from './count-usage.ts'
import type { Amounts } from './count-usage.ts'

const msPerHour = 3_600_000

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
  return `${key.hour}\0${key.kind}\0${key.agent_name}\0${key.model}\0${key.tool_name}\0${key.caller_agent}`
}

function keyOf(span: WireSpan, callers: ReadonlyMap<string, string>): MetricKey {
  return {
    hour: Math.floor(toEpochMs(span.startTimeUnixNano) / msPerHour) * 3600,
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
  let last = '0'
  for (const { startTimeUnixNano, endTimeUnixNano = startTimeUnixNano } of spans) {
    if (compareNanos(endTimeUnixNano, last) > 0 && isStorableTime(endTimeUnixNano)) last = endTimeUnixNano
  }
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
function costScaleOf({ trace }: AssembledTrace, counted: ReadonlyMap<string, Amounts>): number {
  const total = trace.cost?.total
  const sum = [...counted.values()].reduce((cost, own) => cost + own.cost, 0)
  return total === undefined || sum === 0 ? 1 : total / sum
}

/** In one pass: traces of thousands of spans are added up every second while they run. */
function addUp(
  spans: readonly WireSpan[],
  { counted, costScale }: { counted: ReadonlyMap<string, Amounts>; costScale: number },
): Row {
  const count = { running: 0, error: 0, usage: 0, cost: 0, unpriced: 0 }
  const sum = zeroAmounts()
  const durations: number[] = []
  const firstTokens: number[] = []
  for (const span of spans) {
    if (span.state === 'running') count.running += 1
    if (span.status === 'error') count.error += 1
    if (span.usage !== undefined) count.usage += 1
    if (span.cost?.total !== undefined) count.cost += 1
    if (span.cost?.source === 'unpriced') count.unpriced += 1
    if (span.durationNs !== undefined) durations.push(toDurationMs(span.durationNs))
    if (span.timeToFirstTokenMs !== undefined) firstTokens.push(span.timeToFirstTokenMs)
    const own = counted.get(span.spanId)
    if (own !== undefined) addTo(sum, own)
  }
  return {
    span_count: spans.length,
    running_count: count.running,
    error_count: count.error,
    durations_ms: durations,
    first_token_ms: firstTokens,
    usage_count: count.usage,
    usage_input: toCount(sum.input),
    usage_output: toCount(sum.output),
    usage_total: toCount(sum.total),
    usage_cache_read: toCount(sum.cacheRead),
    usage_cache_write: toCount(sum.cacheWrite),
    usage_reasoning: toCount(sum.reasoning),
    cost_count: count.cost,
    cost_total: sum.cost * costScale,
    unpriced_count: count.unpriced,
  }
}

function toCount(sum: number): number {
  return Math.max(0, Math.round(sum))
}
