import { compareNanos, toUnixNano } from '@clew/domain'
import {
  locateTraces,
  readLogVersions,
  readRunEvents,
  readSpanVersions,
  type LogVersion,
  type ReceivedRunEvent,
  type SpanVersion,
  type Store,
  type TraceRange,
} from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { assembleRun } from '../reads/read-run.ts'
import type { RunState } from './run-image.ts'

/** Between its receipt and its row in the store a record may take this long; one that takes longer is found later. */
const overlapMs = 2000
/** How far beyond the starts that are known new ones are looked for: a day, in nanoseconds. */
const beyondNs = 86_400_000_000_000n
/** What came late, by way of a spool or another clock, is found by reading everything now and then. */
const wholeEveryMs = 60_000
const wholeShareMax = 0.02

/**
 * Reads one run again and again. What was read is kept, so that a read costs what arrived since the last one.
 * Invariant: after `readWhole` the run is what the store holds; in between it lacks at most what came late.
 */
export class RunReader {
  readonly #source: { store: Store; project: ProjectScope; traceId: string; clock: () => number }
  #versions = new Map<string, SpanVersion>()
  #logs = new Map<string, LogVersion>()
  #events = new Map<string, ReceivedRunEvent>()
  #range: TraceRange | undefined
  #wholeAt = Number.NEGATIVE_INFINITY
  #wholeMs = 0
  #isWhole = false

  constructor(source: { store: Store; project: ProjectScope; traceId: string; clock: () => number }) {
    this.#source = source
  }

  /** True while nothing but a read of everything could say more. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /**
   * What is new, or, where the caller knows that no log records and run events are, the spans alone; everything when
   * that is due. Undefined when nothing of the run is kept.
   */
  async read({ isSpansOnly = false } = {}): Promise<RunState | undefined> {
    const everyMs = Math.max(wholeEveryMs, this.#wholeMs / wholeShareMax)
    if (this.#versions.size === 0 || this.#source.clock() - this.#wholeAt >= everyMs) return this.readWhole()
    const startedAt = this.#source.clock()
    await this.#take({
      range: this.#rangeAt(startedAt),
      receivedSinceMs: this.#newestReceipt() - overlapMs,
      isSpansOnly,
    })
    this.#isWhole = false
    return this.#toState(startedAt)
  }

  async readWhole(): Promise<RunState | undefined> {
    const startedAt = this.#source.clock()
    this.#range = await this.#locate()
    await this.#take({ range: this.#range })
    this.#wholeAt = startedAt
    this.#wholeMs = this.#source.clock() - startedAt
    this.#isWhole = true
    return this.#toState(startedAt)
  }

  #locate(): Promise<TraceRange | undefined> {
    const { store, project, traceId } = this.#source
    const { projectId, retention } = project
    return locateTraces(store, { projectId, retention, traceIds: [traceId] })
  }

  /** Where what is new may lie, by the sender's clock or by ours. */
  #rangeAt(nowMs: number): TraceRange | undefined {
    if (this.#range === undefined) return undefined
    const from = BigInt(this.#range.from) - beyondNs
    const latest = BigInt(this.#range.until)
    const now = BigInt(toUnixNano(nowMs))
    const until = (latest > now ? latest : now) + beyondNs
    return { from: String(from > 0n ? from : 0n), until: String(until) }
  }

  async #take(of: {
    range: TraceRange | undefined
    receivedSinceMs?: number
    isSpansOnly?: boolean
  }): Promise<void> {
    const { range, receivedSinceMs, isSpansOnly = false } = of
    const { store, project, traceId } = this.#source
    const { projectId, retention, mayReadContent } = project
    const content = mayReadContent ? 'preview' : 'none'
    const since = receivedSinceMs === undefined ? {} : { receivedSinceMs }
    const subject = { projectId, retention, traceId, ...since }
    const [versions, logs, events] =
      range === undefined
        ? [[], [], []]
        : await Promise.all([
            readSpanVersions(store, { ...subject, range, content }),
            isSpansOnly ? [] : readLogVersions(store, { ...subject, range }),
            mayReadContent && !isSpansOnly ? readRunEvents(store, subject) : [],
          ])
    if (receivedSinceMs === undefined) {
      this.#versions = new Map()
      this.#logs = new Map()
      this.#events = new Map()
    }
    for (const version of versions) this.#keep(version)
    this.#logs = merge({ known: this.#logs, read: logs, compare: compareLogs })
    this.#events = merge({ known: this.#events, read: events, compare: compareEvents })
  }

  /** A version that is known keeps its object, by which whoever compares sees that nothing changed. */
  #keep(version: SpanVersion): void {
    const { spanId } = version.span
    const known = this.#versions.get(spanId)
    if (known === undefined || version.version > known.version) this.#versions.set(spanId, version)
  }

  #newestReceipt(): number {
    let newest = 0
    for (const records of [this.#versions, this.#logs, this.#events]) {
      for (const { receivedAtMs } of records.values()) newest = Math.max(newest, receivedAtMs)
    }
    return newest
  }

  #toState(startedAt: number): RunState | undefined {
    if (this.#versions.size === 0) return undefined
    const { clock, project } = this.#source
    const logs = [...this.#logs.values()].map(({ log }) => log)
    const spans = [...this.#versions.values()].map(({ span }) => span)
    const run = assembleRun({ spans, logs, now: startedAt, mayReadContent: project.mayReadContent })
    return { run, kept: [...this.#events.values()], readAt: startedAt, readMs: clock() - startedAt }
  }
}

/** What is known with what is new, in order; a repeat of what is known says nothing. */
function merge<Received extends { id: string }>(of: {
  known: Map<string, Received>
  read: readonly Received[]
  compare: (a: Received, b: Received) => number
}): Map<string, Received> {
  const { known, read, compare } = of
  const fresh = read.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return known
  const all = [...known.values(), ...fresh].toSorted(compare)
  return new Map(all.map((received) => [received.id, received]))
}

function compareLogs(a: LogVersion, b: LogVersion): number {
  return compareNanos(a.log.timeUnixNano, b.log.timeUnixNano) || Number(a.version - b.version)
}

function compareEvents(a: ReceivedRunEvent, b: ReceivedRunEvent): number {
  return a.event.seq - b.event.seq || (a.id < b.id ? -1 : 1)
}
