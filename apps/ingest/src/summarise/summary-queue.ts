import type { RowOwner } from '@clew/store'
import type { IngestLimits } from '../ingest-config.ts'
import type { SettledSummary } from './settled.ts'

/** A trace whose summary is behind, or that is watched until it is quiet or lost. */
export interface OpenTrace {
  owner: RowOwner
  traceId: string
  lastArrivalMs: number
  /** How many records of it came in since it is watched. */
  records: number
  /** The earliest receipt that no summary has seen, and the one that the summary under way will see. */
  unseenSinceMs: number
  takenSinceMs: number
  lastSummaryMs?: number
  /** What the last summary took; a costly trace is summarised less often. */
  lastCostMs: number
  hasRunningSpans: boolean
  /** The last summary, once nothing but new rows can change it. */
  settled?: SettledSummary | undefined
  /** When it is summarised next, whether or not it receives more; never while a summary is under way. */
  dueMs: number
  isDirty: boolean
}

type Limits = Pick<IngestLimits, 'summaryDelayMs' | 'summaryEveryMs' | 'summaryQuietMs' | 'lostAfterMs'>

const mostWatched = 200_000
const costFactor = 5
/** Between its receipt and its row in the store a request may take this long. */
const onTheWayMs = 60_000

/**
 * Which trace is summarised when. A trace that received spans is due soon for the first time, then once a period;
 * once more after a quiet while; and, with spans still running, when assembly counts them as lost.
 */
export class SummaryQueue {
  private readonly limits: Limits
  private readonly traces = new Map<string, OpenTrace>()
  private readonly dirty = new Set<OpenTrace>()

  constructor(limits: Limits) {
    this.limits = limits
  }

  get size(): number {
    return this.traces.size
  }

  get dirtyCount(): number {
    return this.dirty.size
  }

  /** The trace received something. */
  touch({ owner, traceId, nowMs }: { owner: RowOwner; traceId: string; nowMs: number }): void {
    const key = keyOf({ owner, traceId })
    let trace = this.traces.get(key)
    if (trace === undefined) {
      trace = {
        owner,
        traceId,
        lastArrivalMs: nowMs,
        records: 0,
        unseenSinceMs: Infinity,
        takenSinceMs: Infinity,
        lastCostMs: 0,
        hasRunningSpans: false,
        dueMs: 0,
        isDirty: false,
      }
      this.traces.set(key, trace)
    }
    trace.owner = owner
    trace.records += 1
    trace.unseenSinceMs = Math.min(trace.unseenSinceMs, owner.receivedAtMs)
    trace.lastArrivalMs = Math.max(trace.lastArrivalMs, nowMs)
    if (trace.isDirty) return
    trace.isDirty = true
    trace.dueMs = Math.max(nowMs + this.limits.summaryDelayMs, this.nextAllowed(trace))
    this.dirty.add(trace)
  }

  /**
   * Takes what is due, oldest first, until there are so many traces or so many of their records; each must be given
   * back by `done` or `failed`.
   */
  takeDue({
    nowMs,
    countMax,
    recordsMax = Infinity,
  }: {
    nowMs: number
    countMax: number
    recordsMax?: number
  }): OpenTrace[] {
    const due: OpenTrace[] = []
    let records = 0
    for (const trace of this.dirty) {
      if (due.length === countMax || records >= recordsMax) break
      if (trace.dueMs > nowMs) continue
      records += trace.records
      trace.isDirty = false
      trace.dueMs = Infinity
      trace.takenSinceMs = trace.unseenSinceMs
      trace.unseenSinceMs = Infinity
      this.dirty.delete(trace)
      due.push(trace)
    }
    return due
  }

  /** Makes due whatever has been quiet for long enough; costs a walk over all watched traces. */
  wake(nowMs: number): void {
    for (const trace of this.traces.values()) {
      if (trace.isDirty || trace.dueMs > nowMs) continue
      trace.isDirty = true
      this.dirty.add(trace)
    }
  }

  /** False once the trace is watched no longer. */
  done(
    trace: OpenTrace,
    result: {
      nowMs: number
      costMs: number
      hasRunningSpans: boolean
      /** The next moment at which a running span counts as lost, where its sender promised heartbeats. */
      nextLossMs?: number | undefined
    },
  ): boolean {
    trace.lastSummaryMs = result.nowMs
    trace.takenSinceMs = Infinity
    trace.lastCostMs = result.costMs
    trace.hasRunningSpans = result.hasRunningSpans
    if (trace.isDirty) {
      trace.dueMs = Math.max(trace.dueMs, this.nextAllowed(trace))
      return true
    }
    const { nowMs, hasRunningSpans, nextLossMs = Infinity } = result
    const quietAt = trace.lastArrivalMs + this.limits.summaryQuietMs
    const lostAt = trace.lastArrivalMs + this.limits.lostAfterMs
    if (nowMs < quietAt) trace.dueMs = Math.min(quietAt, nextLossMs)
    else if (hasRunningSpans)
      trace.dueMs = Math.min(nextLossMs, Math.max(lostAt, nowMs + 10 * this.limits.summaryQuietMs))
    else this.forget(trace)
    if (this.traces.size > mostWatched) this.forget(trace)
    return this.traces.has(keyOf(trace))
  }

  failed(trace: OpenTrace, retryMs: number): void {
    trace.dueMs = retryMs
    trace.unseenSinceMs = Math.min(trace.unseenSinceMs, trace.takenSinceMs)
    trace.takenSinceMs = Infinity
    trace.isDirty = true
    this.dirty.add(trace)
  }

  /** The earliest moment at which a dirty trace is due. */
  nextDueMs(): number | undefined {
    let next: number | undefined
    for (const { dueMs } of this.dirty) next = next === undefined ? dueMs : Math.min(next, dueMs)
    return next
  }

  /** The receipt that no finished summary has seen and that lies back furthest. */
  oldestUnseenMs(): number | undefined {
    let oldest = Infinity
    for (const { unseenSinceMs, takenSinceMs } of this.traces.values()) {
      oldest = Math.min(oldest, unseenSinceMs, takenSinceMs)
    }
    return Number.isFinite(oldest) ? oldest : undefined
  }

  /** Nothing received before this moment is needed again after a restart, save what is spooled. */
  watermarkMs(nowMs: number): number {
    let watermark = nowMs
    for (const trace of this.traces.values()) {
      watermark = Math.min(watermark, trace.lastArrivalMs, trace.unseenSinceMs, trace.takenSinceMs)
    }
    return watermark - onTheWayMs
  }

  private nextAllowed({ lastSummaryMs, lastCostMs }: OpenTrace): number {
    if (lastSummaryMs === undefined) return 0
    return lastSummaryMs + Math.max(this.limits.summaryEveryMs, costFactor * lastCostMs)
  }

  private forget(trace: OpenTrace): void {
    this.traces.delete(keyOf(trace))
  }
}

function keyOf({ owner, traceId }: Pick<OpenTrace, 'owner' | 'traceId'>): string {
  return `${owner.projectId}/${traceId}`
}
