import type { JsonValue, CanonicalLog, WireSpan } from '@clew/semconv/span'
import type { RunSummary } from './run.ts'
import type { TaskLogKind, TaskStatus } from './task.ts'

/**
 * Everything that can happen to a run, live or replayed. `seq` rises within a stream and is the SSE id;
 * `atUnixNano` is the moment in the run's own time.
 */
export type RunEvent = { seq: number; atUnixNano: string } & (
  | {
      type: 'snapshot'
      trace: RunSummary
      spans: WireSpan[]
      logs: CanonicalLog<JsonValue>[]
      /** What has been streamed into spans that still run. */
      streamed?: { spanId: string; deltaSeq: number; text: string; arguments: string; reasoning: string }[]
      taskStatuses?: { taskId: string; status: TaskStatus }[]
      taskLines?: { taskId: string; kind: string; atUnixNano: string; line: string }[]
    }
  | { type: 'span-start' | 'span-snapshot' | 'span-end'; span: WireSpan }
  | {
      type: 'delta'
      spanId: string
      deltaSeq: number
      channel: 'text' | 'arguments' | 'reasoning'
      text: string
    }
  | { type: 'log'; log: CanonicalLog<JsonValue> }
  | { type: 'task-status'; taskId: string; status: TaskStatus }
  | { type: 'task-phase'; taskId: string; phase: string; state: 'start' | 'end' }
  | { type: 'task-log'; taskId: string; kind: TaskLogKind; line: string }
  | { type: 'totals'; trace: RunSummary }
  | { type: 'end'; reason: EndReason }
)

/** `cancelled` is said of tasks only; a run knows no such end. */
export type EndReason = 'completed' | 'failed' | 'lost' | 'cancelled'

/** `span` when spans arrived, `log` when log records or run events did, `summary` when totals were replaced. */
export const feedKinds = ['span', 'log', 'summary'] as const
export type FeedKind = (typeof feedKinds)[number]

/** What the project's feed says: which traces changed. Ids only; readers fetch. */
export interface FeedEntry {
  seq: number
  traceIds: string[]
  sessionIds: string[]
  kind: FeedKind
}
