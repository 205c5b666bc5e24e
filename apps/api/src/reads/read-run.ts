import { addPlaceholders, assembleTrace, type Run } from '@clew/domain'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import { locateTraces, readLogs, readSpans, type Store } from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { groupBy } from './group-by.ts'
import { hideRunContent } from './hide-content.ts'

export interface ReadRunOptions {
  store: Store
  project: ProjectScope
  traceId: string
  content: 'preview' | 'full'
  /** Milliseconds since the epoch, for what still runs. */
  now: number
}

/**
 * One run, assembled from its spans and logs exactly as the summariser does it, so that its totals are those of
 * every list; undefined when nothing of the trace is kept.
 */
export async function readRun(options: ReadRunOptions): Promise<Run | undefined> {
  const [run] = await readRuns({ ...options, traceIds: [options.traceId] })
  return run
}

/** Several runs in the order of the given ids; those of which nothing is kept are left out. */
export async function readRuns(
  options: Omit<ReadRunOptions, 'traceId'> & { traceIds: readonly string[] },
): Promise<Run[]> {
  const { store, project, traceIds, now } = options
  const { projectId, retention, mayReadContent } = project
  if (traceIds.length === 0) return []
  await store.arrivals.settled({ projectId, traceIds })
  const range = await locateTraces(store, { projectId, retention, traceIds })
  if (range === undefined) return []
  const content = mayReadContent ? options.content : 'none'
  const [spans, logs] = await Promise.all([
    readSpans(store, { projectId, retention, traceIds, range, content }),
    readLogs(store, { projectId, retention, traceIds, range }),
  ])
  const spansOf = groupBy(spans, (span) => span.traceId)
  const logsOf = groupBy(logs, (log) => log.traceId)
  return traceIds.flatMap((traceId) => {
    const own = spansOf.get(traceId)
    if (own === undefined) return []
    return [assembleRun({ spans: own, logs: logsOf.get(traceId) ?? [], now, mayReadContent })]
  })
}

/** A run of the spans and logs that are kept of it, as whoever reads may see it. */
export function assembleRun(of: {
  spans: readonly WireSpan[]
  logs: CanonicalLog<JsonValue>[]
  now: number
  mayReadContent: boolean
}): Run {
  const { spans, logs, now, mayReadContent } = of
  const { trace, spans: assembled } = assembleTrace({ spans, logs, now })
  const run = { trace, spans: addPlaceholders(assembled, now), logs }
  return mayReadContent ? run : hideRunContent(run)
}
