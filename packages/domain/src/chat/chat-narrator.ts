import type { RunEvent } from '../run-event.ts'
import type { Run } from '../run.ts'
import { toReplayEvents } from '../to-replay-events.ts'
import { tellStart, tellTotals } from './tell-run.ts'
import { tellSpan } from './tell-span.ts'
import { toTeller, type ChatEventMaker, type Teller } from './teller.ts'
import { createToldRun, type ToldRun } from './told-run.ts'

type StreamedSnapshot = NonNullable<Extract<RunEvent, { type: 'snapshot' }>['streamed']>

/**
 * Tells the events of runs as those of the chat that they make up. Invariant: each start, end and piece of text is
 * told once, however often and in whatever order the runs' events say it. Live streams and replays share it.
 */
export class ChatNarrator {
  readonly #runs = new Map<string, ToldRun>()

  take(traceId: string, event: RunEvent): ChatEventMaker[] {
    const tell = toTeller()
    this.#take({ traceId, run: this.#runOf(traceId), event, tell })
    return tell.makers
  }

  #runOf(traceId: string): ToldRun {
    const known = this.#runs.get(traceId)
    if (known !== undefined) return known
    const run = createToldRun()
    this.#runs.set(traceId, run)
    return run
  }

  #take(of: { traceId: string; run: ToldRun; event: RunEvent; tell: Teller }): void {
    const { traceId, run, event, tell } = of
    switch (event.type) {
      case 'snapshot':
        return this.#takeSnapshot({ traceId, run, snapshot: event, tell })
      case 'span-start':
      case 'span-snapshot':
      case 'span-end':
        return tellSpan({ run, span: event.span, tell, now: event.atUnixNano })
      case 'delta':
        return tellDelta({ traceId, run, delta: event, tell })
      case 'totals':
        return tellTotals({ run, trace: event.trace, tell, at: event.atUnixNano })
      case 'log':
      case 'task-status':
      case 'task-phase':
      case 'task-log':
      case 'end':
        return
    }
  }

  /** What a snapshot holds is told in the order in which it happened. */
  #takeSnapshot(of: {
    traceId: string
    run: ToldRun
    snapshot: Run & { atUnixNano: string; streamed?: StreamedSnapshot }
    tell: Teller
  }): void {
    const { traceId, run, snapshot, tell } = of
    const { trace, spans, streamed = [] } = snapshot
    tellStart({ run, trace, tell })
    for (const event of toReplayEvents({ trace, spans, logs: [] })) {
      if (event.type !== 'snapshot') this.#take({ traceId, run, event, tell })
    }
    const atUnixNano = snapshot.atUnixNano
    for (const { spanId, deltaSeq, ...channels } of streamed) {
      for (const channel of ['reasoning', 'text', 'arguments'] as const) {
        if (channels[channel] === '' || deltaSeq <= (run.deltaSeqs.get(spanId) ?? -1)) continue
        tell(atUnixNano, {
          type: 'content.delta',
          traceId,
          spanId,
          deltaSeq,
          channel,
          text: channels[channel],
        })
      }
      run.deltaSeqs.set(spanId, Math.max(deltaSeq, run.deltaSeqs.get(spanId) ?? -1))
    }
    // The totals of a run that goes on come last in its replay as well.
    tellTotals({ run, trace, tell, at: trace.endTimeUnixNano ?? atUnixNano })
  }
}

function tellDelta(of: {
  traceId: string
  run: ToldRun
  delta: Extract<RunEvent, { type: 'delta' }>
  tell: Teller
}): void {
  const { traceId, run, delta, tell } = of
  const { spanId, deltaSeq, channel, text, atUnixNano } = delta
  if (deltaSeq <= (run.deltaSeqs.get(spanId) ?? -1)) return
  run.deltaSeqs.set(spanId, deltaSeq)
  tell(atUnixNano, { type: 'content.delta', traceId, spanId, deltaSeq, channel, text })
}
