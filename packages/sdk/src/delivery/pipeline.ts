import type { Attributes, SpanContext } from '@opentelemetry/api'
import { isSpanContextValid, TraceFlags } from '@opentelemetry/api'
import { hrTime } from '@opentelemetry/core'
import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import type { DeliveryQueue } from './delivery-queue.ts'
import type { DeliveryStats } from './delivery-stats.ts'
import type { ExitRequest } from './deliver-now.ts'
import { freezeSpan, isSameSpan } from './freeze-span.ts'
import { createLogRecord } from './log-record.ts'
import type { OtlpLogRecord } from './log-record.ts'
import type { SpanPhase, SpanPreparer } from './prepare-span.ts'
import type { Reporter } from './reporter.ts'
import type { SpanRecord } from './span-record.ts'
import { estimateSpanBytes } from './span-size.ts'

export interface PreparedSpan {
  record: SpanRecord
  phase: SpanPhase
}

export interface PipelineSettings {
  spans: DeliveryQueue<PreparedSpan>
  logs: DeliveryQueue<OtlpLogRecord>
  preparer: SpanPreparer
  endpoint: string
  stats: DeliveryStats
  reporter: Reporter
  intervalMs: number
  isSimple: boolean
  /** Absent: no start markers and snapshots. */
  live: { markerMs: number; snapshotMs: number; heartbeatMs: number } | undefined
  isOptedOut: (attributes: Attributes) => boolean
}

interface OpenSpan {
  record: SpanRecord
  /** 0 until the start marker has gone out. */
  announcements: number
  announced: ReadableSpan | undefined
  announcedAtMs: number
  nextAtMs: number
  /** Brings the recorded content up to date before a snapshot, as streams do. */
  refresh?: () => void
}

/** Markers of spans that start one after the other travel together. */
const markerPaceMs = 50

/**
 * Follows spans from start to end and hands them to the queues. Every span that starts is in `#open` until it
 * ends or the process does.
 */
export class Pipeline {
  readonly #settings: PipelineSettings
  readonly #open = new Map<string, OpenSpan>()
  #timer: NodeJS.Timeout | undefined
  #tickAtMs = 0
  #kickedAtMs = 0
  #isClosed = false

  constructor(settings: PipelineSettings) {
    this.#settings = settings
  }

  get stats(): DeliveryStats {
    const { reporter } = this.#settings
    const lastError = reporter.lastError()
    const faults = reporter.faults()
    return { ...this.#settings.stats, faults, ...(lastError === undefined ? {} : { lastError }) }
  }

  spanStarted(record: SpanRecord): void {
    if (this.#isClosed) return
    const markerMs = this.#settings.live?.markerMs ?? 0
    const nextAtMs = Date.now() + markerMs
    const open: OpenSpan = { record, announcements: 0, announced: undefined, announcedAtMs: 0, nextAtMs }
    this.#open.set(record.span.spanContext().spanId, open)
    if (this.#settings.live !== undefined) this.#arm(markerMs)
  }

  spanEnded(record: SpanRecord): void {
    this.#open.delete(record.span.spanContext().spanId)
    if (this.#isClosed || (record.span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return
    if (this.#settings.isOptedOut(record.span.attributes)) return
    const bytes = estimateSpanBytes(record.span)
    this.#settings.spans.add({ value: { record, phase: { state: 'ended' } }, bytes, isCounted: true })
    if (this.#settings.isSimple) this.#settings.spans.kick()
    else this.#arm()
  }

  /** Stops following a span that will not be sent. */
  forget(spanId: string): void {
    this.#open.delete(spanId)
  }

  /** Registers what brings a running span's content up to date. */
  onSnapshot(spanContext: SpanContext, refresh: () => void): void {
    const open = this.#open.get(spanContext.spanId)
    if (open !== undefined) open.refresh = refresh
  }

  log(args: {
    eventName: string
    body: string
    attributes: Attributes
    spanContext: SpanContext
    resource: Resource
    scope: InstrumentationScope
  }): void {
    const { preparer, logs, isOptedOut } = this.#settings
    if (this.#isClosed || !isSpanContextValid(args.spanContext)) return
    if ((args.spanContext.traceFlags & TraceFlags.SAMPLED) === 0) return
    const open = this.#open.get(args.spanContext.spanId)
    if (open !== undefined && isOptedOut(open.record.span.attributes)) return
    const attributes = preparer.prepareAttributes(args.attributes)
    const record = createLogRecord({
      ...args,
      attributes,
      body: preparer.redactText(args.body),
      time: hrTime(),
    })
    logs.add({ value: record, bytes: 300 + args.body.length * 2, isCounted: true })
    this.#arm()
  }

  /**
   * Sends what is finished, and tells of what runs, since the process may be frozen or terminated next; resolves when
   * it is delivered, given up or out of time. Never rejects.
   */
  async flush(deadlineMs: number, mostUnreachable = 3): Promise<void> {
    // Our sockets don't keep the process alive; while somebody waits for them, this does.
    const hold = setInterval(() => undefined, 1000)
    try {
      this.#announceUntold()
      const limits = { deadlineMs, mostUnreachable }
      await Promise.all([this.#settings.spans.drain(limits), this.#settings.logs.drain(limits)])
    } catch (error) {
      this.#settings.reporter.report({
        code: 'internal',
        message: `flushing failed: ${String(error)}`,
        cause: error,
      })
    } finally {
      clearInterval(hold)
    }
  }

  async shutdown(deadlineMs: number): Promise<void> {
    this.#loseOpenSpans()
    await this.flush(deadlineMs)
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#settings.spans.close()
    this.#settings.logs.close()
  }

  /** Whether streamed answers are told while they come: only live, and only where content may leave at all. */
  get sendsDeltas(): boolean {
    return this.#settings.live !== undefined && this.#settings.preparer.keepsContent
  }

  /** Whether what people and models said may leave the process. */
  get keepsContent(): boolean {
    return this.#settings.preparer.keepsContent
  }

  redact(text: string): string {
    return this.#settings.preparer.redactText(text)
  }

  get hasUnsent(): boolean {
    return !this.#settings.spans.isEmpty || !this.#settings.logs.isEmpty
  }

  /** Requests for all that is left, running spans as lost ones. For the moment of exit only. */
  takeExitRequests(): ExitRequest[] {
    if (this.#isClosed) return []
    this.#loseOpenSpans()
    const requests = [...this.#settings.spans.takeRequests(), ...this.#settings.logs.takeRequests()]
    return requests.map(({ path, headers, body }) => ({
      url: `${this.#settings.endpoint}${path}`,
      headers,
      body,
    }))
  }

  #loseOpenSpans(): void {
    for (const open of this.#open.values()) {
      open.refresh?.()
      const { record } = open
      if (record.span.ended) continue
      this.#settings.spans.add({
        value: { record, phase: { state: 'lost', endTime: hrTime() } },
        bytes: estimateSpanBytes(record.span),
        isCounted: true,
      })
    }
    this.#open.clear()
  }

  /** Ticks within `inMs`; an earlier tick that is due already is soon enough. */
  #arm(inMs = this.#settings.intervalMs): void {
    if (this.#isClosed) return
    const now = Date.now()
    const waitMs = Math.min(inMs, this.#settings.intervalMs)
    if (this.#timer !== undefined) {
      if (this.#tickAtMs <= now + waitMs) return
      clearTimeout(this.#timer)
    }
    this.#tickAtMs = now + waitMs
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#settings.reporter.guard(() => this.#tick())
    }, waitMs)
    this.#timer.unref()
  }

  /** Markers go out as soon as they are due, what has ended at the interval that was asked for. */
  #tick(): void {
    const { live, spans, logs, intervalMs } = this.#settings
    const now = Date.now()
    let hasMarkers = false
    let youngAtMs = Number.POSITIVE_INFINITY
    if (live !== undefined && !spans.isPaused) {
      for (const open of this.#open.values()) {
        if (open.nextAtMs <= now) hasMarkers = this.#announce(open, now, live) || hasMarkers
        else if (open.announcements === 0) youngAtMs = Math.min(youngAtMs, open.nextAtMs)
      }
    }
    const isTime = now - this.#kickedAtMs >= intervalMs
    if (hasMarkers || isTime) {
      this.#kickedAtMs = now
      spans.kick()
      logs.kick()
    }
    // Whoever wants each start at once has no use for company on the way.
    const paceMs = Math.min(live?.markerMs ?? 0, hasMarkers ? markerPaceMs : 0)
    if (youngAtMs < Number.POSITIVE_INFINITY) this.#arm(Math.max(youngAtMs - now, paceMs))
    else if (!isTime || (this.#open.size > 0 && live !== undefined)) this.#arm()
  }

  #announceUntold(): void {
    const { live } = this.#settings
    if (live === undefined) return
    const now = Date.now()
    for (const open of this.#open.values()) if (open.announcements === 0) this.#announce(open, now, live)
  }

  /** False when there was nothing to tell. */
  #announce(
    open: OpenSpan,
    now: number,
    { snapshotMs, heartbeatMs }: NonNullable<PipelineSettings['live']>,
  ): boolean {
    const { spans, reporter, isOptedOut } = this.#settings
    const { record } = open
    const { span } = record
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0 || isOptedOut(span.attributes))
      return false
    const { refresh } = open
    if (refresh !== undefined) reporter.guard(refresh)
    const bytes = estimateSpanBytes(span)
    open.nextAtMs = now + Math.min(snapshotMs, heartbeatMs)
    const frozen = freezeSpan(record, bytes)
    const isNews = open.announced === undefined || !isSameSpan(open.announced, frozen)
    if (!isNews && now - open.announcedAtMs < heartbeatMs) return false
    open.announcedAtMs = now
    open.announced = frozen
    spans.add({
      value: {
        record: { span: frozen, ...pickParent(record) },
        phase: { state: 'running', snapshot: open.announcements, heartbeatMs },
      },
      bytes,
      isWanted: () => !span.ended,
      isCounted: false,
    })
    open.announcements += 1
    return true
  }
}

function pickParent({ parentSpanContext }: SpanRecord): Pick<SpanRecord, 'parentSpanContext'> {
  return parentSpanContext === undefined ? {} : { parentSpanContext }
}
