import { assembleTrace } from './assemble-trace.ts'
import { reduceRun } from './reduce-run.ts'
import type { LiveRun } from './reduce-run.ts'
import type { RunEvent } from './run-event.ts'
import type { Run } from './run.ts'
import { toReplayEvents } from './to-replay-events.ts'

/**
 * A finished run as it stood at any moment, through the reducer that builds live ones. Going on costs the events in
 * between; going back starts over. Its totals are those of what had ended by then.
 */
export class RunReplay {
  readonly #run: Run
  readonly #events: readonly RunEvent[]
  readonly #startNs: bigint
  #taken = 0
  #state: LiveRun | undefined

  constructor(run: Run) {
    this.#run = run
    this.#events = toReplayEvents(run)
    const starts = run.spans.map((span) => BigInt(span.startTimeUnixNano))
    const start = BigInt(run.trace.startTimeUnixNano)
    this.#startNs = starts.reduce((first, each) => (each < first ? each : first), start)
  }

  /** The run as it stood so many milliseconds after its first span began. */
  at(ms: number): LiveRun {
    const until = this.#startNs + BigInt(Math.round(Math.max(0, ms) * 1e6))
    const next = this.#countUntil(until)
    if (next < this.#taken) {
      this.#taken = 0
      this.#state = undefined
    }
    if (next > this.#taken) {
      this.#state = reduceRun(this.#state, this.#events.slice(this.#taken, next))
      this.#taken = next
    }
    return this.#withTotals(this.#state ?? { ...emptyRun, ...this.#run, spans: [], logs: [] })
  }

  /** The opening snapshot is there from the start, whatever its time says. */
  #countUntil(until: bigint): number {
    let low = 1
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >> 1
      const event = this.#events[middle]
      if (event !== undefined && BigInt(event.atUnixNano) <= until) low = middle + 1
      else high = middle
    }
    return low
  }

  #withTotals(state: LiveRun): LiveRun {
    if (state.endReason !== undefined || state.spans.length === 0) return state
    const { trace } = assembleTrace({ spans: state.spans })
    return { ...state, trace: { ...trace, traceId: this.#run.trace.traceId, status: 'running' } }
  }
}

const emptyRun = { seq: 0, streamed: new Map(), taskStatuses: new Map(), taskLines: [] } as const
