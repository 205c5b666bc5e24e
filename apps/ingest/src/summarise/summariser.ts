import { publishFeed, type Control } from '@clew/control'
import { nextHeartbeatLossMs } from '@clew/domain'
import { errorOf, type Logger } from '@clew/runtime'
import { listDirtyTraces, StoreError, type AssembledTrace, type InsertBatch, type Store } from '@clew/store'
import type { IngestLimits } from '../ingest-config.ts'
import type { IngestMetrics } from '../ingest-metrics.ts'
import { RecentSpans } from './recent-spans.ts'
import { SummaryQueue, type OpenTrace } from './summary-queue.ts'
import { summariseTraces } from './summarise-traces.ts'
import type { Watermark } from './watermark.ts'

export interface SummariserDeps {
  store: Store
  control: Control
  logger: Logger
  metrics: IngestMetrics
  limits: IngestLimits
  clock: () => number
  watermark: Watermark
}

/** A round costs the engine much the same for ten traces as for two hundred; what it reads is held in memory. */
const tracesAtOnce = 200
const recordsAtOnce = 6000
const wakeEveryMs = 1000
const retryAfterMs = 2000
/** Well within the time that a process gets to stop. */
const finishMs = 4000
const recoveredAtOnce = 5000
/** Without a stored watermark a restart looks back this far. */
const recoverBackMs = 24 * 3_600_000

/**
 * Keeps trace summaries up to date: one round at a time takes the traces that are due. What it knows is in
 * memory; after a crash the store tells which traces received rows since the watermark.
 */
export class Summariser {
  private readonly deps: SummariserDeps
  private readonly queue: SummaryQueue
  private readonly recent: RecentSpans
  private timer: NodeJS.Timeout | undefined
  private waker: NodeJS.Timeout | undefined
  private round: Promise<unknown> | undefined
  private isStopped = false
  /** Up to where it is known which traces an earlier process left behind; absent once all are known. */
  private recoverFromMs: number | undefined
  private recovering: Promise<void> | undefined

  constructor(deps: SummariserDeps) {
    this.deps = deps
    this.queue = new SummaryQueue(deps.limits)
    this.recent = new RecentSpans({ bytesMax: deps.limits.recentSpanBytesMax })
  }

  async start(): Promise<void> {
    const { clock, watermark } = this.deps
    this.recoverFromMs = (await watermark.read()) ?? clock() - recoverBackMs
    this.waker = setInterval(() => this.wake(), wakeEveryMs)
    await this.recover()
  }

  /** Summarises what has changed, for a while, then rests. */
  async stop(): Promise<void> {
    this.isStopped = true
    clearInterval(this.waker)
    clearTimeout(this.timer)
    await this.recovering
    await this.round
    await this.finish()
    await this.saveWatermark()
  }

  /** How far summaries lie behind what is stored. */
  lag(): { waitingTraces: number; behindMs: number } {
    const oldestMs = this.queue.oldestUnseenMs()
    const behindMs = oldestMs === undefined ? 0 : Math.max(0, this.deps.clock() - oldestMs)
    return { waitingTraces: this.queue.dirtyCount, behindMs }
  }

  /** What is left when the time is over, or the store away, is found again at the next start. */
  private async finish(): Promise<void> {
    const untilMs = performance.now() + finishMs
    while (performance.now() < untilMs) {
      if ((await this.runRound(Number.MAX_SAFE_INTEGER)) !== 'done') return
    }
  }

  /** A batch is in the store: its traces are dirty. */
  markDirty(batch: InsertBatch): void {
    const nowMs = this.deps.clock()
    this.recent.add(batch)
    for (const { owner, span } of batch.spans) this.queue.touch({ owner, traceId: span.traceId, nowMs })
    for (const { owner, log } of batch.logs) {
      if (log.traceId !== undefined) this.queue.touch({ owner, traceId: log.traceId, nowMs })
    }
    this.arm()
  }

  /** Asks again until the store has answered: until then the watermark stays where it was. */
  private recover(): Promise<void> {
    this.recovering ??= this.recoverOnce().finally(() => {
      this.recovering = undefined
      this.arm()
    })
    return this.recovering
  }

  private async recoverOnce(): Promise<void> {
    const { store, logger } = this.deps
    let count = 0
    try {
      while (this.recoverFromMs !== undefined && !this.isStopped) {
        const sinceReceivedAtMs = this.recoverFromMs
        const dirty = await listDirtyTraces(store, { sinceReceivedAtMs, limit: recoveredAtOnce })
        for (const { traceId, ...owner } of dirty) {
          this.queue.touch({ owner, traceId, nowMs: owner.receivedAtMs })
        }
        count += dirty.length
        const lastMs = dirty.at(-1)?.receivedAtMs ?? sinceReceivedAtMs
        const isAll = dirty.length < recoveredAtOnce || lastMs <= sinceReceivedAtMs
        this.recoverFromMs = isAll ? undefined : lastMs
      }
      if (count > 0) logger.info('summaries to catch up', { traces: count })
    } catch (error) {
      logger.warn('could not look for traces without summary, trying again', { error: errorOf(error) })
    }
  }

  private wake(): void {
    this.queue.wake(this.deps.clock())
    this.deps.metrics.dirtyTraces.set(this.queue.size)
    this.arm()
    if (this.recoverFromMs !== undefined) void this.recover()
    void this.saveWatermark()
  }

  private arm(): void {
    if (this.isStopped || this.round !== undefined) return
    const dueMs = this.queue.nextDueMs()
    if (dueMs === undefined) return
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => {
        this.round = this.runRound(this.deps.clock()).finally(() => {
          this.round = undefined
          this.arm()
        })
      },
      Math.max(0, dueMs - this.deps.clock()),
    )
  }

  private async runRound(nowMs: number): Promise<'idle' | 'done' | 'failed'> {
    const due = this.queue.takeDue({ nowMs, countMax: tracesAtOnce, recordsMax: recordsAtOnce })
    let isDone = true
    for (const group of groupByProject(due)) isDone = (await this.summarise(group)) && isDone
    return due.length === 0 ? 'idle' : isDone ? 'done' : 'failed'
  }

  /** Traces of one project; false when any of them is to be tried again. */
  private async summarise(traces: readonly OpenTrace[]): Promise<boolean> {
    const { store, logger, clock, metrics } = this.deps
    const [first] = traces
    if (first === undefined) return true
    const startedMs = clock()
    try {
      const { owner } = first
      const { recent } = this
      const summarised = await summariseTraces(store, { owner, traces, nowMs: startedMs, recent })
      const costMs = (clock() - startedMs) / traces.length
      for (const trace of traces) {
        const found = summarised.get(trace.traceId)
        if (found !== undefined) trace.settled = found.settled
        const spans = found?.assembled.spans ?? []
        const hasRunningSpans = spans.some((span) => span.state === 'running')
        const nextLossMs = nextHeartbeatLossMs(spans)
        const result = { nowMs: startedMs, costMs, hasRunningSpans, nextLossMs }
        const isWatched = this.queue.done(trace, result)
        // A settled run is not read again unless rows arrive, and few ever do.
        if (!isWatched || trace.settled !== undefined) recent.drop(owner.projectId, trace.traceId)
      }
      metrics.summaries.add(summarised.size)
      const assembled = [...summarised.values()].map((each) => each.assembled)
      await this.publish(owner.projectId, assembled)
      return true
    } catch (error) {
      if (traces.length > 1 && !isStoreAway(error)) return await this.summariseHalves(traces)
      logger.warn('summaries failed, trying again', { traces: traces.length, error: errorOf(error) })
      for (const trace of traces) this.queue.failed(trace, clock() + retryAfterMs)
      return false
    }
  }

  /** So that a trace which can't be summarised stands alone in the end, and costs no other its summary. */
  private async summariseHalves(traces: readonly OpenTrace[]): Promise<boolean> {
    const middle = Math.floor(traces.length / 2)
    const isFirstDone = await this.summarise(traces.slice(0, middle))
    return (await this.summarise(traces.slice(middle))) && isFirstDone
  }

  private async publish(
    projectId: OpenTrace['owner']['projectId'],
    assembled: readonly AssembledTrace[],
  ): Promise<void> {
    if (assembled.length === 0) return
    const traceIds = assembled.map(({ trace }) => trace.traceId)
    const sessionIds = [...new Set(assembled.flatMap(({ trace }) => trace.sessionIds))]
    try {
      await publishFeed(this.deps.control, { projectId, traceIds, sessionIds, kind: 'summary' })
    } catch (error) {
      this.deps.logger.error('feed was not told of summaries', { error: errorOf(error) })
    }
  }

  private async saveWatermark(): Promise<void> {
    if (this.recoverFromMs !== undefined) return
    try {
      await this.deps.watermark.write(this.queue.watermarkMs(this.deps.clock()))
    } catch (error) {
      this.deps.logger.warn('watermark was not written', { error: errorOf(error) })
    }
  }
}

function isStoreAway(error: unknown): boolean {
  return (
    StoreError.isInstance(error) && (error.failure.code === 'unavailable' || error.failure.code === 'timeout')
  )
}

function groupByProject(traces: readonly OpenTrace[]): OpenTrace[][] {
  const groups = new Map<string, OpenTrace[]>()
  for (const trace of traces) {
    const group = groups.get(trace.owner.projectId)
    if (group === undefined) groups.set(trace.owner.projectId, [trace])
    else group.push(trace)
  }
  return [...groups.values()]
}
