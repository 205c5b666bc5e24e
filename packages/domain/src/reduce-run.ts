import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import type { Run, RunSummary } from './run.ts'
import type { EndReason, RunEvent } from './run-event.ts'
import type { TaskStatus } from './task.ts'
import { buildTraceTree, compareNanos, orderSpans } from './trace-tree.ts'

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
  endReason?: EndReason
}

/**
 * Takes events into a run, live or replayed: the one place where a run's state is built from events.
 * A snapshot starts over, whatever its number: another process counts anew. Repeats of anything else are ignored, an
 * ended span never runs again, spans stay ordered by start. The given state is not changed; a batch costs one copy.
 */
export function reduceRun(state: LiveRun | undefined, events: readonly RunEvent[]): LiveRun | undefined {
  let next: Draft | undefined
  for (const event of events) {
    if (event.type === 'snapshot') {
      next = openDraft(toState(event))
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
  /** How many spans there were before, which are in order. */
  knownCount: number
  /** The place in `spans` from which on their order is not known; undefined while it is. */
  orderedUntil: number | undefined
  logs: CanonicalLog<JsonValue>[]
  seq: number
  streamed: Map<string, StreamedContent>
  taskStatuses: Map<string, TaskStatus>
  taskLines: LiveRun['taskLines'][number][]
  endReason?: LiveRun['endReason']
}

function toState(event: Extract<RunEvent, { type: 'snapshot' }>): LiveRun {
  const { trace, spans, logs, seq, streamed = [], taskStatuses = [], taskLines = [] } = event
  return {
    trace,
    spans,
    logs,
    seq,
    streamed: new Map(streamed.map(({ spanId, ...content }) => [spanId, content])),
    taskStatuses: new Map(taskStatuses.map(({ taskId, status }) => [taskId, status])),
    taskLines,
  }
}

function openDraft(state: LiveRun): Draft {
  return {
    trace: state.trace,
    spans: [...state.spans],
    indexOf: new Map(state.spans.map((span, index) => [span.spanId, index])),
    knownCount: state.spans.length,
    orderedUntil: undefined,
    logs: [...state.logs],
    seq: state.seq,
    streamed: new Map(state.streamed),
    taskStatuses: new Map(state.taskStatuses),
    taskLines: [...state.taskLines],
    ...(state.endReason !== undefined && { endReason: state.endReason }),
  }
}

function closeDraft(draft: Draft): LiveRun {
  return {
    trace: draft.trace,
    spans: inOrder(draft),
    logs: draft.logs,
    seq: draft.seq,
    streamed: draft.streamed,
    taskStatuses: draft.taskStatuses,
    taskLines: draft.taskLines,
    ...(draft.endReason !== undefined && { endReason: draft.endReason }),
  }
}

/**
 * The order of a run as it is read: at equal starts parents come before their children. Orders only what starts no
 * sooner than the first span that is out of order: in a long run that is little.
 */
function inOrder({ spans, indexOf, knownCount, orderedUntil }: Draft): WireSpan[] {
  const arrived = new Set(spans.slice(knownCount).map((span) => span.spanId))
  // A parent that comes late changes how deep its children are, and by that their order among equal starts.
  const isAwaited = arrived.size > 0 && spans.some((span) => arrived.has(span.parentSpanId ?? ''))
  if (orderedUntil === undefined && !isAwaited) return spans
  const from = isAwaited || orderedUntil === undefined ? 0 : placeOf(spans, orderedUntil)
  const ordered = orderSpans({
    spans: spans.slice(from),
    byId: (spanId) => spans[indexOf.get(spanId) ?? -1],
    depthMax: spans.length,
  })
  if (ordered === undefined) return buildTraceTree(spans).nodes.map(({ span }) => span)
  return from === 0 ? ordered : [...spans.slice(0, from), ...ordered]
}

/** Where the earliest of the spans from a place on belongs among those before it, which are in order. */
function placeOf(spans: readonly WireSpan[], from: number): number {
  const starts = spans.slice(from).map((span) => span.startTimeUnixNano)
  const earliest = starts.reduce((first, start) => (compareNanos(start, first) < 0 ? start : first))
  let low = 0
  for (let high = from; low < high;) {
    const middle = (low + high) >> 1
    const span = spans[middle]
    if (span !== undefined && compareNanos(span.startTimeUnixNano, earliest) < 0) low = middle + 1
    else high = middle
  }
  return low
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
    if (last && compareNanos(last.startTimeUnixNano, span.startTimeUnixNano) >= 0) {
      draft.orderedUntil ??= draft.spans.length
    }
    draft.indexOf.set(span.spanId, draft.spans.length)
    draft.spans.push(span)
    return
  }
  const known = draft.spans[index]
  if (known?.state === 'ended' && span.state !== 'ended') return
  const isInPlace =
    known?.startTimeUnixNano === span.startTimeUnixNano && known.parentSpanId === span.parentSpanId
  if (!isInPlace) draft.orderedUntil = 0
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
