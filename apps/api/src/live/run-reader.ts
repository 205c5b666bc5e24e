import type { Run } from '@clew/domain'
import { readLogs, readRunEvents, readSpanVersions, type SpanVersion, type Store } from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { assembleRun } from '../reads/read-run.ts'
import type { RunState } from './run-image.ts'

/** Between its receipt and its row in the store a span may take this long; one that takes longer is found later. */
const overlapMs = 5000
/** Spans that came late, by way of a spool or another clock, are found by reading all of them now and then. */
const wholeEveryMs = 60_000
const wholeShareMax = 0.02

/**
 * Reads one run again and again. Spans are kept between reads, so that a read costs what arrived since the last one.
 * Invariant: after `readWhole` the run is what the store holds; in between it lacks at most what came late.
 */
export class RunReader {
  readonly #source: { store: Store; project: ProjectScope; traceId: string; clock: () => number }
  #versions = new Map<string, SpanVersion>()
  #state: Pick<RunState, 'kept'> & Pick<Run, 'logs'> = { kept: [], logs: [] }
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

  /** What is new; everything when that is due. Undefined when nothing of the run is kept. */
  async read(): Promise<RunState | undefined> {
    const everyMs = Math.max(wholeEveryMs, this.#wholeMs / wholeShareMax)
    if (this.#versions.size === 0 || this.#source.clock() - this.#wholeAt >= everyMs) return this.readWhole()
    const startedAt = this.#source.clock()
    await this.#take(this.#newestReceipt() - overlapMs)
    this.#isWhole = false
    return this.#toState(startedAt)
  }

  async readWhole(): Promise<RunState | undefined> {
    const startedAt = this.#source.clock()
    await this.#take(undefined)
    this.#wholeAt = startedAt
    this.#wholeMs = this.#source.clock() - startedAt
    this.#isWhole = true
    return this.#toState(startedAt)
  }

  async #take(receivedSinceMs: number | undefined): Promise<void> {
    const { store, project, traceId } = this.#source
    const { projectId, retention, mayReadContent } = project
    const content = mayReadContent ? 'preview' : 'none'
    const since = receivedSinceMs === undefined ? {} : { receivedSinceMs }
    const [versions, logs, kept] = await Promise.all([
      readSpanVersions(store, { projectId, retention, traceId, content, ...since }),
      readLogs(store, { projectId, retention, traceIds: [traceId] }),
      mayReadContent ? readRunEvents(store, { projectId, retention, traceId }) : [],
    ])
    if (receivedSinceMs === undefined) this.#versions = new Map()
    for (const version of versions) this.#keep(version)
    this.#state = { logs, kept }
  }

  /** A version that is known keeps its object, by which whoever compares sees that nothing changed. */
  #keep(version: SpanVersion): void {
    const { spanId } = version.span
    const known = this.#versions.get(spanId)
    if (known === undefined || version.version > known.version) this.#versions.set(spanId, version)
  }

  #newestReceipt(): number {
    let newest = 0
    for (const { receivedAtMs } of this.#versions.values()) newest = Math.max(newest, receivedAtMs)
    return newest
  }

  #toState(startedAt: number): RunState | undefined {
    if (this.#versions.size === 0) return undefined
    const { clock, project } = this.#source
    const { logs, kept } = this.#state
    const spans = [...this.#versions.values()].map(({ span }) => span)
    const run = assembleRun({ spans, logs, now: startedAt, mayReadContent: project.mayReadContent })
    return { run, kept, readAt: startedAt, readMs: clock() - startedAt }
  }
}
