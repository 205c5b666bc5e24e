import { assembleTrace, toEpochMs, type ProjectId, type RunSummary } from '@clew/domain'
import type { ArrivingSpan, SpanVersion, Store } from '@clew/store'
import { hideSummaryContent } from '../reads/hide-content.ts'
import type { ProjectScope } from '../project-scope.ts'

/** So long a run is told by its spans; from then on its summaries, one a second, keep up with it. */
export const youngMs = 1500
/** More runs than that at once are told by their summaries, which cost less for many. */
const runsMax = 100

interface ArrivingRun {
  startMs: number
  spans: Map<string, SpanVersion>
}

interface Watched {
  runs: Map<string, ArrivingRun>
  listeners: Set<(traceIds: readonly string[]) => void>
  stop: () => void
}

/**
 * The runs that begin while somebody watches their project, by their spans as they arrive: they can be told before
 * anything of them is stored. Invariant: of a run that is given here all is known that this process received, since
 * its root started after the watch began.
 */
export class ArrivingRuns {
  readonly #store: Pick<Store, 'arrivals'>
  readonly #clock: () => number
  readonly #projects = new Map<ProjectId, Watched>()

  constructor({ store, clock }: { store: Pick<Store, 'arrivals'>; clock: () => number }) {
    this.#store = store
    this.#clock = clock
  }

  /** True when the run is known here and nothing of it can be stored by another process. */
  knowsAll(projectId: ProjectId, traceId: string): boolean {
    return this.#store.arrivals.isComplete && this.#projects.get(projectId)?.runs.has(traceId) === true
  }

  /** Calls back with the young runs that changed until the returned function is called. */
  watch(projectId: ProjectId, onChange: (traceIds: readonly string[]) => void): () => void {
    const watched = this.#projects.get(projectId) ?? this.#start(projectId)
    watched.listeners.add(onChange)
    return () => {
      watched.listeners.delete(onChange)
      if (watched.listeners.size > 0) return
      watched.stop()
      if (this.#projects.get(projectId) === watched) this.#projects.delete(projectId)
    }
  }

  /** Those of the runs that are known here, as they stand. */
  read({ projectId, mayReadContent }: ProjectScope, traceIds: readonly string[]): RunSummary[] {
    const runs = this.#projects.get(projectId)?.runs
    const now = this.#clock()
    return traceIds.flatMap((traceId) => {
      const run = runs?.get(traceId)
      if (run === undefined) return []
      const spans = [...run.spans.values()].map(({ span }) => span)
      const { trace } = assembleTrace({ spans, logs: [], now })
      return [mayReadContent ? trace : hideSummaryContent(trace)]
    })
  }

  #start(projectId: ProjectId): Watched {
    const sinceMs = this.#clock()
    const runs = new Map<string, ArrivingRun>()
    const listeners: Watched['listeners'] = new Set()
    const stop = this.#store.arrivals.subscribe({ projectId }, (spans) => {
      const traceIds = take({ runs, spans, sinceMs, now: this.#clock() })
      if (traceIds.size > 0) for (const listener of listeners) listener([...traceIds])
    })
    const watched = { runs, listeners, stop }
    this.#projects.set(projectId, watched)
    return watched
  }
}

/** Adds spans to the young runs, and gives those of them that it changed. */
function take(of: {
  runs: Map<string, ArrivingRun>
  spans: readonly ArrivingSpan[]
  sinceMs: number
  now: number
}): Set<string> {
  const { runs, spans, sinceMs, now } = of
  for (const [traceId, { startMs }] of runs) if (now - startMs >= youngMs) runs.delete(traceId)
  for (const { span } of spans) {
    const startMs = toEpochMs(span.startTimeUnixNano)
    const isYoungRoot = span.parentSpanId === undefined && startMs >= sinceMs && now - startMs < youngMs
    if (!isYoungRoot || runs.has(span.traceId) || runs.size >= runsMax) continue
    runs.set(span.traceId, { startMs, spans: new Map() })
  }
  const changed = new Set<string>()
  for (const { span, toVersion } of spans) {
    const { traceId, spanId } = span
    const run = runs.get(traceId)
    if (run === undefined) continue
    const version = toVersion('preview')
    const known = run.spans.get(spanId)
    if (known !== undefined && known.version >= version.version) continue
    run.spans.set(spanId, version)
    changed.add(traceId)
  }
  return changed
}
