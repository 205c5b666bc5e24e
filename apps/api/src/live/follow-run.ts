import { currentFeedSeq, readFeedSince } from '@clew/control'
import { toEpochMs, toUnixNano, type FeedEntry, type Run, type RunEvent } from '@clew/domain'
import { readRunEvents } from '@clew/store'
import { found } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'
import { readRun } from '../reads/read-run.ts'
import { createAccessGuard, guardMs, type StreamContext } from './access-guard.ts'
import { FeedWatch, type PendingChanges } from './feed-watch.ts'
import { pause } from './pause.ts'
import { parseEventId, toEventId, type RunCursor } from './run-cursor.ts'
import { RunImage, type EventMaker, type RunState } from './run-image.ts'

export interface NumberedRunEvent {
  /** Resume after this one. */
  id: string
  event: RunEvent
}

export interface FollowRunOptions {
  ctx: StreamContext
  traceId: string
  lastEventId?: string | null | undefined
  signal: AbortSignal
}

/** Spans of a run can arrive after its root has ended; its end is told once nothing came for so long. */
const quietMs = 1500
/** A run whose sender went away changes by time alone. */
const rereadMs = 15_000
const paceMs = 120

/**
 * Follows one run: a snapshot, then every change, then `end`, after which the stream is over. Subscribes before
 * it reads. A subscriber who comes back hears nothing while nothing changed, and else a fresh snapshot. Rejects
 * when there is no such run; the signal has to abort in the end.
 */
export async function followRun(options: FollowRunOptions): Promise<AsyncGenerator<NumberedRunEvent>> {
  const { ctx, traceId, signal } = options
  const { projectId } = ctx.project
  const wants = (entry: FeedEntry) => concerns({ entry, traceId })
  const watch = new FeedWatch({ control: ctx.control, projectId, signal, wants })
  try {
    const opened = await open(options, watch)
    const state = await readState({ ctx, project: ctx.project, traceId })
    return follow({ ...options, ...opened, watch, state })
  } catch (thrown) {
    watch.close()
    throw thrown
  }
}

interface Opened {
  cursor: RunCursor
  feedSeq: number
  /** True when the subscriber knows all that the feed has told. */
  isCurrent: boolean
}

async function* follow(
  options: FollowRunOptions & Opened & { watch: FeedWatch; state: RunState },
): AsyncGenerator<NumberedRunEvent> {
  const { ctx, traceId, signal, watch, isCurrent } = options
  let { cursor, feedSeq, state } = options
  const guard = createAccessGuard({ ctx, scope: 'read' })
  const image = new RunImage()
  // Rows are stored before the feed says so: what was read at a resume may hold news for the subscriber.
  let isUnsure = isCurrent
  const opening = image.toSnapshot(state)
  let makers = isCurrent ? [] : opening
  let changedAt = toEpochMs(state.run.trace.endTimeUnixNano ?? toUnixNano(state.readAt))
  try {
    while (!signal.aborted) {
      for (const numbered of numberEvents({ makers, cursor, feedSeq })) {
        cursor = numbered.cursor
        yield { id: toEventId(cursor), event: numbered.event }
      }
      const quietFor = ctx.clock() - changedAt
      if (isOver(state.run) && quietFor >= quietMs) return yield toEnd({ state, cursor })
      makers = []
      await watch.wait(isOver(state.run) ? Math.min(quietMs - quietFor, guardMs) : guardMs)
      const project = await guard.check()
      const pending = await takePaced({ watch, state, ctx, signal })
      if (pending === undefined && ctx.clock() - state.readAt < rereadMs) continue
      state = await readState({ ctx, project, traceId })
      makers = isUnsure && pending !== undefined ? image.toSnapshot(state) : image.toChanges(state)
      if (pending !== undefined) {
        isUnsure = false
        feedSeq = pending.seq
      }
      if (makers.length > 0) changedAt = ctx.clock()
    }
  } finally {
    watch.close()
  }
}

async function open(options: FollowRunOptions, watch: FeedWatch): Promise<Opened> {
  const { ctx, traceId, lastEventId } = options
  const { projectId } = ctx.project
  const since = parseEventId(lastEventId)
  const feedSeq = await currentFeedSeq(ctx.control, projectId)
  watch.markSeen(feedSeq)
  if (since === undefined) return { cursor: { feedSeq, eventSeq: 0 }, feedSeq, isCurrent: false }
  const missed = await readFeedSince(ctx.control, { projectId, seq: since.feedSeq })
  const isCurrent = missed !== 'resync' && !missed.entries.some((entry) => concerns({ entry, traceId }))
  return { cursor: since, feedSeq, isCurrent }
}

/** Totals are made of the spans here, so that a summary which is written says nothing new. */
function concerns({ entry, traceId }: { entry: FeedEntry; traceId: string }): boolean {
  return entry.kind === 'span' && entry.traceIds.includes(traceId)
}

/** Gathers changes for a while, longer for runs that take long to read. */
async function takePaced(options: {
  watch: FeedWatch
  state: RunState
  ctx: StreamContext
  signal: AbortSignal
}): Promise<PendingChanges | undefined> {
  const { watch, state, ctx, signal } = options
  if (!watch.hasPending) return undefined
  const restMs = Math.max(paceMs, 3 * state.readMs)
  await pause({ ms: state.readAt + restMs - ctx.clock(), signal })
  return watch.take()
}

async function readState(options: {
  ctx: StreamContext
  project: ProjectScope
  traceId: string
}): Promise<RunState> {
  const { ctx, project, traceId } = options
  const startedAt = ctx.clock()
  const [run, kept] = await Promise.all([
    readRun({ store: ctx.store, project, traceId, content: 'preview', now: startedAt }),
    project.mayReadContent ? readRunEvents(ctx.store, { ...project, traceId }) : [],
  ])
  const readAt = ctx.clock()
  return { run: found(run, 'run'), kept, readAt, readMs: readAt - startedAt }
}

function* numberEvents(options: { makers: readonly EventMaker[]; cursor: RunCursor; feedSeq: number }) {
  const { makers, feedSeq } = options
  let { cursor } = options
  for (const [index, make] of makers.entries()) {
    const isLast = index === makers.length - 1
    const eventSeq = cursor.eventSeq + 1
    cursor = { feedSeq: isLast ? feedSeq : cursor.feedSeq, eventSeq }
    yield { cursor, event: make(eventSeq) }
  }
}

function isOver(run: Run): boolean {
  return run.trace.status !== 'running' && run.spans.every((span) => span.state !== 'running')
}

function toEnd({ state, cursor }: { state: RunState; cursor: RunCursor }): NumberedRunEvent {
  const { status, endTimeUnixNano } = state.run.trace
  const seq = cursor.eventSeq + 1
  const reason = status === 'error' ? 'failed' : status === 'lost' ? 'lost' : 'completed'
  const atUnixNano = endTimeUnixNano ?? toUnixNano(state.readAt)
  return { id: toEventId({ ...cursor, eventSeq: seq }), event: { seq, atUnixNano, type: 'end', reason } }
}
