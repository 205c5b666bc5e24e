import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import type { Run, RunSummary } from './run.ts'
import type { RunEvent } from './run-event.ts'
import type { TaskStatus } from './task.ts'

/** What has been streamed of a model call that still runs. */
export interface StreamedContent {
  deltaSeq: number
  text: string
  arguments: string
  reasoning: string
}

/** A run while it is watched: its last known state and what is being streamed into it. */
export interface LiveRun extends Run {
  /** The highest `seq` taken in; events at or below it are repeats and are ignored. */
  seq: number
  streamed: ReadonlyMap<string, StreamedContent>
  taskStatuses: ReadonlyMap<string, TaskStatus>
  taskLines: readonly { taskId: string; kind: string; atUnixNano: string; line: string }[]
  /** Set by the terminal event; absent while more may come. */
  endReason?: 'completed' | 'failed' | 'lost'
}

/**
 * Takes events into a run, live or replayed: the one place where a run's state is built from events.
 * Repeats are ignored, an ended span never runs again, spans stay ordered by start. The given state is
 * not changed; a batch costs one copy.
 */
export function reduceRun(state: LiveRun | undefined, events: readonly RunEvent[]): LiveRun | undefined {
  let next: Draft | undefined
  for (const event of events) {
    if (event.type === 'snapshot') {
      if (state && event.seq < state.seq) continue
      next = openDraft({
        ...emptyParts,
        trace: event.trace,
        spans: event.spans,
        logs: event.logs,
        seq: event.seq,
      })
      continue
    }
    next ??= state && openDraft(state)
    if (!next || event.seq <= next.seq) continue
    applyEvent(next, event)
    next.seq = event.seq
  }
  return next ? closeDraft(next) : state
}

interface Draft {
  trace: RunSummary
  spans: WireSpan[]
  indexOf: Map<string, number>
  outOfOrder: boolean
  logs: CanonicalLog<JsonValue>[]
  seq: number
  streamed: Map<string, StreamedContent>
  taskStatuses: Map<string, TaskStatus>
  taskLines: LiveRun['taskLines'][number][]
  endReason?: LiveRun['endReason']
}

const emptyParts = { streamed: new Map(), taskStatuses: new Map(), taskLines: [] } as const

function openDraft(state: LiveRun): Draft {
  return {
    trace: state.trace,
    spans: [...state.spans],
    indexOf: new Map(state.spans.map((span, index) => [span.spanId, index])),
    outOfOrder: false,
    logs: [...state.logs],
    seq: state.seq,
    streamed: new Map(state.streamed),
    taskStatuses: new Map(state.taskStatuses),
    taskLines: [...state.taskLines],
    ...(state.endReason !== undefined && { endReason: state.endReason }),
  }
}

function closeDraft(draft: Draft): LiveRun {
  const spans = draft.outOfOrder ? draft.spans.toSorted(compareByStart) : draft.spans
  return {
    trace: draft.trace,
    spans,
    logs: draft.logs,
    seq: draft.seq,
    streamed: draft.streamed,
    taskStatuses: draft.taskStatuses,
    taskLines: draft.taskLines,
    ...(draft.endReason !== undefined && { endReason: draft.endReason }),
  }
}

function applyEvent(draft: Draft, event: Exclude<RunEvent, { type: 'snapshot' }>): void {
  switch (event.type) {
    case 'span-start':
    case 'span-snapshot':
    case 'span-end':
      return upsertSpan(draft, event.span)
    case 'delta':
      return appendDelta(draft, event)
    case 'log':
      draft.logs.push(event.log)
      return
    case 'task-status':
      draft.taskStatuses.set(event.taskId, event.status)
      return
    case 'task-log':
      draft.taskLines.push({
        taskId: event.taskId,
        kind: event.kind,
        atUnixNano: event.atUnixNano,
        line: event.line,
      })
      return
    case 'task-phase':
      return
    case 'totals':
      draft.trace = event.trace
      return
    case 'end':
      draft.endReason = event.reason
  }
}

function upsertSpan(draft: Draft, span: WireSpan): void {
  const index = draft.indexOf.get(span.spanId)
  if (index === undefined) {
    const last = draft.spans.at(-1)
    if (last && compareByStart(last, span) > 0) draft.outOfOrder = true
    draft.indexOf.set(span.spanId, draft.spans.length)
    draft.spans.push(span)
    return
  }
  const known = draft.spans[index]
  if (known?.state === 'ended' && span.state !== 'ended') return
  draft.spans[index] = span
  if (span.state !== 'running') draft.streamed.delete(span.spanId)
}

function appendDelta(draft: Draft, event: Extract<RunEvent, { type: 'delta' }>): void {
  const known = draft.streamed.get(event.spanId) ?? { deltaSeq: -1, text: '', arguments: '', reasoning: '' }
  if (event.deltaSeq <= known.deltaSeq) return
  draft.streamed.set(event.spanId, {
    ...known,
    deltaSeq: event.deltaSeq,
    [event.channel]: known[event.channel] + event.text,
  })
}

function compareByStart(a: WireSpan, b: WireSpan): number {
  const left = BigInt(a.startTimeUnixNano)
  const right = BigInt(b.startTimeUnixNano)
  return left < right ? -1 : left > right ? 1 : 0
}
