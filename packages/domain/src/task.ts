/** Where a task stands; `surfaces` §3. */
export const taskStatuses = [
  'received',
  'queued',
  'dispatched',
  'preparing',
  'serving',
  'setting_up',
  'running',
  'cancelling',
  'uploading',
  'completed',
  'failed',
  'cancelled',
] as const
export type TaskStatus = (typeof taskStatuses)[number]

export const taskLogKinds = ['setup', 'build', 'serve', 'run', 'task'] as const
export type TaskLogKind = (typeof taskLogKinds)[number]

/** A task: what `task()` reports, else a root run. Times are ISO 8601. */
export interface Task {
  id: string
  type?: string
  name: string
  status: TaskStatus
  input?: string
  output?: string
  error?: string
  createdAt: string
  startedAt?: string
  endedAt?: string
  durationMs?: number
  traceId: string
  spanId: string
  /** True when no `task()` reported it and it stands for a root run. */
  derived: boolean
}

export interface TaskTimings {
  taskId: string
  status: TaskStatus
  totalDurationMs: number
  groups: { label: string; startAt: string; endAt?: string; durationMs: number }[]
  events: { status: TaskStatus; at: string; durationMs?: number; nextStatus?: TaskStatus }[]
}

export interface TaskLogs {
  taskId: string
  status: TaskStatus
  logs: { id: string; kind: TaskLogKind; at: string; line: string }[]
}
