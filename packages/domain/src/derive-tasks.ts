import { ATTR_CLEW_TASK_STATUS, EVENT_CLEW_TASK_STATUS } from '@clew/semconv/attributes'
import type { WireSpan } from '@clew/semconv/span'
import type { Run } from './run.ts'
import { taskStatuses } from './task.ts'
import type { Task, TaskStatus } from './task.ts'
import { toDurationMs, toIso } from './time.ts'

/** The tasks of a run: what `task()` reported, else each root span as a task of its own. */
export function deriveTasks(run: Pick<Run, 'spans'>): Task[] {
  const reported = run.spans.filter((span) => span.kind === 'TASK' && span.duplicateOf === undefined)
  if (reported.length > 0) return reported.map((span) => toTask(span, false))
  const ids = new Set(run.spans.map((span) => span.spanId))
  return run.spans
    .filter((span) => span.parentSpanId === undefined || !ids.has(span.parentSpanId))
    .map((span) => toTask(span, true))
}

/** The status a span's own state implies, where no `clew.task.status` event says more. */
export function toTaskStatus(span: WireSpan): TaskStatus {
  if (span.state === 'running') return lastReportedStatus(span) ?? 'running'
  const last = lastReportedStatus(span)
  if (last === 'completed' || last === 'failed' || last === 'cancelled') return last
  return span.state === 'lost' || span.status === 'error' ? 'failed' : 'completed'
}

/** `clew.task.status` events of a span, in order. */
export function listStatusEvents(span: WireSpan): { status: TaskStatus; atUnixNano: string }[] {
  const events: { status: TaskStatus; atUnixNano: string }[] = []
  for (const event of span.events) {
    if (event.name !== EVENT_CLEW_TASK_STATUS) continue
    const status = taskStatuses.find((known) => known === event.attributes[ATTR_CLEW_TASK_STATUS])
    if (status) events.push({ status, atUnixNano: event.timeUnixNano })
  }
  return events
}

function toTask(span: WireSpan, derived: boolean): Task {
  const error = span.status === 'error' ? (span.errorMessage ?? span.statusMessage) : undefined
  return {
    id: span.task?.id ?? span.spanId,
    ...(span.task?.type !== undefined && { type: span.task.type }),
    name: span.name,
    status: toTaskStatus(span),
    ...(span.input !== undefined && { input: span.input }),
    ...(span.output !== undefined && { output: span.output }),
    ...(error !== undefined && { error }),
    createdAt: toIso(span.startTimeUnixNano),
    startedAt: toIso(span.startTimeUnixNano),
    ...(span.endTimeUnixNano !== undefined && { endedAt: toIso(span.endTimeUnixNano) }),
    ...(span.durationNs !== undefined && { durationMs: toDurationMs(span.durationNs) }),
    traceId: span.traceId,
    spanId: span.spanId,
    derived,
  }
}

function lastReportedStatus(span: WireSpan): TaskStatus | undefined {
  return listStatusEvents(span).at(-1)?.status
}
