import type { Control } from '@clew/control'
import { nextHeartbeatLossMs, reduceRun, toEpochMs, toSnapshotEvent, toUnixNano } from '@clew/domain'
import type { EndReason, FeedEntry, LiveRun, Run, RunEvent } from '@clew/domain'
import type { Store } from '@clew/store'
import { found } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'
import { FeedWatch, type PendingChanges } from './feed-watch.ts'
import type { FollowedRuns } from './followed-runs.ts'
import { LiveChannel } from './live-channel.ts'
import type { Producer } from './live-channels.ts'
import { pause } from './pause.ts'
import { RunImage, type RunState } from './run-image.ts'
import { RunReader, toNews } from './run-reader.ts'
import { unlessAway } from './unless-away.ts'

export interface RunSubject {
  control: Control
  store: Store
  clock: () => number
  project: ProjectScope
  traceId: string
  /** Where the whole run is to be found while it is followed. */
  followed?: FollowedRuns
  /** The part of the run that is followed; undefined when the run does not hold it. */
  narrow?: (run: Run) => Run | undefined
  /** How the part ended, where that is not how the run did; undefined while it has not. */
  endOf?: (run: Run) => EndReason | undefined
}

/** Spans of a run can arrive after its root has ended; its end is told once nothing came for so long. */
const quietMs = 1500
/** A run whose sender went away changes by time alone. */
const rereadMs = 15_000
const paceMs = 30
/** A run that takes so long to read and tell leaves two thirds of the time to others, a smaller one half. */
const longWorkMs = 100
const lookMs = 2000
const itemsMax = 5000

/**
 * Follows one run: a snapshot, then every change, then `end`. Subscribes before it reads, so that nothing falls
 * between. Whoever joins later is given the state that the same events have built.
 */
export function produceRun(subject: RunSubject): Producer<RunEvent> {
  return async (signal) => {
    const { control, project, traceId, clock } = subject
    const wants = (entry: FeedEntry) => concerns({ entry, traceId })
    const watch = new FeedWatch({ control, projectId: project.projectId, signal, wants })
    const reader = new RunReader({ ...subject, onArrival: () => watch.nudge() })
    try {
      const state = toPart(subject, await reader.readWhole())
      const told: { run: LiveRun | undefined } = { run: undefined }
      const opening = ({ n }: { n: number }) => ({
        events: told.run === undefined ? [] : [toSnapshotEvent({ ...told.run, seq: n }, toUnixNano(clock()))],
        after: n,
      })
      const channel = new LiveChannel<RunEvent>({ opening, itemsMax })
      const image = new RunImage()
      told.run = reduceRun(told.run, channel.publish(image.toSnapshot(state)))
      const publish = (next: RunState): boolean => {
        const makers = image.toChanges(next)
        told.run = reduceRun(told.run, channel.publish(makers))
        return makers.length > 0
      }
      const forget = subject.followed?.add(subject, () => told.run)
      const following = { subject, reader, signal, watch, channel, state, publish }
      return { channel, follow: () => follow(following).finally(forget) }
    } catch (thrown) {
      reader.close()
      watch.close()
      throw thrown
    }
  }
}

async function follow(of: {
  subject: RunSubject
  reader: RunReader
  signal: AbortSignal
  watch: FeedWatch
  channel: LiveChannel<RunEvent>
  state: RunState
  publish: (state: RunState) => boolean
}): Promise<void> {
  const { subject, reader, signal, watch, channel, publish } = of
  const { clock } = subject
  let { state } = of
  let changedAt = toEpochMs(state.run.trace.endTimeUnixNano ?? toUnixNano(state.readAt))
  let workMs = state.readMs
  const take = async (read: () => Promise<RunState | undefined>): Promise<boolean> => {
    const startedAt = clock()
    const next = await unlessAway({ read: async () => toPart(subject, await read()), signal })
    if (next === undefined) return false
    state = next
    if (publish(state)) changedAt = clock()
    workMs = clock() - startedAt
    return true
  }
  try {
    while (!signal.aborted) {
      const reason = endReason(subject, state.run)
      const quietFor = clock() - changedAt
      if (reason !== undefined && quietFor >= quietMs) {
        if (reader.isWhole) return channel.end(toEnd({ state, reason }))
        if (!(await take(() => reader.readWhole()))) return
        continue
      }
      await watch.wait(reason === undefined ? lookMs : Math.min(quietMs - quietFor, lookMs))
      const news = toNews(await takePaced({ watch, reader, readAt: state.readAt, workMs, clock, signal }))
      const lossMs = nextHeartbeatLossMs(state.run.spans) ?? Infinity
      if (reader.canTell(news)) {
        if (!(await take(() => reader.read(news)))) return
      } else if (clock() >= Math.min(state.readAt + rereadMs, lossMs) && !(await take(() => reader.read()))) {
        return
      }
    }
  } finally {
    reader.close()
    watch.close()
  }
}

/** Totals are made of the spans here, so that a summary which is written says nothing new. */
function concerns({ entry, traceId }: { entry: FeedEntry; traceId: string }): boolean {
  return entry.kind !== 'summary' && entry.traceIds.includes(traceId)
}

/** Gathers changes for a while, longer for runs that take long to read and tell. */
async function takePaced(options: {
  watch: FeedWatch
  reader: RunReader
  readAt: number
  workMs: number
  clock: () => number
  signal: AbortSignal
}): Promise<PendingChanges | undefined> {
  const { watch, reader, readAt, workMs, clock, signal } = options
  if (!watch.hasPending && !reader.hasArrivals) return undefined
  const restMs = Math.max(paceMs, (workMs > longWorkMs ? 3 : 2) * workMs)
  await pause({ ms: readAt + restMs - clock(), signal })
  return watch.take()
}

/** Of what was read the part that is followed. */
function toPart({ narrow }: RunSubject, state: RunState | undefined): RunState {
  const { run, kept, ...read } = found(state, 'run')
  const part = narrow === undefined ? run : found(narrow(run), 'task')
  return { ...read, run: part, kept: part === run ? kept : keepOf({ kept, run: part }) }
}

function keepOf({ kept, run }: { kept: RunState['kept']; run: Run }): RunState['kept'] {
  const ids = new Set(run.spans.map((span) => span.spanId))
  const tasks = new Set(run.spans.flatMap((span) => [span.spanId, span.task?.id ?? span.spanId]))
  return kept.filter(({ event }) => {
    if ('taskId' in event) return tasks.has(event.taskId)
    return !('spanId' in event) || ids.has(event.spanId)
  })
}

function endReason({ endOf }: RunSubject, run: Run): EndReason | undefined {
  const { status } = run.trace
  if (endOf !== undefined) return endOf(run)
  const isOver = status !== 'running' && run.spans.every((span) => span.state !== 'running')
  if (!isOver) return undefined
  if (status === 'error') return 'failed'
  return status === 'lost' ? 'lost' : 'completed'
}

function toEnd({ state, reason }: { state: RunState; reason: EndReason }): (seq: number) => RunEvent {
  const atUnixNano = state.run.trace.endTimeUnixNano ?? toUnixNano(state.readAt)
  return (seq) => ({ seq, atUnixNano, type: 'end', reason })
}
