import type { CanonicalLog } from '../span/canonical.ts'
import type { AttributeMap, AttributeValue, DecodedLog } from '../span/decoded.ts'
import { toText } from './value.ts'

/** One decoded log record in canonical form; its event's name is found wherever emitters put it. */
export function toCanonicalLog(log: DecodedLog): CanonicalLog {
  const eventName = toText(log.eventName) ?? toText(log.attributes['event.name'])
  const severity = toText(log.severityText) ?? severityOf(log.severityNumber)
  const hasTime = log.timeUnixNano !== '0' && log.timeUnixNano !== ''
  const task = eventName === 'clew.task.log' ? readTask(log) : undefined
  return {
    ...(log.traceId === undefined ? {} : { traceId: log.traceId }),
    ...(log.spanId === undefined ? {} : { spanId: log.spanId }),
    timeUnixNano: hasTime ? log.timeUnixNano : (log.observedTimeUnixNano ?? '0'),
    ...(severity === undefined ? {} : { severity }),
    ...(eventName === undefined ? {} : { eventName }),
    ...(log.body === null ? {} : { body: log.body }),
    attributes: withoutNulls(log.attributes),
    resource: withoutNulls(log.resource),
    scope: log.scope.name,
    ...(task === undefined ? {} : { task }),
  }
}

function readTask(log: DecodedLog): { kind: string; line: string } | undefined {
  const line = toText(log.attributes['clew.task.log.line']) ?? toText(log.body)
  return line === undefined
    ? undefined
    : { kind: toText(log.attributes['clew.task.log.kind']) ?? 'task', line }
}

/** OTLP groups the severities in fours from 1. */
const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const

function severityOf(severityNumber: number | undefined): string | undefined {
  if (severityNumber === undefined || severityNumber < 1) return undefined
  return severities[Math.floor((severityNumber - 1) / 4)]
}

function withoutNulls(attributes: AttributeMap): { [key: string]: AttributeValue } {
  const kept: { [key: string]: AttributeValue } = Object.create(null)
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== undefined && value !== null) kept[key] = value
  }
  return kept
}
