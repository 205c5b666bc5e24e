import type { LiveRun } from './reduce-run.ts'
import type { RunEvent } from './run-event.ts'

/** A run as it stands, as the one event from which `reduceRun` builds the same state. */
export function toSnapshotEvent(run: LiveRun, atUnixNano: string): RunEvent {
  const { seq, trace, spans, logs, streamed, taskStatuses, taskLines } = run
  return {
    seq,
    atUnixNano,
    type: 'snapshot',
    trace,
    spans,
    logs,
    ...(streamed.size > 0 && {
      streamed: [...streamed].map(([spanId, content]) => ({ spanId, ...content })),
    }),
    ...(taskStatuses.size > 0 && {
      taskStatuses: [...taskStatuses].map(([taskId, status]) => ({ taskId, status })),
    }),
    ...(taskLines.length > 0 && { taskLines: [...taskLines] }),
  }
}
