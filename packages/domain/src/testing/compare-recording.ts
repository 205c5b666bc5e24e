import { toCanonical, toCanonicalLog } from '@clew/semconv/normalise'
import { type CanonicalLog, type JsonValue, type WireSpan, toJsonValue, toWireSpan } from '@clew/semconv/span'
import { decodeRecording } from '@clew/testing/decode-recording'
import type { ExpectedSpan, Recording } from '@clew/testing/recordings'
import { assembleTrace } from '../assemble-trace.ts'
import type { RunSummary } from '../run.ts'

/** A field of a recording where what was found differs from what is expected. */
export interface Difference {
  /** `<span name>.<field>`, or the field of the recording. */
  field: string
  expected: unknown
  actual: unknown
}

/** One recording against what is expected of it. */
export interface Comparison {
  checked: number
  /** The fields that agree, by the names that a difference has. */
  agreed: string[]
  differences: Difference[]
}

/** Decodes, normalises and assembles a recording as the product would, trace by trace. */
export function assembleRecording(recording: Recording): { traces: RunSummary[]; spans: WireSpan[] } {
  const { spans, logs } = decodeRecording(recording)
  const wire = spans.map((span) => toWireSpan(toCanonical({ ...span })))
  const wireLogs = logs.map((log) => toWireLog(toCanonicalLog(log)))
  const traceIds = [...new Set(wire.map((span) => span.traceId))]
  const runs = traceIds.map((traceId) =>
    assembleTrace({
      spans: wire.filter((span) => span.traceId === traceId),
      logs: wireLogs.filter((log) => log.traceId === traceId),
    }),
  )
  return { traces: runs.map((run) => run.trace), spans: runs.flatMap((run) => run.spans) }
}

/** Compares field by field; fields that are not expected are compared only in usage. */
export function compareRecording(recording: Recording): Comparison {
  return compareAssembled({ recording, ...assembleRecording(recording) })
}

/** The same for traces and spans that came some other way, such as out of the store. */
export function compareAssembled(args: {
  recording: Recording
  traces: RunSummary[]
  spans: WireSpan[]
}): Comparison {
  const { recording, traces, spans } = args
  const comparison: Comparison = { checked: 0, agreed: [], differences: [] }
  compareTotals({ recording, traces, spans, comparison })
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  for (const expected of recording.expected.spans) {
    if (expected['drop'] === true) {
      check(comparison, `${expected.spanId}.drop`, true, !byId.has(expected.spanId))
      continue
    }
    const span = byId.get(expected.spanId)
    check(comparison, `${String(expected['name'])}.spanId`, expected.spanId, span?.spanId)
    if (span !== undefined) compareSpan(comparison, expected, span)
  }
  return comparison
}

function compareTotals(args: {
  recording: Recording
  traces: RunSummary[]
  spans: WireSpan[]
  comparison: Comparison
}): void {
  const { recording, traces, spans, comparison } = args
  const { expected } = recording
  check(comparison, 'spanCount', expected.spanCount, spans.length)
  check(comparison, 'traceIds', expected.traceIds.toSorted(), traces.map((trace) => trace.traceId).toSorted())
  const input = traces.reduce((sum, trace) => sum + (trace.usage?.input ?? 0), 0)
  const output = traces.reduce((sum, trace) => sum + (trace.usage?.output ?? 0), 0)
  check(comparison, 'traceTotals.input', expected.traceTotals.input, input)
  check(comparison, 'traceTotals.output', expected.traceTotals.output, output)
  const kinds: Record<string, number> = {}
  for (const span of spans) kinds[span.kind] = (kinds[span.kind] ?? 0) + 1
  check(comparison, 'kinds', expected.kinds, kinds)
  for (const field of ['agents', 'sessionIds', 'userIds', 'tools'] as const) {
    const found = new Set(traces.flatMap((trace) => trace[field]))
    check(comparison, field, expected[field].toSorted(), [...found].toSorted())
  }
  check(
    comparison,
    'hasError',
    expected.hasError,
    traces.some((trace) => trace.hasError),
  )
}

/** How each field of expected.json is read from a canonical span. */
const readers: { [field: string]: (span: WireSpan) => unknown } = {
  costUsd: (span) => span.cost?.total,
  costUsdFromLog: (span) => span.cost?.total,
  outputFromLog: (span) => span.output,
  inputRoles: (span) => span.inputMessages?.map((message) => message.role),
  duplicateOfParent: (span) => span.duplicateOf !== undefined && span.duplicateOf === span.parentSpanId,
  displayName: (span) => span.attributes['logfire.msg'],
  isLog: (span) => span.attributes['logfire.span_type'] === 'log',
}

const notes = new Set(['agentNote', 'contentSource', 'dropReason', 'realParent', 'drop'])

function compareSpan(comparison: Comparison, expected: ExpectedSpan, span: WireSpan): void {
  for (const [field, value] of Object.entries(expected)) {
    if (notes.has(field)) continue
    const name = `${span.name}.${field}`
    if (field === 'inputPrefix' || field === 'outputPrefix') {
      const actual = field === 'inputPrefix' ? span.input : span.output
      check(comparison, name, value, actual?.slice(0, String(value).length))
    } else if (field === 'tool') compareTool(comparison, value, span)
    else if (field === 'usage' || field === 'agent')
      compareParts(comparison, { name, value, actual: span[field] })
    else if (field === 'inputMessages' || field === 'outputMessages') {
      check(comparison, name, value, span[field])
    } else check(comparison, name, value, readers[field]?.(span) ?? readField(span, field))
  }
}

function readField(span: WireSpan, field: string): unknown {
  return Object.hasOwn(readers, field) ? undefined : Reflect.get(span, field)
}

function compareParts(
  comparison: Comparison,
  args: { name: string; value: unknown; actual: object | undefined },
): void {
  for (const [part, value] of Object.entries(Object(args.value))) {
    check(comparison, `${args.name}.${part}`, value, args.actual && Reflect.get(args.actual, part))
  }
  if (!args.name.endsWith('.usage')) return
  for (const [part, value] of Object.entries(args.actual ?? {})) {
    if (!Object.hasOwn(Object(args.value), part)) check(comparison, `${args.name}.${part}`, undefined, value)
  }
}

function compareTool(comparison: Comparison, value: unknown, span: WireSpan): void {
  for (const [part, expected] of Object.entries(Object(value))) {
    const name = `${span.name}.tool.${part}`
    if (part === 'argumentsFromLog') check(comparison, name, expected, span.tool?.arguments)
    // Arguments are text in the canonical form; where they are expected as an object, the text must say it.
    else if (typeof expected === 'object')
      check(comparison, name, JSON.stringify(expected), span.tool?.arguments)
    else check(comparison, name, expected, span.tool && Reflect.get(span.tool, part))
  }
}

function check(comparison: Comparison, field: string, expected: unknown, actual: unknown): void {
  comparison.checked++
  if (canonicalJson(expected) === canonicalJson(actual)) comparison.agreed.push(field)
  else comparison.differences.push({ field, expected, actual })
}

/** JSON with its keys sorted, so that their order doesn't matter. */
function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  )
}

function toWireLog(log: CanonicalLog): CanonicalLog<JsonValue> {
  const { body, attributes, resource, ...rest } = log
  return {
    ...rest,
    ...(body === undefined ? {} : { body: toJsonValue(body) }),
    attributes: toRecord(attributes),
    resource: toRecord(resource),
  }
}

function toRecord(attributes: CanonicalLog['attributes']): { [key: string]: JsonValue } {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, toJsonValue(value)]))
}
