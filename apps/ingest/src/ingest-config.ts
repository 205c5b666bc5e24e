import type { ForwardTarget } from '@clew/runtime'

/** Limits of the ingest. Sizes are bytes, times milliseconds. */
export interface IngestLimits {
  /** Of a body as it travels. */
  bodyBytesMax: number
  /** Of a body once it is inflated. */
  inflatedBytesMax: number
  /** How many times its size a body may inflate to, once it has passed a megabyte. */
  inflateRatioMax: number
  /** From the headers to the last byte of the body. */
  bodyTimeoutMs: number
  /** A body that arrives at less than `bodyRateMin` bytes a second, after `bodyGraceMs`, is given up on. */
  bodyGraceMs: number
  bodyRateMin: number
  /** Requests under way; beyond it the answer is 429. */
  requestsAtOnceMax: number
  /** Of all bodies as they travelled, until they are answered; beyond it the answer is 429. */
  pendingBytesMax: number
  /** Of the inflated bodies that are being converted and written; projects take turns at it. */
  workingBytesMax: number
  /** Whoever waits longer for a turn is answered 429. */
  turnWaitMs: number
  /** What a key without limits of its own may send in a minute; beyond it the answer is 429. */
  keyRequestsPerMinute: number
  /** Of bodies as they travel. */
  keyBytesPerMinute: number
  /** Between two batches: how long a request that follows another waits for more to be written with. */
  batchAgeMs: number
  /** The same while the store is away: each batch is a file, and each file an insert later. */
  spoolAgeMs: number
  batchBytesMax: number
  /** Batches on their way to the store at once. */
  insertsAtOnceMax: number
  /** After it an insert counts as lost and is spooled under the same token. */
  insertTimeoutMs: number
  spoolBytesMax: number
  /** Pause between attempts to reach a store that was away. */
  replayEveryMs: number
  /** How long a request is remembered, so that its retry is stored once. */
  retryWindowMs: number
  /** From the first sight of a trace to its first summary. */
  summaryDelayMs: number
  /** Between two summaries of a trace that still receives spans. */
  summaryEveryMs: number
  /** A last summary comes after this much quiet; assembly gives up on missing parents after 30 seconds. */
  summaryQuietMs: number
  /**
   * A trace with running spans is summarised again after this much silence; assembly loses them after an hour, or
   * after three heartbeats that their sender promised and missed, when it is summarised as well.
   */
  lostAfterMs: number
  /** Of the spans of open traces that are kept in memory for their next summary. */
  recentSpanBytesMax: number
  /** Between two looks at how the ingest is, for gauges and the doctor. */
  reportEveryMs: number
}

export interface IngestConfig extends Partial<IngestLimits> {
  /** Holds batches while the store is away; made when missing. */
  spoolDir: string
  /** One other collector that what is stored is sent to as well. */
  forward?: ForwardTarget
}

const megabyte = 1024 * 1024

const defaultLimits: IngestLimits = {
  bodyBytesMax: 16 * megabyte,
  inflatedBytesMax: 64 * megabyte,
  inflateRatioMax: 250,
  bodyTimeoutMs: 30_000,
  bodyGraceMs: 5000,
  bodyRateMin: 1024,
  requestsAtOnceMax: 2000,
  pendingBytesMax: 48 * megabyte,
  workingBytesMax: 24 * megabyte,
  turnWaitMs: 8000,
  keyRequestsPerMinute: 60_000,
  keyBytesPerMinute: 4096 * megabyte,
  batchAgeMs: 20,
  spoolAgeMs: 500,
  batchBytesMax: 8 * megabyte,
  insertsAtOnceMax: 1,
  insertTimeoutMs: 30_000,
  spoolBytesMax: 1024 * megabyte,
  replayEveryMs: 1000,
  retryWindowMs: 3_600_000,
  summaryDelayMs: 50,
  summaryEveryMs: 1000,
  summaryQuietMs: 31_000,
  lostAfterMs: 3_605_000,
  recentSpanBytesMax: 16 * megabyte,
  reportEveryMs: 5000,
}

/** The limits in force: the defaults, and what the configuration says instead. */
export function toLimits({
  spoolDir: _spoolDir,
  forward: _forward,
  ...overrides
}: IngestConfig): IngestLimits {
  return { ...defaultLimits, ...overrides }
}
