import type { WireSpan } from '@clew/semconv/span'
import type { Run } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { toLoggedEvent } from './to-logged-event.ts'
import type { LoggedEvent } from './to-logged-event.ts'

interface Moment {
  at: bigint
  /** Orders what happened at once. */
  rank: number
  make: (seq: number) => RunEvent
}

/**
 * A finished run as the events that would have been seen live: an empty snapshot, each start and end, each log and
 * what was streamed, in the order of time, the totals, the end. Through `reduceRun` they give the run again.
 */
export function toReplayEvents(run: Run): RunEvent[] {
  const moments: Moment[] = []
  for (const span of run.spans) {
    const start = span.startTimeUnixNano
    moments.push({
      at: BigInt(start),
      rank: 0,
      make: (seq) => ({ seq, atUnixNano: start, type: 'span-start', span: toStartedSpan(span) }),
    })
    const end = span.endTimeUnixNano
    if (end === undefined) continue
    moments.push({
      at: BigInt(end),
      rank: 2,
      make: (seq) => ({ seq, atUnixNano: end, type: 'span-end', span }),
    })
  }
  for (const log of run.logs) {
    const at = log.timeUnixNano
    moments.push({ at: BigInt(at), rank: 1, make: (seq) => ({ seq, atUnixNano: at, type: 'log', log }) })
  }
  moments.push(...toLoggedMoments(run))
  moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.rank - b.rank))

  const start = run.trace.startTimeUnixNano
  const end = run.trace.endTimeUnixNano ?? start
  const opening = { ...run.trace, status: 'running' as const, spanCount: 0, errorCount: 0, hasError: false }
  const events: RunEvent[] = [
    { seq: 0, atUnixNano: start, type: 'snapshot', trace: opening, spans: [], logs: [] },
    ...moments.map((moment, index) => moment.make(index + 1)),
  ]
  events.push({ seq: events.length, atUnixNano: end, type: 'totals', trace: run.trace })
  if (run.trace.status !== 'running') {
    events.push({ seq: events.length, atUnixNano: end, type: 'end', reason: toEndReason(run.trace.status) })
  }
  return events
}

/** What was streamed and what tasks logged. A piece that was sent when its span had ended belongs before the end. */
function toLoggedMoments({ spans, logs }: Run): Moment[] {
  const endOf = new Map(spans.map((span) => [span.spanId, span.endTimeUnixNano]))
  const events = logs.flatMap((log) => toLoggedEvent(log) ?? [])
  // Of pieces of one moment a later one would make those before it repeats.
  const inOrder = events.toSorted((a, b) => placeOf(a) - placeOf(b))
  return inOrder.flatMap((event): Moment[] => {
    if (event.type === 'task-log') {
      return [{ at: BigInt(event.atUnixNano), rank: 1, make: (seq) => ({ ...event, seq }) }]
    }
    if (!endOf.has(event.spanId)) return []
    const end = endOf.get(event.spanId)
    const atUnixNano = end !== undefined && BigInt(end) < BigInt(event.atUnixNano) ? end : event.atUnixNano
    return [{ at: BigInt(atUnixNano), rank: 1, make: (seq) => ({ ...event, atUnixNano, seq }) }]
  })
}

function placeOf(event: LoggedEvent): number {
  return event.type === 'delta' ? event.deltaSeq : 0
}

function toEndReason(status: Run['trace']['status']): 'completed' | 'failed' | 'lost' {
  if (status === 'error') return 'failed'
  return status === 'lost' ? 'lost' : 'completed'
}

/** What was known of a span when it began: nothing that only its end could tell. */
export function toStartedSpan(span: WireSpan): WireSpan {
  const {
    endTimeUnixNano: _end,
    durationNs: _duration,
    statusMessage: _statusMessage,
    errorType: _errorType,
    errorMessage: _errorMessage,
    usage: _usage,
    cost: _cost,
    reportedCost: _reportedCost,
    computedCost: _computedCost,
    output: _output,
    outputMime: _outputMime,
    outputMessages: _outputMessages,
    outputToolCalls: _outputToolCalls,
    documents: _documents,
    finishReason: _finishReason,
    timeToFirstTokenMs: _timeToFirstToken,
    outcome: _outcome,
    stopReason: _stopReason,
    approval: _approval,
    decision: _decision,
    evidence: _evidence,
    policy,
    ...started
  } = span
  const named = policy?.name === undefined ? {} : { policy: { name: policy.name } }
  return { ...started, ...named, state: 'running', status: 'unset', events: [] }
}
