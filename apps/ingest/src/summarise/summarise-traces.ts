import { assembleTrace } from '@clew/domain'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import {
  locateTraces,
  readLogs,
  readSpanKeys,
  readVersionsToSummarise,
  replaceSummaries,
  type AssembledTrace,
  type RowOwner,
  type Store,
  type TraceRange,
} from '@clew/store'
import type { RecentSpans } from './recent-spans.ts'

/**
 * Assembles traces of one project as they are stored now, and replaces their summaries; by trace id, those that have
 * spans. What spans they have is asked each time, since other processes write, too; what is in memory isn't read.
 */
export async function summariseTraces(
  store: Store,
  args: { owner: RowOwner; traceIds: readonly string[]; nowMs: number; recent: RecentSpans },
): Promise<Map<string, AssembledTrace>> {
  const { owner, traceIds, nowMs, recent } = args
  const scope = { projectId: owner.projectId, retention: owner.retention, traceIds }
  const range = await locateTraces(store, scope)
  if (range === undefined) return new Map()
  const [spansByTrace, logs] = await Promise.all([
    findSpans(store, { ...scope, range, recent }),
    readLogs(store, { ...scope, range }),
  ])
  const logsByTrace = groupByTrace(logs)
  const assembled = new Map<string, AssembledTrace>()
  for (const [traceId, spans] of spansByTrace) {
    const trace = assembleTrace({ spans, logs: logsByTrace.get(traceId) ?? [], now: nowMs })
    assembled.set(traceId, { owner: { ...owner, receivedAtMs: nowMs }, ...trace })
  }
  if (assembled.size > 0) await replaceSummaries(store, [...assembled.values()])
  return assembled
}

const dayMs = 86_400_000

async function findSpans(
  store: Store,
  args: Pick<RowOwner, 'projectId' | 'retention'> & {
    traceIds: readonly string[]
    range: TraceRange
    recent: RecentSpans
  },
): Promise<Map<string, WireSpan[]>> {
  const { recent, ...scope } = args
  const { projectId, retention } = scope
  const contentCutoffMs = store.clock() - retention.contentDays * dayMs
  const found = new Map<string, WireSpan[]>()
  const unknown: string[] = []
  for (const [traceId, versions] of await readSpanKeys(store, scope)) {
    const spans = recent.find({ projectId, traceId, versions, contentCutoffMs })
    if (spans === undefined) unknown.push(traceId)
    else found.set(traceId, spans)
  }
  if (unknown.length === 0) return found
  const read = await readVersionsToSummarise(store, { ...scope, traceIds: unknown })
  recent.addRead(projectId, read)
  for (const [traceId, spans] of groupByTrace(read.map(({ span }) => span))) found.set(traceId, spans)
  return found
}

function groupByTrace<Item extends WireSpan | CanonicalLog<JsonValue>>(
  items: readonly Item[],
): Map<string, Item[]> {
  const byTrace = new Map<string, Item[]>()
  for (const item of items) {
    if (item.traceId === undefined) continue
    const group = byTrace.get(item.traceId)
    if (group === undefined) byTrace.set(item.traceId, [item])
    else group.push(item)
  }
  return byTrace
}
