import { ChatNarrator, toReplayEvents, type ChatEvent, type Run, type RunEvent } from '@clew/domain'
import { readSession } from '@clew/store'
import { found } from '../api-error.ts'
import type { LiveChannel } from '../live/live-channel.ts'
import { pause } from '../live/pause.ts'
import { chatRunsMax } from '../live/produce-chat.ts'
import { readRun, readRuns } from '../reads/read-run.ts'
import type { RouteRequest } from './route.ts'
import { lastEventIdOf, writeChannel, writeStream } from './write-stream.ts'

/** Waits between two events of a replay are at most so long: nobody watches an hour of waiting for a person. */
const gapMsMax = 5000

/** Streams a subject live, or replays it when a speed is given and it has ended. */
export async function streamSubject<Event extends { type: string }>(options: {
  request: RouteRequest<unknown>
  speed?: number | undefined
  open: () => Promise<LiveChannel<Event>>
  /** The events of the subject from its start, with their times; undefined while it goes on. */
  replay: () => Promise<{ event: Event; atMs: number }[] | undefined>
}): Promise<undefined> {
  const { request, speed, open, replay } = options
  const events = speed === undefined ? undefined : await replay()
  if (events === undefined || speed === undefined) {
    writeChannel(request, await open())
    return undefined
  }
  const aborter = new AbortController()
  request.res.once('close', () => aborter.abort())
  const lastEventId = lastEventIdOf(request.req)
  await writeStream(request, paceEvents({ events, speed, lastEventId, signal: aborter.signal }))
  return undefined
}

/** The events of a run that has ended, or of a part of it. */
export async function replayRun(
  request: RouteRequest<unknown>,
  { traceId, narrow }: { traceId: string; narrow?: (run: Run) => Run | undefined },
): Promise<{ event: RunEvent; atMs: number }[] | undefined> {
  const { store, clock } = request.deps
  const { project } = request.ctx
  const run = found(await readRun({ store, project, traceId, content: 'preview', now: clock() }), 'run')
  const part = narrow === undefined ? run : found(narrow(run), 'task')
  if (run.trace.status === 'running') return undefined
  return toReplayEvents(part).map((event) => ({ event, atMs: Number(event.atUnixNano) / 1e6 }))
}

/** The events of a chat whose runs have ended, one run after the other. */
export async function replayChat(
  request: RouteRequest<unknown>,
  { sessionId }: { sessionId: string },
): Promise<{ event: ChatEvent; atMs: number }[] | undefined> {
  const { store, clock } = request.deps
  const { project } = request.ctx
  const { traceIds } = found(await readSession(store, { ...project, sessionId }), 'chat')
  const latest = traceIds.slice(-chatRunsMax)
  const runs = await readRuns({ store, project, traceIds: latest, content: 'preview', now: clock() })
  if (runs.some((run) => run.trace.status === 'running')) return undefined
  const narrator = new ChatNarrator()
  const makers = runs.flatMap((run) =>
    toReplayEvents(run).flatMap((event) => narrator.take(run.trace.traceId, event)),
  )
  const events = makers.map((make, index) => make(index + 1))
  const last = runs.at(-1)?.trace.status
  const reason = last === 'error' ? 'failed' : last === 'lost' ? 'lost' : 'completed'
  const at = events.at(-1)?.at ?? new Date(clock()).toISOString()
  events.push({ seq: events.length + 1, at, type: 'end', reason })
  return events.map((event) => ({ event, atMs: Date.parse(event.at) }))
}

async function* paceEvents<Event extends { type: string }>(options: {
  events: readonly { event: Event; atMs: number }[]
  speed: number
  lastEventId: string | undefined
  signal: AbortSignal
}): AsyncGenerator<{ id: string; event: Event }> {
  const { events, speed, lastEventId, signal } = options
  const seen = Number(/^r(\d{1,9})$/.exec(lastEventId ?? '')?.[1] ?? -1)
  let previous: number | undefined
  for (const [place, { event, atMs }] of events.entries()) {
    if (signal.aborted) return
    const gapMs = previous === undefined || speed === 0 ? 0 : (atMs - previous) / speed
    previous = atMs
    if (place <= seen) continue
    await pause({ ms: Math.min(gapMs, gapMsMax), signal })
    yield { id: `r${place}`, event }
  }
}
