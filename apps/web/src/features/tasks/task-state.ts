import type { Task, TaskStatus } from '@clew/domain'

const closed: ReadonlySet<TaskStatus> = new Set(['completed', 'failed', 'cancelled'])

/** True while something can still happen to the task. */
export function isOpen(status: TaskStatus): boolean {
  return !closed.has(status)
}

/** A task's page below its project; the run in it saves the server a search. */
export function toTaskPath(task: Pick<Task, 'id' | 'traceId'>): string {
  return `/tasks/${encodeURIComponent(task.id)}?run=${task.traceId}`
}
