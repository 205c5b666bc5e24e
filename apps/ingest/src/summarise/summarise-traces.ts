import { assembleTrace } from '@clew/domain'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import {
  locateTraces,
  readLogs,
  readSpanKeys,
  readSummaryVersions,
  readVersionsToSummarise,
  replaceSummaries,
  type AssembledTrace,
  type RowOwner,
  type SpanKeys,
  type Store,
  type TraceRange,
} from '@clew/store'
import type { RecentSpans } from './recent-spans.ts'
import { fingerprintOf, isSettled, type SettledSummary } from './settled.ts'

export interface TraceToSummarise {
  traceId: string
  /** The last summary that this process wrote of it, if that is settled. */
  settled?: SettledSummary | undefined
}

export interface SummarisedTrace {
  assembled: AssembledTrace
  settled: SettledSummary | undefined
}

/**
 * Assembles traces of one project as they are stored now, and replaces their summaries; by trace id, those that have
 * spans and may have changed. What spans they have is asked each time, since other processes write, too; what is in
 * memory isn't read.
 */
export async function summariseTraces(
  store: Store,
  args: { owner: RowOwner; traces: readonly TraceToSummarise[]; nowMs: number; recent: RecentSpans },
): Promise<Map<string, SummarisedTrace>> {
  const { owner, traces, nowMs, recent } = args
  const traceIds = traces.map(({ traceId }) => traceId)
  const scope = { projectId: owner.projectId, retention: owner.retention, traceIds }
  const range = await locateTraces(store, scope)
  if (range === undefined) return new Map()
  const [keys, logs] = await Promise.all([
    readSpanKeys(store, { ...scope, range }),
    readLogs(store, { ...scope, range }),
  ])
  const logsByTrace = groupByTrace(logs)
  const logsOf = (traceId: string): CanonicalLog<JsonValue>[] => logsByTrace.get(traceId) ?? []
  const fingerprints = new Map(
    [...keys].map(([traceId, versions]) => [traceId, fingerprintOf(versions, logsOf(traceId).length)]),
  )
  for (const traceId of await findUnchanged(store, { ...scope, range, traces, fingerprints }))
    keys.delete(traceId)
  const spansByTrace = await findSpans(store, { ...scope, range, keys, recent })
  const assembled: AssembledTrace[] = []
  for (const [traceId, spans] of spansByTrace) {
    const trace = assembleTrace({ spans, logs: logsOf(traceId), now: nowMs })
    assembled.push({ owner: { ...owner, receivedAtMs: nowMs }, ...trace })
  }
  const versions = await replaceSummaries(store, assembled)
  return new Map(
    assembled.map((one, index) => {
      const { traceId } = one.trace
      const [fingerprint, version] = [fingerprints.get(traceId), versions[index]]
      const isKnown = fingerprint !== undefined && version !== undefined && isSettled(one)
      return [traceId, { assembled: one, settled: isKnown ? { fingerprint, version } : undefined }]
    }),
  )
}

/** Those that are what they were when this process summarised them, and whose summary no other has replaced. */
async function findUnchanged(
  store: Store,
  args: Pick<RowOwner, 'projectId'> & {
    range: TraceRange
    traces: readonly TraceToSummarise[]
    fingerprints: ReadonlyMap<string, string>
  },
): Promise<string[]> {
  const { projectId, range, traces, fingerprints } = args
  const same = traces.filter(
    ({ traceId, settled }) => settled !== undefined && settled.fingerprint === fingerprints.get(traceId),
  )
  const traceIds = same.map(({ traceId }) => traceId)
  if (traceIds.length === 0) return []
  const stored = await readSummaryVersions(store, { projectId, traceIds, range })
  return same
    .filter(({ traceId, settled }) => settled?.version === stored.get(traceId))
    .map(({ traceId }) => traceId)
}

const dayMs = 86_400_000

async function findSpans(
  store: Store,
  args: Pick<RowOwner, 'projectId' | 'retention'> & {
    range: TraceRange
    keys: ReadonlyMap<string, SpanKeys>
    recent: RecentSpans
  },
): Promise<Map<string, WireSpan[]>> {
  const { projectId, retention, range, keys, recent } = args
  const contentCutoffMs = store.clock() - retention.contentDays * dayMs
  const found = new Map<string, WireSpan[]>()
  const unknown: string[] = []
  for (const [traceId, versions] of keys) {
    const spans = recent.find({ projectId, traceId, versions, contentCutoffMs })
    if (spans === undefined) unknown.push(traceId)
    else found.set(traceId, spans)
  }
  if (unknown.length === 0) return found
  const read = await readVersionsToSummarise(store, { projectId, retention, range, traceIds: unknown })
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
