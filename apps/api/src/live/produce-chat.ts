import type { Control } from '@clew/control'
import { ChatNarrator, toEpochMs, toIso, toUnixNano } from '@clew/domain'
import type { ChatEvent, ChatEventMaker, FeedEntry, Run } from '@clew/domain'
import { readSession, type Store } from '@clew/store'
import { found } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'
import { readRuns } from '../reads/read-run.ts'
import { FeedWatch, type PendingChanges } from './feed-watch.ts'
import { LiveChannel } from './live-channel.ts'
import type { Producer } from './live-channels.ts'
import { pause } from './pause.ts'
import { RunImage, type RunState } from './run-image.ts'
import { everything, RunReader, toNews, type RunNews } from './run-reader.ts'
import { unlessAway } from './unless-away.ts'

export interface ChatSubject {
  control: Control
  store: Store
  clock: () => number
  project: ProjectScope
  sessionId: string
  /** How long a chat whose runs have ended is waited with for its next turn. */
  idleMs: number
}

const quietMs = 1500
const rereadMs = 15_000
const paceMs = 150
const arrivalPaceMs = 30
const lookMs = 2000
/** The latest runs of a long chat. */
export const chatRunsMax = 50
/** A batch that names more traces than that is read by the session's own list. */
const candidatesMax = 20
const itemsMax = 20_000

/**
 * Follows a chat over all of its runs: what happened so far, in order, then what happens, then `end` once its runs have
 * ended and no other has begun.
 */
export function produceChat(subject: ChatSubject): Producer<ChatEvent> {
  return async (signal) => {
    const { control, project, sessionId, clock } = subject
    const images = new Map<string, RunImage>()
    const wants = (entry: FeedEntry) =>
      entry.sessionIds.includes(sessionId) || entry.traceIds.some((traceId) => images.has(traceId))
    const watch = new FeedWatch({ control, projectId: project.projectId, signal, wants })
    try {
      const chat = new FollowedChat({ ...subject, onArrival: () => watch.nudge() }, images)
      const opening = ({ isComingBack }: { isComingBack: boolean }) => ({
        events: isComingBack ? [toResync(clock())] : [],
        after: 0,
      })
      const channel = new LiveChannel<ChatEvent>({ opening, itemsMax })
      const first = await chat.read(undefined)
      channel.publish(first)
      return { channel, follow: () => follow({ subject, signal, watch, channel, chat }) }
    } catch (thrown) {
      watch.close()
      throw thrown
    }
  }
}

async function follow(of: {
  subject: ChatSubject
  signal: AbortSignal
  watch: FeedWatch
  channel: LiveChannel<ChatEvent>
  chat: FollowedChat
}): Promise<void> {
  const { subject, signal, watch, channel, chat } = of
  const { clock, idleMs } = subject
  let readAt = clock()
  const restMs = (): number => readAt + (watch.hasPending ? paceMs : arrivalPaceMs) - clock()
  try {
    while (!signal.aborted) {
      const quietFor = clock() - Math.max(chat.changedAt, chat.endedAt)
      const waitFor = Math.max(quietMs, idleMs)
      if (!chat.isRunning && quietFor >= waitFor) return channel.end(chat.toEnd())
      await watch.wait(chat.isRunning ? lookMs : Math.min(waitFor - quietFor, lookMs))
      if (watch.hasPending || chat.hasArrivals) await pause({ ms: restMs(), signal })
      const pending = watch.take()
      const isDue = chat.isRunning && clock() - readAt >= rereadMs
      if (pending === undefined && !chat.hasArrivals && !isDue) continue
      const makers = await unlessAway({ read: () => chat.read(pending), signal })
      if (makers === undefined) return
      readAt = clock()
      channel.publish(makers)
    }
  } finally {
    chat.close()
    watch.close()
  }
}

/** The runs of a chat as they have been told. Invariant: a run is told from its first sight on, each change once. */
class FollowedChat {
  readonly #subject: ChatSubject & { onArrival: () => void }
  readonly #images: Map<string, RunImage>
  readonly #runs = new Map<string, Run>()
  readonly #readers = new Map<string, RunReader>()
  readonly #narrator = new ChatNarrator()
  changedAt = 0

  constructor(subject: ChatSubject & { onArrival: () => void }, images: Map<string, RunImage>) {
    this.#subject = subject
    this.#images = images
  }

  get isRunning(): boolean {
    return [...this.#runs.values()].some(isRunning)
  }

  get endedAt(): number {
    const ends = [...this.#runs.values()].map(({ trace }) => toEpochMs(trace.endTimeUnixNano ?? '0'))
    return Math.max(0, ...ends)
  }

  /** True while spans have arrived that no read has given yet. */
  get hasArrivals(): boolean {
    return [...this.#readers.values()].some((reader) => reader.hasArrivals)
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.close()
  }

  /** Takes what arrived and reads what the feed named, or else every run that still goes on; gives what is new. */
  async read(pending: PendingChanges | undefined): Promise<ChatEventMaker[]> {
    const arrived = [...this.#readers].filter(([, reader]) => reader.hasArrivals).map(([traceId]) => traceId)
    const named = pending === undefined && arrived.length > 0 ? [] : await this.#toRead(pending)
    const news = pending === undefined && arrived.length === 0 ? everything : toNews(pending)
    const states = await this.#readStates([...new Set([...arrived, ...named])], news)
    const makers = states.flatMap((state) => (this.#isOurs(state.run) ? this.#tell(state) : []))
    if (makers.length > 0) this.changedAt = this.#subject.clock()
    return makers
  }

  /** A run that goes on is read by what is new of it; others, of which there may be many, whole and together. */
  async #readStates(traceIds: readonly string[], news: RunNews): Promise<RunState[]> {
    const { store, project, clock } = this.#subject
    const now = clock()
    const rest = traceIds.filter((traceId) => !this.#readers.has(traceId))
    const known = traceIds.filter((traceId) => this.#readers.has(traceId))
    const [runs, going] = await Promise.all([
      readRuns({ store, project, traceIds: rest, content: 'preview', now }),
      Promise.all(known.map((traceId) => this.#readGoing(traceId, news))),
    ])
    const states = going.flat()
    for (const run of runs) {
      if (!this.#isOurs(run)) continue
      if (isRunning(run)) states.push(...(await this.#readGoing(run.trace.traceId, everything)))
      else states.push({ run, kept: [], readAt: now, readMs: 0 })
    }
    return states
  }

  async #readGoing(traceId: string, news: RunNews): Promise<RunState[]> {
    const reader = this.#readers.get(traceId) ?? new RunReader({ ...this.#subject, traceId })
    this.#readers.set(traceId, reader)
    if (!reader.canTell(news)) return []
    let state = await reader.read(news)
    if (state !== undefined && !isRunning(state.run) && !reader.isWhole) state = await reader.readWhole()
    if (state !== undefined && isRunning(state.run)) return [state]
    reader.close()
    this.#readers.delete(traceId)
    return state === undefined ? [] : [state]
  }

  #isOurs({ trace }: Run): boolean {
    return trace.sessionIds.includes(this.#subject.sessionId)
  }

  toEnd(): (seq: number) => ChatEvent {
    const last = [...this.#runs.values()].at(-1)
    const { status, endTimeUnixNano } = last?.trace ?? {}
    const reason = status === 'error' ? 'failed' : status === 'lost' ? 'lost' : 'completed'
    const at = toIso(endTimeUnixNano ?? toUnixNano(this.#subject.clock()))
    return (seq) => ({ seq, at, type: 'end', reason })
  }

  #tell(state: RunState): ChatEventMaker[] {
    const { run } = state
    const { traceId } = run.trace
    const known = this.#images.get(traceId)
    const image = known ?? new RunImage()
    this.#images.set(traceId, image)
    this.#runs.set(traceId, run)
    const makers = known === undefined ? image.toSnapshot(state) : image.toChanges(state)
    return makers.flatMap((make) => this.#narrator.take(traceId, make(0)))
  }

  async #toRead(pending: FeedEntry | undefined): Promise<string[]> {
    const known = [...this.#runs].filter(([, run]) => isRunning(run)).map(([traceId]) => traceId)
    if (pending === undefined) return this.#runs.size === 0 ? await this.#listAll() : known
    const { traceIds, sessionIds } = pending
    const ours = traceIds.filter((traceId) => this.#images.has(traceId))
    if (!sessionIds.includes(this.#subject.sessionId) && traceIds.length > 0) return ours
    // A new run is known by its session before its summary is written.
    const listed = traceIds.length > 0 && traceIds.length <= candidatesMax ? traceIds : await this.#listAll()
    return [...new Set([...ours, ...listed])]
  }

  async #listAll(): Promise<string[]> {
    const { store, project, sessionId } = this.#subject
    const session = await readSession(store, { ...project, sessionId })
    if (this.#runs.size === 0) found(session, 'chat')
    return (session?.traceIds ?? []).slice(-chatRunsMax)
  }
}

function isRunning({ trace, spans }: Run): boolean {
  return trace.status === 'running' || spans.some((span) => span.state === 'running')
}

function toResync(nowMs: number): ChatEvent {
  return { seq: 0, at: new Date(nowMs).toISOString(), type: 'resync' }
}
