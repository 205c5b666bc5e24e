import { errorOf, type Logger } from '@clew/runtime'
import { toOtlpLogs, toOtlpTraces } from '@clew/semconv/export'
import type { CanonicalLog, CanonicalSpan } from '@clew/semconv/span'
import type { InsertBatch } from '@clew/store'
import type { IngestMetrics } from '../ingest-metrics.ts'
import { markForwarded, wasForwardedBy } from './forward-mark.ts'
import type { SendOtlp, SendOutcome } from './send-otlp.ts'

type Signal = 'traces' | 'logs'

interface Waiting {
  signal: Signal
  spans: readonly CanonicalSpan[]
  logs: readonly CanonicalLog[]
  records: number
  attempts: number
}

export interface ForwarderDeps {
  send: SendOtlp
  /** Of this installation; what it has forwarded before is not forwarded again. */
  instanceId: string
  metrics: Pick<IngestMetrics, 'forwarded' | 'forwardDropped' | 'forwardFailures' | 'forwardWaiting'>
  logger: Logger
  /** Spans and log records that may wait; beyond it new ones are not forwarded. */
  recordsMax?: number
  attemptsMax?: number
  retryAfterMs?: { first: number; most: number }
}

/**
 * Sends what was stored to one other collector. Invariant: nothing here is awaited by an acknowledgement; what the
 * collector does not take in time is counted and let go, as it is stored here already. One request is on its way at
 * a time, oldest first.
 */
export class Forwarder {
  private readonly deps: Required<ForwarderDeps>
  private readonly queue: Waiting[] = []
  private waitingRecords = 0
  private sending: Promise<void> | undefined
  private wake: (() => void) | undefined
  private isStopped = false

  constructor(deps: ForwarderDeps) {
    this.deps = {
      recordsMax: 20_000,
      attemptsMax: 12,
      retryAfterMs: { first: 500, most: 30_000 },
      ...deps,
    }
  }

  /** Takes a stored batch; returns at once. */
  take({ spans, logs }: InsertBatch): void {
    const { instanceId } = this.deps
    const isNew = (record: { resource: CanonicalSpan['resource'] }) => !wasForwardedBy(record, instanceId)
    this.enqueue({ signal: 'traces', spans: spans.map(({ span }) => span).filter(isNew), logs: [] })
    this.enqueue({ signal: 'logs', spans: [], logs: logs.map(({ log }) => log).filter(isNew) })
    if (this.queue.length > 0) this.sending ??= this.drain()
  }

  /** Gives what waits until the deadline to leave. */
  async stop(deadlineMs: number): Promise<void> {
    this.isStopped = true
    this.wake?.()
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, deadlineMs).unref())
    await Promise.race([this.sending, timeout])
    const left = this.waitingRecords
    if (left > 0) this.deps.logger.warn('stopped before all was forwarded', { records: left })
  }

  private enqueue(item: Pick<Waiting, 'signal' | 'spans' | 'logs'>): void {
    const { metrics, recordsMax } = this.deps
    const records = item.spans.length + item.logs.length
    if (records === 0) return
    if (this.isStopped || this.waitingRecords + records > recordsMax) {
      metrics.forwardDropped.add(records, { reason: 'queue-full' })
      return
    }
    this.queue.push({ ...item, records, attempts: 0 })
    this.count(records)
  }

  private async drain(): Promise<void> {
    // The caller's own work comes first: an acknowledgement is never behind the serialising of what is forwarded.
    await new Promise<void>((resolve) => setImmediate(resolve))
    for (let item = this.queue[0]; item !== undefined; item = this.queue[0]) {
      const outcome = await this.attempt(item)
      if (outcome.kind !== 'retry') {
        this.finish(item, outcome)
        continue
      }
      this.deps.metrics.forwardFailures.add(1, { signal: item.signal })
      if (item.attempts >= this.deps.attemptsMax || this.isStopped) {
        this.finish(item, { kind: 'refused', reason: outcome.reason })
        continue
      }
      if (item.attempts === 1) this.deps.logger.warn('collector did not take what is forwarded', outcome)
      await this.pause(outcome.afterMs ?? this.backOffMs(item.attempts))
    }
    this.sending = undefined
  }

  private async attempt(item: Waiting): Promise<SendOutcome> {
    item.attempts += 1
    try {
      const { instanceId, send } = this.deps
      const body =
        item.signal === 'traces'
          ? toOtlpTraces(item.spans.map((span) => markForwarded(span, instanceId)))
          : toOtlpLogs(item.logs.map((log) => markForwarded(log, instanceId)))
      return await send({ signal: item.signal, body: JSON.stringify(body) })
    } catch (error) {
      return { kind: 'refused', reason: errorOf(error).message }
    }
  }

  private finish(item: Waiting, outcome: Exclude<SendOutcome, { kind: 'retry' }>): void {
    const { metrics, logger } = this.deps
    this.queue.shift()
    this.count(-item.records)
    if (outcome.kind === 'refused') {
      metrics.forwardDropped.add(item.records, { reason: 'refused' })
      logger.warn('collector refused what is forwarded', { reason: outcome.reason, records: item.records })
      return
    }
    metrics.forwardDropped.add(outcome.rejected, { reason: 'refused' })
    metrics.forwarded.add(item.records - outcome.rejected, { signal: item.signal })
  }

  private count(records: number): void {
    this.waitingRecords += records
    this.deps.metrics.forwardWaiting.set(this.waitingRecords)
  }

  /** Doubles from attempt to attempt, with up to a quarter of chance so that senders fall out of step. */
  private backOffMs(attempts: number): number {
    const { first, most } = this.deps.retryAfterMs
    return Math.min(most, first * 2 ** (attempts - 1)) * (0.75 + Math.random() * 0.25)
  }

  private async pause(ms: number): Promise<void> {
    if (this.isStopped) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.wake = undefined
  }
}
