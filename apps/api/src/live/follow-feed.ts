import { currentFeedSeq, readFeedSince } from '@clew/control'
import type { FeedEntry, RunSummary } from '@clew/domain'
import { readRunSummaries } from '@clew/store'
import { hideSummaryContent } from '../reads/hide-content.ts'
import { FeedWatch, type PendingChanges } from './feed-watch.ts'
import { ToldRuns } from './new-runs.ts'
import type { StreamContext } from './stream-context.ts'
import { unlessAway } from './unless-away.ts'

/** What changed since the last update; the first one of a stream names nothing and carries the cursor. */
export interface FeedUpdate {
  entry: FeedEntry
  /** New summaries; and runs that are new to the stream or have just begun, as their spans have it so far. */
  runs: RunSummary[]
  /** True when the cursor was too old or too much changed: read again what is on screen. */
  isResync: boolean
}

const paceMs = 100
const lookMs = 10_000

/** Follows the feed of a project until the signal aborts; subscribes before it reads, so nothing falls between. */
export async function* followFeed(options: {
  ctx: StreamContext
  lastEventId?: string | null | undefined
  signal: AbortSignal
}): AsyncGenerator<FeedUpdate> {
  const { ctx, lastEventId } = options
  const told = new ToldRuns()
  const access = new AbortController()
  const unwatch = ctx.live.access.watch(ctx, (error) => access.abort(error))
  const signal = AbortSignal.any([options.signal, access.signal])
  const watch = new FeedWatch({ control: ctx.control, projectId: ctx.project.projectId, signal })
  try {
    const opening = await open({ ctx, watch, lastEventId })
    if (opening !== undefined) yield opening
    while (!signal.aborted) {
      await watch.wait(lookMs)
      const pending = signal.aborted ? undefined : watch.take()
      if (pending === undefined) continue
      const update = await unlessAway({ read: () => toUpdate({ ctx, pending, told }), signal })
      if (update !== undefined && !signal.aborted) yield update
      // Summaries can wait for each other; a run that has just begun waits for none of them.
      const isNew = ({ traceIds }: PendingChanges) =>
        told.pickFresh({ traceIds, now: ctx.clock() }).length > 0
      if (pending.summedTraceIds.length > 0) await watch.rest({ ms: paceMs, until: isNew })
    }
    if (access.signal.aborted) throw access.signal.reason
  } finally {
    unwatch()
    watch.close()
  }
}

async function open(options: {
  ctx: StreamContext
  watch: FeedWatch
  lastEventId: string | null | undefined
}): Promise<FeedUpdate | undefined> {
  const { ctx, watch, lastEventId } = options
  const { projectId } = ctx.project
  const since = lastEventId == null ? undefined : toSeq(lastEventId)
  const missed = since === undefined ? 'resync' : await readFeedSince(ctx.control, { projectId, seq: since })
  if (missed !== 'resync' && since !== undefined) {
    watch.markSeen(since)
    for (const entry of missed.entries) watch.add(entry)
    return undefined
  }
  const seq = await currentFeedSeq(ctx.control, projectId)
  watch.markSeen(seq)
  const entry: FeedEntry = { seq, traceIds: [], sessionIds: [], kind: 'summary' }
  return { entry, runs: [], isResync: lastEventId != null }
}

async function toUpdate(options: {
  ctx: StreamContext
  pending: PendingChanges
  told: ToldRuns
}): Promise<FeedUpdate> {
  const { ctx, pending, told } = options
  const { isOverflowing, summedTraceIds, kinds: _kinds, ...entry } = pending
  if (isOverflowing) return { entry, runs: [], isResync: true }
  const now = ctx.clock()
  const fresh = told.pickFresh({ traceIds: entry.traceIds, now })
  const runs = await readChanged({ ctx, seq: entry.seq, fresh, summed: without(summedTraceIds, fresh) })
  told.add({ traceIds: runs.map(({ traceId }) => traceId), now })
  return { entry, runs, isResync: false }
}

async function readChanged(options: {
  ctx: StreamContext
  seq: number
  fresh: readonly string[]
  summed: readonly string[]
}): Promise<RunSummary[]> {
  const { ctx, seq, fresh, summed } = options
  const { store, project } = ctx
  const [begun, summaries] = await Promise.all([
    fresh.length === 0 ? [] : ctx.live.newRuns.read(ctx, { traceIds: fresh, seq }),
    summed.length === 0 ? [] : readRunSummaries(store, { ...project, traceIds: summed }),
  ])
  return [...begun, ...(project.mayReadContent ? summaries : summaries.map(hideSummaryContent))]
}

function without(traceIds: readonly string[], left: readonly string[]): string[] {
  return traceIds.filter((traceId) => !left.includes(traceId))
}

function toSeq(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined
}
