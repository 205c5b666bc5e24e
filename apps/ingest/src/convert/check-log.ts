import { fail, ok, parseSpanId, parseTraceId, toUnixNano, type Result } from '@clew/domain'
import type { AttributeMap, DecodedLog, DecodedScope } from '@clew/semconv/span'
import type { ReceivedLog } from '../decode/received.ts'
import { findTimeProblem, type TimeWindow } from './check-time.ts'
import { quoted, type RecordProblem, type Rejection } from './rejection.ts'

const zeros = /^0*$/

/**
 * Judges one log record on its own. A record without a time takes its observed time, and one without either
 * the time of its receipt, as the log data model has it for collectors.
 */
export function checkLog(
  log: ReceivedLog,
  context: { resource: AttributeMap; scope: DecodedScope; window: TimeWindow },
): Result<DecodedLog, Rejection> {
  const observed =
    log.observedTimeUnixNano === '0' ? toUnixNano(context.window.nowMs) : log.observedTimeUnixNano
  const time = log.timeUnixNano === '0' ? observed : log.timeUnixNano
  const problem = findProblem(log, time, context.window)
  if (problem !== undefined) return fail({ ...problem, record: nameOfLog(log) })
  return ok({
    timeUnixNano: time,
    observedTimeUnixNano: observed,
    body: log.body,
    attributes: log.attributes,
    scope: context.scope,
    resource: context.resource,
    ...(zeros.test(log.traceId) ? {} : { traceId: log.traceId }),
    ...(zeros.test(log.spanId) ? {} : { spanId: log.spanId }),
    ...(log.severityNumber === 0 ? {} : { severityNumber: log.severityNumber }),
    ...(log.severityText === '' ? {} : { severityText: log.severityText }),
    ...(log.eventName === '' ? {} : { eventName: log.eventName }),
  })
}

function findProblem(log: ReceivedLog, time: string, window: TimeWindow): RecordProblem | undefined {
  if (log.problem !== undefined) return { code: 'malformed', reason: log.problem }
  if (!zeros.test(log.traceId) && parseTraceId(log.traceId) === undefined) {
    const reason = `traceId must be 16 bytes (32 hex digits in JSON), not ${quoted(log.traceId)}`
    return { code: 'bad-id', reason }
  }
  if (!zeros.test(log.spanId) && parseSpanId(log.spanId) === undefined) {
    const reason = `spanId must be 8 bytes (16 hex digits in JSON), not ${quoted(log.spanId)}`
    return { code: 'bad-id', reason }
  }
  return findTimeProblem('timeUnixNano', time, window)
}

/** How a sender is told which log record is meant. */
export function nameOfLog({ traceId, spanId, eventName }: ReceivedLog): string {
  const event = eventName === '' ? 'log record' : `log record ${quoted(eventName)}`
  const span = spanId === '' ? '' : ` of span ${quoted(spanId).slice(1, -1)}`
  return traceId === '' ? event : `${event}${span} of trace ${quoted(traceId).slice(1, -1)}`
}
