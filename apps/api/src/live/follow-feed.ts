import { currentFeedSeq, readFeedSince } from '@clew/control'
import type { FeedEntry, RunSummary } from '@clew/domain'
import { EarlyRuns } from './early-runs.ts'
import type { FeedUpdate } from './feed-update.ts'
import { FeedWatch } from './feed-watch.ts'
import { ToldRuns } from './new-runs.ts'
import { StoredNews } from './stored-news.ts'
import type { StreamContext } from './stream-context.ts'

/**
 * Follows the feed of a project until the signal aborts; subscribes before it reads, so nothing falls between. Runs
 * that begin are told as they arrive, beside what is read of the store.
 */
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
  const storedNews = new StoredNews({ ctx, watch, told, signal })
  const earlyRuns = new EarlyRuns({ ctx, told, signal })
  try {
    const opening = await open({ ctx, watch, lastEventId })
    if (opening !== undefined) yield opening
    // Who is cut asks for what came after the last entry that was told, so nothing early may go beyond it.
    let toldSeq = watch.seenSeq
    let stored: Promise<{ update: FeedUpdate | undefined }> | undefined
    let early: Promise<{ runs: RunSummary[] }> | undefined
    while (!signal.aborted) {
      stored ??= storedNews.next().then((update) => ({ update }))
      early ??= earlyRuns.next().then((runs) => ({ runs }))
      const news = await Promise.race([stored, early])
      const update = 'runs' in news ? toEarlyUpdate(news.runs, toldSeq) : news.update
      if ('runs' in news) early = undefined
      else stored = undefined
      if (update === undefined || signal.aborted) continue
      yield update
      toldSeq = update.entry.seq
    }
    if (access.signal.aborted) throw access.signal.reason
  } finally {
    unwatch()
    earlyRuns.close()
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

function toEarlyUpdate(runs: RunSummary[], seq: number): FeedUpdate | undefined {
  if (runs.length === 0) return undefined
  const traceIds = runs.map(({ traceId }) => traceId)
  const sessionIds = [...new Set(runs.flatMap((run) => run.sessionIds))]
  return { entry: { seq, traceIds, sessionIds, kind: 'span' }, runs, isResync: false }
}

function toSeq(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined
}
