import { currentFeedSeq, readFeedSince } from '@clew/control'
import type { FeedEntry, RunSummary } from '@clew/domain'
import { readRunSummaries } from '@clew/store'
import { hideSummaryContent } from '../reads/hide-content.ts'
import { FeedWatch, type PendingChanges } from './feed-watch.ts'
import { ToldRuns } from './new-runs.ts'
import { pause } from './pause.ts'
import type { StreamContext } from './stream-context.ts'
import { unlessAway } from './unless-away.ts'

/** What changed since the last update; the first one of a stream names nothing and carries the cursor. */
export interface FeedUpdate {
  entry: FeedEntry
  /** New summaries. While only spans have arrived, those of runs that the stream has not told of; the rest follows. */
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
      // Arriving spans cost little to tell; a pause after them would hold up their summaries.
      if (pending.kind === 'summary') await pause({ ms: paceMs, signal })
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
  const { isOverflowing, ...entry } = pending
  if (isOverflowing) return { entry, runs: [], isResync: true }
  const runs = await readChanged({ ctx, entry, told })
  told.add(runs.map(({ traceId }) => traceId))
  return { entry, runs, isResync: false }
}

async function readChanged(options: {
  ctx: StreamContext
  entry: FeedEntry
  told: ToldRuns
}): Promise<RunSummary[]> {
  const { ctx, entry, told } = options
  const { store, project } = ctx
  if (entry.kind === 'span') return ctx.live.newRuns.read(ctx, told.pickNew(entry.traceIds))
  if (entry.traceIds.length === 0) return []
  const runs = await readRunSummaries(store, { ...project, traceIds: entry.traceIds })
  return project.mayReadContent ? runs : runs.map(hideSummaryContent)
}

function toSeq(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined
}
