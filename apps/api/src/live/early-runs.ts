import type { RunSummary } from '@clew/domain'
import type { ToldRuns } from './new-runs.ts'
import { pause } from './pause.ts'
import type { StreamContext } from './stream-context.ts'

/** Between two tellings; what arrives meanwhile is told together. */
const paceMs = 30

/** For one stream the runs that begin, as they arrive: nothing here waits for the store. */
export class EarlyRuns {
  readonly #of: { ctx: StreamContext; told: ToldRuns; signal: AbortSignal }
  readonly #unwatch: () => void
  readonly #onAbort = () => this.#wake?.()
  #arrived = new Set<string>()
  #wake: (() => void) | undefined
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(of: { ctx: StreamContext; told: ToldRuns; signal: AbortSignal }) {
    this.#of = of
    const { ctx, signal } = of
    signal.addEventListener('abort', this.#onAbort)
    this.#unwatch = ctx.live.arriving.watch(ctx.project.projectId, (traceIds) => {
      for (const traceId of traceIds) this.#arrived.add(traceId)
      this.#wake?.()
    })
  }

  /** The young runs that have changed, once any has; none where they are too many, or when the signal aborts. */
  async next(): Promise<RunSummary[]> {
    const { ctx, told, signal } = this.#of
    await this.#wait()
    await pause({ ms: this.#toldAt + paceMs - ctx.clock(), signal })
    const now = ctx.clock()
    const traceIds = told.pickFresh({ traceIds: [...this.#arrived], now })
    this.#arrived.clear()
    this.#toldAt = now
    const runs = ctx.live.arriving.read(ctx.project, traceIds)
    told.add({ traceIds: runs.map(({ traceId }) => traceId), now })
    return runs
  }

  close(): void {
    this.#unwatch()
    this.#of.signal.removeEventListener('abort', this.#onAbort)
    this.#wake?.()
  }

  async #wait(): Promise<void> {
    if (this.#arrived.size > 0 || this.#of.signal.aborted) return
    await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#wake = undefined
  }
}
