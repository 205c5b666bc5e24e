import {
  ATTR_CLEW_TASK_PHASE,
  ATTR_CLEW_TASK_PHASE_STATE,
  EVENT_CLEW_TASK_PHASE,
} from '@clew/semconv/attributes'
import type { WireSpan } from '@clew/semconv/span'
import { listStatusEvents, toTaskStatus } from './derive-tasks.ts'
import { byStart } from './list-steps.ts'
import type { Task, TaskStatus, TaskTimings } from './task.ts'
import { durationBetween, toDurationMs, toIso, toUnixNano } from './time.ts'

/**
 * Phases and status transitions of a task. Phases are those that `task.phase` reported; without any,
 * the direct children of the task's span stand in, neighbours of one name taken together. `nowMs` closes what
 * still runs.
 */
export function buildTaskTimings(args: {
  task: Task
  spans: readonly WireSpan[]
  nowMs: number
}): TaskTimings {
  const { task, spans, nowMs } = args
  const span = spans.find((each) => each.spanId === task.spanId)
  const status = span ? toTaskStatus(span) : task.status
  if (!span) return { taskId: task.id, status, totalDurationMs: task.durationMs ?? 0, groups: [], events: [] }
  const now = toUnixNano(nowMs)
  const end = span.endTimeUnixNano ?? now
  return {
    taskId: task.id,
    status,
    totalDurationMs: elapsedMs(span.startTimeUnixNano, end),
    groups: listPhases(span, now) ?? listChildGroups({ span, spans, now }),
    events: listTransitions({ span, status, end }),
  }
}

type Group = TaskTimings['groups'][number]

function listPhases(span: WireSpan, now: string): Group[] | undefined {
  const open = new Map<string, string>()
  const groups: Group[] = []
  for (const event of span.events) {
    if (event.name !== EVENT_CLEW_TASK_PHASE) continue
    const label = event.attributes[ATTR_CLEW_TASK_PHASE]
    if (typeof label !== 'string') continue
    const start = open.get(label)
    if (event.attributes[ATTR_CLEW_TASK_PHASE_STATE] !== 'end') open.set(label, event.timeUnixNano)
    else if (start !== undefined) {
      open.delete(label)
      groups.push(toGroup({ label, start, end: event.timeUnixNano, now }))
    }
  }
  for (const [label, start] of open) {
    groups.push(
      toGroup({
        label,
        start,
        now,
        ...(span.endTimeUnixNano !== undefined && { end: span.endTimeUnixNano }),
      }),
    )
  }
  if (groups.length === 0) return undefined
  return groups.toSorted((a, b) => a.startAt.localeCompare(b.startAt))
}

function listChildGroups(args: { span: WireSpan; spans: readonly WireSpan[]; now: string }): Group[] {
  const children = byStart(args.spans.filter((each) => each.parentSpanId === args.span.spanId))
  const merged: { label: string; start: string; end?: string }[] = []
  for (const child of children) {
    const label = child.agent?.name !== undefined && child.kind === 'AGENT' ? child.agent.name : child.name
    const last = merged.at(-1)
    if (last?.label === label && last.end !== undefined) {
      if (child.endTimeUnixNano === undefined) delete last.end
      else last.end = child.endTimeUnixNano
      continue
    }
    merged.push({
      label,
      start: child.startTimeUnixNano,
      ...(child.endTimeUnixNano !== undefined && { end: child.endTimeUnixNano }),
    })
  }
  return merged.map((each) => toGroup({ ...each, now: args.now }))
}

function listTransitions(args: { span: WireSpan; status: TaskStatus; end: string }): TaskTimings['events'] {
  const { span, status, end } = args
  const reported = listStatusEvents(span)
  const steps =
    reported.length > 0 ? reported : [{ status: 'running' as const, atUnixNano: span.startTimeUnixNano }]
  if (span.state !== 'running' && steps.at(-1)?.status !== status) steps.push({ status, atUnixNano: end })
  return steps.map((step, index) => {
    const next = steps[index + 1]
    return {
      status: step.status,
      at: toIso(step.atUnixNano),
      ...(next && { durationMs: elapsedMs(step.atUnixNano, next.atUnixNano), nextStatus: next.status }),
    }
  })
}

function toGroup(args: { label: string; start: string; end?: string; now: string }): Group {
  return {
    label: args.label,
    startAt: toIso(args.start),
    ...(args.end !== undefined && { endAt: toIso(args.end) }),
    durationMs: elapsedMs(args.start, args.end ?? args.now),
  }
}

function elapsedMs(start: string, end: string): number {
  return toDurationMs(durationBetween(start, end))
}
