import type { RunSummary } from '@clew/domain'
import { readRunSummaries } from '@clew/store'
import { hideSummaryContent } from '../reads/hide-content.ts'
import type { FeedUpdate } from './feed-update.ts'
import type { FeedWatch, PendingChanges } from './feed-watch.ts'
import type { ToldRuns } from './new-runs.ts'
import type { StreamContext } from './stream-context.ts'
import { unlessAway } from './unless-away.ts'

const paceMs = 100
const lookMs = 10_000

/** For one stream what the feed says of the store, with the runs that it names. */
export class StoredNews {
  readonly #of: { ctx: StreamContext; watch: FeedWatch; told: ToldRuns; signal: AbortSignal }
  #hasSummed = false

  constructor(of: { ctx: StreamContext; watch: FeedWatch; told: ToldRuns; signal: AbortSignal }) {
    this.#of = of
  }

  /** Undefined when there was none for a while, or the signal aborted. */
  async next(): Promise<FeedUpdate | undefined> {
    const { ctx, watch, told, signal } = this.#of
    // Summaries can wait for each other; a run that has just begun waits for none of them.
    const isNew = ({ traceIds }: PendingChanges) => told.pickFresh({ traceIds, now: ctx.clock() }).length > 0
    if (this.#hasSummed) await watch.rest({ ms: paceMs, until: isNew })
    await watch.wait(lookMs)
    const pending = signal.aborted ? undefined : watch.take()
    if (pending === undefined) return undefined
    this.#hasSummed = pending.summedTraceIds.length > 0
    return await unlessAway({ read: () => this.#toUpdate(pending), signal })
  }

  async #toUpdate(pending: PendingChanges): Promise<FeedUpdate> {
    const { ctx, told } = this.#of
    const { isOverflowing, summedTraceIds, kinds: _kinds, ...entry } = pending
    if (isOverflowing) return { entry, runs: [], isResync: true }
    const now = ctx.clock()
    const fresh = told.pickFresh({ traceIds: entry.traceIds, now })
    const [begun, summed] = await Promise.all([
      this.#readBegun(fresh, entry.seq),
      this.#readSummed(summedTraceIds.filter((traceId) => !fresh.includes(traceId))),
    ])
    const runs = [...begun, ...summed]
    told.add({ traceIds: runs.map(({ traceId }) => traceId), now })
    return { entry, runs, isResync: false }
  }

  /** What arrived here was told as it did, and only other processes can know more of it. */
  async #readBegun(fresh: readonly string[], seq: number): Promise<RunSummary[]> {
    const { ctx } = this.#of
    const traceIds = fresh.filter((traceId) => !ctx.live.arriving.knowsAll(ctx.project.projectId, traceId))
    return traceIds.length === 0 ? [] : await ctx.live.newRuns.read(ctx, { traceIds, seq })
  }

  async #readSummed(traceIds: readonly string[]): Promise<RunSummary[]> {
    const { store, project } = this.#of.ctx
    if (traceIds.length === 0) return []
    const summaries = await readRunSummaries(store, { ...project, traceIds })
    return project.mayReadContent ? summaries : summaries.map(hideSummaryContent)
  }
}
