import type { Run } from './run.ts'
import { taskLogKinds } from './task.ts'
import type { Task, TaskLogKind, TaskLogs } from './task.ts'
import { toIso } from './time.ts'

/** What the task logged, in order. */
export function buildTaskLogs({ task, run }: { task: Task; run: Pick<Run, 'spans' | 'logs'> }): TaskLogs {
  const spanIds = listSubtree({ rootSpanId: task.spanId, run })
  const met = new Map<string, number>()
  const logs = run.logs.flatMap((log) => {
    if (log.task === undefined) return []
    if (log.spanId !== undefined && !spanIds.has(log.spanId)) return []
    // Lines of one nanosecond are told apart; the id of a line must outlive the lines that arrive late before it.
    const place = met.get(log.timeUnixNano) ?? 0
    met.set(log.timeUnixNano, place + 1)
    return [
      {
        id: `${log.timeUnixNano}.${place}`,
        kind: toTaskLogKind(log.task.kind),
        at: toIso(log.timeUnixNano),
        line: log.task.line,
      },
    ]
  })
  return { taskId: task.id, status: task.status, logs }
}

function listSubtree({
  rootSpanId,
  run,
}: {
  rootSpanId: string
  run: Pick<Run, 'spans'>
}): ReadonlySet<string> {
  const inside = new Set([rootSpanId])
  for (const span of run.spans) {
    if (span.parentSpanId !== undefined && inside.has(span.parentSpanId)) inside.add(span.spanId)
  }
  return inside
}

function toTaskLogKind(kind: string): TaskLogKind {
  return taskLogKinds.find((known) => known === kind) ?? 'task'
}
