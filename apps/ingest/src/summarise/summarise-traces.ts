import { assembleTrace } from '@clew/domain'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import {
  locateTraces,
  readLogs,
  readSpansToSummarise,
  replaceSummaries,
  type AssembledTrace,
  type RowOwner,
  type Store,
} from '@clew/store'

/** Re-reads traces of one project, assembles each and replaces its summary; by trace id, those that have spans. */
export async function summariseTraces(
  store: Store,
  args: { owner: RowOwner; traceIds: readonly string[]; nowMs: number },
): Promise<Map<string, AssembledTrace>> {
  const { owner, traceIds, nowMs } = args
  const scope = { projectId: owner.projectId, retention: owner.retention, traceIds }
  const range = await locateTraces(store, scope)
  if (range === undefined) return new Map()
  const [spans, logs] = await Promise.all([
    readSpansToSummarise(store, { ...scope, range }),
    readLogs(store, { ...scope, range }),
  ])
  const spansByTrace = groupByTrace(spans)
  const logsByTrace = groupByTrace(logs)
  const assembled = new Map<string, AssembledTrace>()
  for (const [traceId, traceSpans] of spansByTrace) {
    const trace = assembleTrace({ spans: traceSpans, logs: logsByTrace.get(traceId) ?? [], now: nowMs })
    assembled.set(traceId, { owner: { ...owner, receivedAtMs: nowMs }, ...trace })
  }
  if (assembled.size > 0) await replaceSummaries(store, [...assembled.values()])
  return assembled
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
