import { compareNanos, toUnixNano } from '@clew/domain'
import {
  locateTraces,
  readLogVersions,
  readRunEvents,
  readSpanVersions,
  type LogVersion,
  type ReceivedRunEvent,
  type ArrivalsOf,
  type ArrivingSpan,
  type SpanVersion,
  type Store,
  type TraceRange,
} from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { assembleRun } from '../reads/read-run.ts'
import type { PendingChanges } from './feed-watch.ts'
import type { RunState } from './run-image.ts'

/** Between its receipt and its row in the store a record may take this long; one that takes longer is found later. */
const overlapMs = 2000
/** How far beyond the starts that are known new ones are looked for: a day, in nanoseconds. */
const beyondNs = 86_400_000_000_000n
/** What came late, by way of a spool or another clock, is found by reading everything now and then. */
const wholeEveryMs = 60_000
const wholeShareMax = 0.02

/** What may be new of a run. */
export interface RunNews {
  spans: boolean
  /** Log records and run events. */
  records: boolean
}

export const everything: RunNews = { spans: true, records: true }

/** What the feed says may be new; nothing where it said nothing. */
export function toNews(pending: PendingChanges | undefined): RunNews {
  return { spans: pending?.kinds.has('span') ?? false, records: pending?.kinds.has('log') ?? false }
}

interface Source {
  store: Store
  project: ProjectScope
  traceId: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Called when spans of the run are on their way into the store; the next read has them. */
  onArrival?: () => void
}

/**
 * Reads one run again and again. What was read is kept, so that a read costs what arrived since the last one.
 * Invariant: after `readWhole` the run is what the store holds and what this process is writing to it; in between it
 * lacks at most what came late.
 */
export class RunReader {
  readonly #source: Source
  #versions = new Map<string, SpanVersion>()
  #logs = new Map<string, LogVersion>()
  #events = new Map<string, ReceivedRunEvent>()
  #range: TraceRange | undefined
  #wholeAt = Number.NEGATIVE_INFINITY
  #wholeMs = 0
  #isWhole = false
  #arrived: ArrivingSpan[] = []
  readonly #leave: (() => void) | undefined

  constructor(source: Source) {
    this.#source = source
    const { store, onArrival } = source
    if (onArrival === undefined) return
    this.#leave = store.arrivals.subscribe(this.#subject(), (spans) => {
      this.#arrived.push(...spans)
      onArrival()
    })
  }

  close(): void {
    this.#leave?.()
  }

  /** Whether a read can give what the last one did not, when so much may be new. */
  canTell({ spans, records }: RunNews): boolean {
    return this.hasArrivals || records || (spans && !this.#hasAllSpans)
  }

  /** True while spans have arrived that no read has given yet. */
  get hasArrivals(): boolean {
    return this.#arrived.length > 0
  }

  /** Spans can then be new only by their arrival, and what arrives here needn't be read. */
  get #hasAllSpans(): boolean {
    return this.#leave !== undefined && this.#source.store.arrivals.isComplete
  }

  /** True while nothing but a read of everything could say more. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /**
   * What is new, or as much of it as the caller cannot rule out; everything when that is due. Undefined when nothing of
   * the run is kept.
   */
  async read(told: RunNews = everything): Promise<RunState | undefined> {
    const everyMs = Math.max(wholeEveryMs, this.#wholeMs / wholeShareMax)
    if (this.#range === undefined || this.#source.clock() - this.#wholeAt >= everyMs) return this.readWhole()
    const news = { ...told, spans: told.spans && !this.#hasAllSpans }
    const startedAt = this.#source.clock()
    const receivedSinceMs = this.#newestReceipt() - overlapMs
    await this.#take({ range: this.#rangeAt(startedAt), receivedSinceMs, news })
    this.#keepArrived()
    this.#isWhole = false
    return this.#toState(startedAt)
  }

  async readWhole(): Promise<RunState | undefined> {
    const startedAt = this.#source.clock()
    const onTheWay = this.#source.store.arrivals.onTheWay(this.#subject())
    this.#range = await this.#locate()
    await this.#take({ range: this.#range, news: everything })
    for (const { toVersion } of onTheWay) this.#keep(toVersion(this.#content()))
    this.#keepArrived()
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

  #subject(): Required<ArrivalsOf> {
    const { project, traceId } = this.#source
    return { projectId: project.projectId, traceId }
  }

  #content(): 'none' | 'preview' {
    return this.#source.project.mayReadContent ? 'preview' : 'none'
  }

  async #take(of: { range: TraceRange | undefined; receivedSinceMs?: number; news: RunNews }): Promise<void> {
    const { range, receivedSinceMs, news } = of
    const { store, project } = this.#source
    const { retention, mayReadContent } = project
    const since = receivedSinceMs === undefined ? {} : { receivedSinceMs }
    const subject = { ...this.#subject(), retention, ...since }
    const [versions, logs, events] =
      range === undefined
        ? [[], [], []]
        : await Promise.all([
            news.spans ? readSpanVersions(store, { ...subject, range, content: this.#content() }) : [],
            news.records ? readLogVersions(store, { ...subject, range }) : [],
            news.records && mayReadContent ? readRunEvents(store, subject) : [],
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

  #keepArrived(): void {
    for (const { toVersion } of this.#arrived) this.#keep(toVersion(this.#content()))
    this.#arrived = []
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
