import { taskLogKinds, type RunEvent, type TaskLogKind } from '@clew/domain'
import {
  ATTR_CLEW_DELTA_CHANNEL,
  ATTR_CLEW_DELTA_SEQ,
  ATTR_CLEW_DELTA_TEXT,
  ATTR_CLEW_TASK_ID,
  EVENT_CLEW_DELTA,
  EVENT_CLEW_TASK_LOG,
} from '@clew/semconv/attributes'
import type { AttributeValue, CanonicalLog } from '@clew/semconv/span'
import type { StoredRunEvent } from '@clew/store'

/**
 * The run event that a `clew.delta` or `clew.task.log` record stands for. Its id comes from the record, so that
 * the same record sent twice is one event.
 */
export function toRunEvent(log: CanonicalLog): StoredRunEvent | undefined {
  if (log.traceId === undefined) return undefined
  if (log.eventName === EVENT_CLEW_DELTA) return toDelta(log, log.traceId)
  if (log.eventName === EVENT_CLEW_TASK_LOG) return toTaskLog(log, log.traceId)
  return undefined
}

function toDelta(log: CanonicalLog, traceId: string): StoredRunEvent | undefined {
  const { spanId, timeUnixNano, attributes } = log
  const deltaSeq = toNumber(attributes[ATTR_CLEW_DELTA_SEQ])
  const text = toText(attributes[ATTR_CLEW_DELTA_TEXT]) ?? toText(log.body)
  if (spanId === undefined || deltaSeq === undefined || text === undefined) return undefined
  const channel = toChannel(attributes[ATTR_CLEW_DELTA_CHANNEL])
  const event: RunEvent = {
    seq: toSeq(timeUnixNano),
    atUnixNano: timeUnixNano,
    type: 'delta',
    spanId,
    deltaSeq,
    channel,
    text,
  }
  return { traceId, id: `delta/${spanId}/${String(deltaSeq).padStart(10, '0')}`, event }
}

function toTaskLog(log: CanonicalLog, traceId: string): StoredRunEvent | undefined {
  const { spanId = '', timeUnixNano, attributes, task } = log
  if (task === undefined) return undefined
  const taskId = toText(attributes[ATTR_CLEW_TASK_ID]) ?? spanId
  if (taskId === '') return undefined
  const event: RunEvent = {
    seq: toSeq(timeUnixNano),
    atUnixNano: timeUnixNano,
    type: 'task-log',
    taskId,
    kind: toLogKind(task.kind),
    line: task.line,
  }
  return { traceId, id: `task-log/${taskId}/${timeUnixNano}/${fingerprint(task.line)}`, event }
}

/** Microseconds order a run's stored events; nanoseconds would not survive a double. */
function toSeq(unixNano: string): number {
  return Number(BigInt(unixNano) / 1000n)
}

function toChannel(value: AttributeValue | undefined): 'text' | 'arguments' | 'reasoning' {
  return value === 'arguments' || value === 'reasoning' ? value : 'text'
}

function toLogKind(kind: string): TaskLogKind {
  return taskLogKinds.find((known) => known === kind) ?? 'task'
}

function toText(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function toNumber(value: AttributeValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' ? value : undefined
}

/** FNV-1a; tells lines of the same nanosecond apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
