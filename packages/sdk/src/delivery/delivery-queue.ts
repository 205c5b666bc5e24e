import { setTimeout as wait } from 'node:timers/promises'

import type { BatchEncoder, OtlpRequest } from './batch-encoder.ts'
import type { BatchSender } from './batch-sender.ts'
import type { DeliveryStats } from './delivery-stats.ts'
import { describeRefusal, isRetryable, parseRejected } from './interpret-reply.ts'
import type { OtlpReply } from './otlp-reply.ts'
import type { Reporter } from './reporter.ts'

const largestBatchBytes = 3_000_000

export interface QueueItem<Value> {
  value: Value
  bytes: number
  /** False once the item needn't be sent any more, such as a start marker whose span has ended. */
  isWanted?: () => boolean
  /** Start markers don't count in the statistics. */
  isCounted: boolean
}

export interface QueueSettings<Value> {
  sender: BatchSender<Value>
  encoder: BatchEncoder<Value>
  endpoint: string
  stats: DeliveryStats
  reporter: Reporter
  maxItems: number
  maxBytes: number
}

/**
 * A queue bounded by bytes that sends its items in order, one request at a time. A batch that could not be
 * delivered for a passing reason goes back to the front; nothing is sent twice by this queue otherwise.
 */
export class DeliveryQueue<Value> {
  readonly #settings: QueueSettings<Value>
  #items: QueueItem<Value>[] = []
  #bytes = 0
  #inFlight: QueueItem<Value>[] = []
  #running: Promise<void> | undefined
  #attempt = 0
  #unreachable = 0
  #pausedUntil = 0
  #timer: NodeJS.Timeout | undefined
  #batchLimit: number
  #isClosed = false

  constructor(settings: QueueSettings<Value>) {
    this.#settings = settings
    this.#batchLimit = settings.maxItems
  }

  get isPaused(): boolean {
    return this.#pausedUntil > Date.now()
  }

  get isEmpty(): boolean {
    return this.#items.length === 0 && this.#inFlight.length === 0
  }

  /** Adds an item; refuses it, counted, when the queue is full. */
  add(item: QueueItem<Value>): void {
    const { stats, reporter, maxBytes } = this.#settings
    if (this.#isClosed || this.#bytes + item.bytes > maxBytes) {
      if (!item.isCounted) return
      stats.dropped += 1
      if (!this.#isClosed)
        reporter.report({
          code: 'queue-full',
          message: `the queue is full (${maxBytes} bytes); spans are being dropped`,
        })
      return
    }
    this.#items.push(item)
    this.#bytes += item.bytes
    if (item.isCounted) stats.queued += 1
  }

  /** Starts sending unless a pause is on. */
  kick(): void {
    if (this.#running !== undefined || this.isPaused || this.#items.length === 0) return
    this.#running = this.#sendAll().finally(() => {
      this.#running = undefined
    })
  }

  /**
   * Sends everything that waits, pauses notwithstanding; resolves when empty, out of time, or when so many
   * attempts in a row found nobody at the other end.
   */
  async drain(args: { deadlineMs: number; mostUnreachable: number }): Promise<void> {
    const until = Date.now() + args.deadlineMs
    this.#unreachable = 0
    while (!this.isEmpty && Date.now() < until) {
      if (this.#running === undefined) this.#pausedUntil = 0
      this.kick()
      await Promise.race([this.#running, wait(until - Date.now(), undefined, { ref: false })])
      if (this.isEmpty || this.#unreachable >= args.mostUnreachable) return
      const pauseMs = Math.min(this.#pausedUntil - Date.now(), until - Date.now())
      if (pauseMs > 0) await wait(pauseMs)
    }
  }

  /** Requests for all that is not delivered yet, to be sent synchronously at exit; leaves the queue empty. */
  takeRequests(): OtlpRequest[] {
    const left = [...this.#inFlight, ...this.#items].filter((item) => item.isWanted?.() !== false)
    this.#items = []
    this.#inFlight = []
    this.#bytes = 0
    const requests = []
    for (let at = 0; at < left.length; at += this.#settings.maxItems) {
      const values = left.slice(at, at + this.#settings.maxItems).map((item) => item.value)
      requests.push(this.#settings.encoder.encodeNow(values))
    }
    return requests
  }

  /** Ends the queue; what is left counts as dropped. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    const left = [...this.#inFlight, ...this.#items].filter((item) => item.isCounted).length
    this.#settings.stats.dropped += left
    this.#settings.stats.queued -= left
    this.#items = []
    this.#inFlight = []
    this.#settings.sender.close()
  }

  async #sendAll(): Promise<void> {
    while (this.#items.length > 0 && !this.isPaused && !this.#isClosed) {
      this.#inFlight = this.#takeBatch()
      if (this.#inFlight.length === 0) continue
      const reply = await this.#send(this.#inFlight.map((item) => item.value))
      const batch = this.#inFlight
      this.#inFlight = []
      if (batch.length > 0) this.#settle(batch, reply)
    }
  }

  #takeBatch(): QueueItem<Value>[] {
    const batch: QueueItem<Value>[] = []
    let bytes = 0
    let taken = 0
    for (const item of this.#items) {
      if (batch.length >= this.#batchLimit || (batch.length > 0 && bytes + item.bytes > largestBatchBytes))
        break
      taken += 1
      this.#bytes -= item.bytes
      if (item.isWanted?.() === false) continue
      bytes += item.bytes
      batch.push(item)
    }
    this.#items.splice(0, taken)
    return batch
  }

  async #send(values: Value[]): Promise<OtlpReply> {
    const { sender, reporter } = this.#settings
    try {
      return await sender.send(values)
    } catch (error) {
      reporter.report({
        code: 'internal',
        message: `a batch could not be encoded: ${String(error)}`,
        cause: error,
      })
      return { status: 400, body: 'not encodable' }
    }
  }

  #settle(batch: QueueItem<Value>[], reply: OtlpReply): void {
    const { stats, reporter, endpoint } = this.#settings
    const counted = batch.filter((item) => item.isCounted).length
    if (reply.status >= 200 && reply.status < 300) {
      this.#attempt = 0
      this.#batchLimit = this.#settings.maxItems
      const rejected = parseRejected(reply.body)
      const refused = Math.min(rejected?.count ?? 0, counted)
      stats.queued -= counted
      stats.sent += counted - refused
      stats.failed += refused
      if (refused > 0)
        reporter.report({
          code: 'rejected',
          message: `${refused} items were rejected by ${endpoint}: ${rejected?.message ?? ''}`,
        })
      else reporter.recovered()
      return
    }
    if (reply.status === 0) this.#unreachable += 1
    if (isRetryable(reply.status)) {
      this.#putBack(batch)
      this.#pause(reply)
      reporter.report(describeRefusal({ reply, endpoint }))
      return
    }
    if (reply.status === 413 && batch.length > 1) {
      this.#batchLimit = Math.max(1, Math.floor(batch.length / 2))
      this.#putBack(batch)
      return
    }
    stats.queued -= counted
    stats.failed += counted
    reporter.report(describeRefusal({ reply, endpoint }))
  }

  #putBack(batch: QueueItem<Value>[]): void {
    this.#items = [...batch, ...this.#items]
    this.#bytes += batch.reduce((sum, item) => sum + item.bytes, 0)
  }

  /** Doubles from half a second to half a minute, with jitter, unless the receiver names a time. */
  #pause(reply: OtlpReply): void {
    const backOffMs = Math.min(500 * 2 ** this.#attempt, 30_000) * (0.8 + Math.random() * 0.4)
    this.#attempt += 1
    const pauseMs = reply.retryAfterMs ?? backOffMs
    this.#pausedUntil = Date.now() + pauseMs
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.kick(), pauseMs + 1)
    this.#timer.unref()
  }
}
