import { fail, ok, parseSpanId, parseTraceId, type Result } from '@clew/domain'
import type {
  AttributeMap,
  DecodedEvent,
  DecodedScope,
  DecodedSpan,
  OtlpSpanKind,
  OtlpStatusCode,
} from '@clew/semconv/span'
import type { ReceivedSpan } from '../decode/received.ts'
import { findTimeProblem, type TimeWindow } from './check-time.ts'
import { quoted, type RecordProblem, type Rejection } from './rejection.ts'

const latestNano = 2n ** 63n - 1n

/** Judges one span on its own, so that a bad one never costs its neighbours. */
export function checkSpan(
  span: ReceivedSpan,
  context: { resource: AttributeMap; scope: DecodedScope },
  window: TimeWindow,
): Result<DecodedSpan, Rejection> {
  const problem = findProblem(span, window)
  if (problem !== undefined) return fail({ ...problem, record: nameOfSpan(span) })
  const decoded: DecodedSpan = {
    traceId: span.traceId,
    spanId: span.spanId,
    name: span.name,
    otlpKind: isSpanKind(span.kind) ? span.kind : 0,
    startTimeUnixNano: span.startTimeUnixNano,
    endTimeUnixNano: span.endTimeUnixNano,
    statusCode: isStatusCode(span.statusCode) ? span.statusCode : 0,
    attributes: span.attributes,
    events: span.events.every(isTimely) ? span.events : span.events.map(toTimely),
    links: span.links,
    scope: context.scope,
    resource: context.resource,
  }
  // Assigned, not spread: this runs for each span that comes in.
  if (!isZero(span.parentSpanId)) decoded.parentSpanId = span.parentSpanId
  if (span.traceState !== '') decoded.traceState = span.traceState
  if (span.flags !== 0) decoded.flags = span.flags
  if (span.statusMessage !== '') decoded.statusMessage = span.statusMessage
  return ok(decoded)
}

function findProblem(span: ReceivedSpan, window: TimeWindow): RecordProblem | undefined {
  if (span.problem !== undefined) return { code: 'malformed', reason: span.problem }
  if (parseTraceId(span.traceId) === undefined) return idProblem('traceId', span.traceId, 32)
  if (parseSpanId(span.spanId) === undefined) return idProblem('spanId', span.spanId, 16)
  if (!isZero(span.parentSpanId) && parseSpanId(span.parentSpanId) === undefined) {
    return idProblem('parentSpanId', span.parentSpanId, 16)
  }
  if (span.startTimeUnixNano === '0') return { code: 'bad-time', reason: 'startTimeUnixNano is missing' }
  const start = findTimeProblem('startTimeUnixNano', span.startTimeUnixNano, window)
  if (start !== undefined || span.endTimeUnixNano === '0') return start
  return findEndProblem(span, window)
}

/** A start within retention bounds the end from below; durations clamp at zero where clocks disagree. */
function findEndProblem(span: ReceivedSpan, window: TimeWindow): RecordProblem | undefined {
  return findTimeProblem('endTimeUnixNano', span.endTimeUnixNano, { ...window, retentionDays: Infinity })
}

function idProblem(field: string, id: string, digits: number): RecordProblem {
  if (id === '') return { code: 'bad-id', reason: `${field} is missing` }
  if (isZero(id)) return { code: 'bad-id', reason: `${field} is all zero` }
  const reason = `${field} must be ${digits / 2} bytes (${digits} hex digits in JSON), not ${quoted(id)}`
  return { code: 'bad-id', reason }
}

/** Also true of no id at all. */
function isZero(id: string): boolean {
  for (let at = 0; at < id.length; at += 1) if (id.charCodeAt(at) !== 48) return false
  return true
}

/** How a sender is told which span is meant. */
export function nameOfSpan({ traceId, spanId, name }: ReceivedSpan): string {
  const id = spanId === '' ? `span named ${quoted(name)}` : `span ${quoted(spanId).slice(1, -1)}`
  return traceId === '' ? id : `${id} of trace ${quoted(traceId).slice(1, -1)}`
}

/** Event times are kept as signed 64-bit; what doesn't fit was never a time. */
function isTimely({ timeUnixNano }: DecodedEvent): boolean {
  return BigInt(timeUnixNano) <= latestNano
}

function toTimely(event: DecodedEvent): DecodedEvent {
  return isTimely(event) ? event : { ...event, timeUnixNano: '0' }
}

function isSpanKind(kind: number): kind is OtlpSpanKind {
  return kind >= 0 && kind <= 5
}

function isStatusCode(code: number): code is OtlpStatusCode {
  return code >= 0 && code <= 2
}
