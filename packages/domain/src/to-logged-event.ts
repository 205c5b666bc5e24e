import {
  ATTR_CLEW_DELTA_CHANNEL,
  ATTR_CLEW_DELTA_SEQ,
  ATTR_CLEW_DELTA_TEXT,
  ATTR_CLEW_TASK_ID,
  EVENT_CLEW_DELTA,
  EVENT_CLEW_TASK_LOG,
} from '@clew/semconv/attributes'
import type { AttributeValue, CanonicalLog, JsonValue } from '@clew/semconv/span'
import type { RunEvent } from './run-event.ts'
import { taskLogKinds } from './task.ts'
import type { TaskLogKind } from './task.ts'

/** The events that travel as log records. */
export type LoggedEvent = Extract<RunEvent, { type: 'delta' | 'task-log' }>

type Log = CanonicalLog<AttributeValue | JsonValue>

/**
 * The run event that a `clew.delta` or `clew.task.log` record stands for, on its way in and when its run is replayed.
 * Its `seq` is its time in microseconds: nanoseconds would not survive a double.
 */
export function toLoggedEvent(log: Log): LoggedEvent | undefined {
  if (log.eventName === EVENT_CLEW_DELTA) return toDelta(log)
  if (log.eventName === EVENT_CLEW_TASK_LOG) return toTaskLog(log)
  return undefined
}

function toDelta({ spanId, timeUnixNano, attributes, body }: Log): LoggedEvent | undefined {
  const deltaSeq = toNumber(attributes[ATTR_CLEW_DELTA_SEQ])
  const text = toText(attributes[ATTR_CLEW_DELTA_TEXT]) ?? toText(body)
  if (spanId === undefined || deltaSeq === undefined || text === undefined) return undefined
  const channel = toChannel(attributes[ATTR_CLEW_DELTA_CHANNEL])
  return {
    seq: toSeq(timeUnixNano),
    atUnixNano: timeUnixNano,
    type: 'delta',
    spanId,
    deltaSeq,
    channel,
    text,
  }
}

function toTaskLog({ spanId = '', timeUnixNano, attributes, task }: Log): LoggedEvent | undefined {
  if (task === undefined) return undefined
  const taskId = toText(attributes[ATTR_CLEW_TASK_ID]) ?? spanId
  if (taskId === '') return undefined
  const kind = toLogKind(task.kind)
  return {
    seq: toSeq(timeUnixNano),
    atUnixNano: timeUnixNano,
    type: 'task-log',
    taskId,
    kind,
    line: task.line,
  }
}

function toSeq(unixNano: string): number {
  return Number(BigInt(unixNano) / 1000n)
}

function toChannel(value: Log['body']): 'text' | 'arguments' | 'reasoning' {
  return value === 'arguments' || value === 'reasoning' ? value : 'text'
}

function toLogKind(kind: string): TaskLogKind {
  return taskLogKinds.find((known) => known === kind) ?? 'task'
}

function toText(value: Log['body']): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function toNumber(value: Log['body']): number | undefined {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' ? value : undefined
}
