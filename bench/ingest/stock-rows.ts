import type { CanonicalSpan } from '@clew/semconv/span'

export interface StockOwner {
  organisationId: string
  projectId: string
  receivedAtMs: number
  retention: { metadataDays: number; contentDays: number }
}

/** Lines of JSON by table. */
export interface StockRows {
  spans: Buffer
  span_content: Buffer
  live_spans: Buffer
  trace_lookup: Buffer
}

interface Row {
  [column: string]: unknown
}

/** Rows of the full schema as objects, and those as JSONEachRow. */
export function toStockRows(spans: readonly CanonicalSpan[], owner: StockOwner): StockRows {
  const keys = spans.map((span) => keyOf(span, owner))
  return {
    spans: toLines(spans.map((span, at) => ({ ...keys[at], ...metadataOf(span) }))),
    span_content: toLines(spans.map((span, at) => ({ ...keys[at], ...contentOf(span, owner) }))),
    live_spans: toLines(
      spans.map((span, at) => ({
        ...keys[at],
        state: span.state,
        kind: span.kind,
        name: span.name,
        agent_name: span.agent?.name ?? '',
        service_name: span.serviceName ?? '',
      })),
    ),
    trace_lookup: toLines(lookupsOf(spans, owner)),
  }
}

function keyOf(span: CanonicalSpan, owner: StockOwner): Row {
  return {
    organisation_id: owner.organisationId,
    project_id: owner.projectId,
    received_at: (owner.receivedAtMs / 1000).toFixed(3),
    ver: String((3n << 60n) | (BigInt(owner.receivedAtMs) << 12n)),
    trace_id: span.traceId,
    span_id: span.spanId,
    start_time: toSeconds(span.startTimeUnixNano),
    retention_days: owner.retention.metadataDays,
    content_retention_days: owner.retention.contentDays,
  }
}

const groups = ['agent', 'task', 'workflow', 'prompt', 'usage', 'cost', 'tool', 'otlp'] as const

function metadataOf(span: CanonicalSpan): Row {
  const row: Row = { parent_span_id: span.parentSpanId ?? '', duration_ns: span.durationNs ?? null }
  for (const [key, value] of Object.entries(span)) {
    if (typeof value === 'string' || typeof value === 'number') row[toSnake(key)] = value
  }
  for (const group of groups) {
    for (const [key, value] of Object.entries(span[group] ?? {})) row[`${group}_${toSnake(key)}`] = value
  }
  delete row['input']
  delete row['output']
  return {
    ...row,
    ...mapsOf('attr', span.attributes),
    ...mapsOf('resource', span.resource),
    sources: span.sources ?? {},
    event_names: span.events.map(({ name }) => name),
    event_times: span.events.map(({ timeUnixNano }) => timeUnixNano),
    event_attributes: span.events.map(({ attributes }) => toEntries(attributes)),
  }
}

function contentOf(span: CanonicalSpan, owner: StockOwner): Row {
  return {
    retention_days: owner.retention.contentDays,
    input: span.input ?? '',
    output: span.output ?? '',
    input_preview: span.input?.slice(0, 400) ?? '',
    output_preview: span.output?.slice(0, 400) ?? '',
    input_messages: span.inputMessages === undefined ? '' : toJson(span.inputMessages),
    output_messages: span.outputMessages === undefined ? '' : toJson(span.outputMessages),
    output_tool_calls: span.outputToolCalls === undefined ? '' : toJson(span.outputToolCalls),
    tool_arguments: span.tool?.arguments ?? '',
    tool_result: span.tool?.result ?? '',
    attributes: Object.fromEntries(
      Object.entries(span.attributes)
        .filter(([, value]) => typeof value === 'string' && value.length > 200)
        .map(([key, value]) => [key, toJson({ stringValue: value })]),
    ),
  }
}

function mapsOf(prefix: string, attributes: CanonicalSpan['attributes']): Row {
  const text: Row = {}
  const int: Row = {}
  const double: Row = {}
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'string' && value.length <= 200) text[key] = value
    else if (typeof value === 'bigint') int[key] = value.toString()
    else if (typeof value === 'number') double[key] = value
  }
  return { [`${prefix}_string`]: text, [`${prefix}_int`]: int, [`${prefix}_double`]: double }
}

function lookupsOf(spans: readonly CanonicalSpan[], owner: StockOwner): Row[] {
  const byTrace = new Map<string, CanonicalSpan[]>()
  for (const span of spans) byTrace.set(span.traceId, [...(byTrace.get(span.traceId) ?? []), span])
  return [...byTrace].map(([traceId, list]) => {
    const times = list.map(({ startTimeUnixNano }) => startTimeUnixNano).toSorted()
    const received = (owner.receivedAtMs / 1000).toFixed(3)
    return {
      organisation_id: owner.organisationId,
      project_id: owner.projectId,
      retention_days: owner.retention.metadataDays,
      content_retention_days: owner.retention.contentDays,
      start_day: new Date(Number(BigInt(times[0] ?? 0) / 1_000_000n)).toISOString().slice(0, 10),
      trace_id: traceId,
      start_min: toSeconds(times[0] ?? '0'),
      start_max: toSeconds(times.at(-1) ?? '0'),
      received_first: received,
      received_last: received,
    }
  })
}

function toSeconds(unixNano: string): string {
  const nanos = BigInt(unixNano)
  return `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`
}

function toLines(rows: readonly Row[]): Buffer {
  return Buffer.from(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`)
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item))
}

/** Attributes as OTLP/JSON has them, which is how the store reads them back. */
function toEntries(attributes: CanonicalSpan['attributes']): string {
  const entries = Object.entries(attributes)
  if (entries.length === 0) return ''
  return JSON.stringify(entries.map(([key, value]) => ({ key, value: toAnyValue(value) })))
}

function toAnyValue(value: CanonicalSpan['attributes'][string]): Row {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: String(value) }
  return typeof value === 'number' ? { doubleValue: value } : { stringValue: toJson(value) }
}

function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
