import { compareNanos, toEpochMs } from '@clew/domain'
import type { ProjectId } from '@clew/domain'
import { randomUUID } from 'node:crypto'
import { readSummaryKeys } from '../queries/read-summary-keys.ts'
import type { SummaryKeys } from '../queries/read-summary-keys.ts'
import { encodeRows } from '../rows/encode-rows.ts'
import { groupBy } from '../rows/group-by.ts'
import { ownerColumns } from '../rows/owner-columns.ts'
import { toDateTime64 } from '../rows/row-time.ts'
import type { Row } from '../rows/scalars.ts'
import type { Store } from '../store.ts'
import { metricKeyText, toMetricRows } from '../summary/to-metric-rows.ts'
import type { MetricKey } from '../summary/to-metric-rows.ts'
import { toSummaryRow } from '../summary/to-summary-row.ts'
import type { AssembledTrace } from './batch.ts'
import { insertParts } from './insert-parts.ts'
import { partitionOf } from './partitions.ts'
import { splitRows } from './split-rows.ts'
import type { PlacedRow as Placed } from './split-rows.ts'

type PlacedRow = Placed<Row>

/**
 * Replaces the summary and the metric rows of each trace. A row is replaced by its key, so one whose key is
 * no longer among them (an earlier start was found, a model became known) is buried. Returns the version of each
 * trace's rows, in the order of the traces.
 */
export async function replaceSummaries(store: Store, rows: readonly AssembledTrace[]): Promise<bigint[]> {
  const latest = new Map(rows.map((row) => [keyOf(row), row]))
  const versions = new Map<string, bigint>()
  for (const [projectId, traces] of groupBy(latest.values(), (row) => row.owner.projectId)) {
    await replaceInProject(store, { projectId, traces, versions })
  }
  return rows.map((row) => versions.get(keyOf(row)) ?? 0n)
}

function keyOf({ owner, trace }: AssembledTrace): string {
  return `${owner.projectId} ${trace.traceId}`
}

async function replaceInProject(
  store: Store,
  args: { projectId: ProjectId; traces: readonly AssembledTrace[]; versions: Map<string, bigint> },
): Promise<void> {
  const { projectId, traces, versions } = args
  const traceIds = traces.map((row) => row.trace.traceId)
  const known = await readSummaryKeys(store, { projectId, traceIds, ...rangeOf(traces) })
  const summaries: PlacedRow[] = []
  const metrics: PlacedRow[] = []
  for (const assembled of traces) {
    const keys = known.get(assembled.trace.traceId)
    const version = nextVersion(store, keys)
    versions.set(keyOf(assembled), version)
    summaries.push(...summaryRows({ assembled, keys, version }))
    metrics.push(...metricRows({ assembled, keys, version }))
  }
  const token = randomUUID()
  for (const [table, rows] of [
    ['trace_metrics', metrics],
    ['trace_summary', summaries],
  ] as const) {
    await insertParts(store.database, { table, token, parts: splitRows(rows).map(encodeRows) })
  }
}

function rangeOf(traces: readonly AssembledTrace[]): { from: string; until: string } {
  let from = traces[0]?.trace.startTimeUnixNano ?? '0'
  let until = from
  for (const { trace, spans } of traces) {
    for (const { startTimeUnixNano } of [trace, ...spans]) {
      if (compareNanos(startTimeUnixNano, from) < 0) from = startTimeUnixNano
      if (compareNanos(startTimeUnixNano, until) > 0) until = startTimeUnixNano
    }
  }
  return { from, until }
}

/** Above all that is stored, with room for the burials between. */
function nextVersion(store: Store, keys: SummaryKeys | undefined): bigint {
  const now = BigInt(Math.trunc(store.clock())) << 12n
  const above = (keys?.versionMax ?? 0n) + 2n
  return now > above ? now : above
}

interface Replacement {
  assembled: AssembledTrace
  keys: SummaryKeys | undefined
  version: bigint
}

function summaryRows({ assembled, keys, version }: Replacement): PlacedRow[] {
  const { owner, trace } = assembled
  const retentionDays = owner.retention.metadataDays
  const startMs = toEpochMs(trace.startTimeUnixNano)
  const buried = (keys?.summaries ?? []).filter(
    (key) => hourOf(key.startMs) !== hourOf(startMs) || key.retentionDays !== retentionDays,
  )
  return [
    placeRow(toSummaryRow(assembled, version), { retentionDays, timeMs: startMs }),
    ...buried.map((key) =>
      placeRow(
        {
          ...burial({ assembled, version, retentionDays: key.retentionDays }),
          start_time: toDateTime64(key.startNs),
          last_time: toDateTime64(key.startNs),
        },
        { retentionDays: key.retentionDays, timeMs: key.startMs },
      ),
    ),
  ]
}

function placeRow(row: Row, at: { retentionDays: number; timeMs: number }): PlacedRow {
  return { partition: partitionOf(at), row }
}

function metricRows({ assembled, keys, version }: Replacement): PlacedRow[] {
  const retentionDays = assembled.owner.retention.metadataDays
  const rows = toMetricRows(assembled, version)
  const known = keys?.metrics ?? []
  const current = known.length === 0 ? undefined : new Set(rows.map((row) => metricKeyText(asMetricKey(row))))
  const buried = known.filter(
    (key) => key.retentionDays !== retentionDays || !current?.has(metricKeyText(key)),
  )
  return [
    ...rows.map((row) => ({
      partition: partitionOf({ retentionDays, timeMs: Number(row['hour']) * 1000 }),
      row,
    })),
    ...buried.map(({ retentionDays: days, ...key }) => ({
      partition: partitionOf({ retentionDays: days, timeMs: key.hour * 1000 }),
      row: { ...burial({ assembled, version, retentionDays: days }), ...key },
    })),
  ]
}

/** One below the row that takes its place: the two may share a key in partitions of different classes. */
function burial(args: { assembled: AssembledTrace; version: bigint; retentionDays: number }): Row {
  const { owner, trace } = args.assembled
  return {
    ...ownerColumns(owner),
    retention_days: args.retentionDays,
    ver: (args.version - 1n).toString(),
    is_deleted: 1,
    trace_id: trace.traceId,
  }
}

function hourOf(epochMs: number): number {
  return Math.floor(epochMs / 3_600_000)
}

function asMetricKey(row: Row): MetricKey {
  const text = (column: string): string => String(row[column])
  return {
    hour: Number(row['hour']),
    kind: text('kind'),
    agent_name: text('agent_name'),
    model: text('model'),
    tool_name: text('tool_name'),
    caller_agent: text('caller_agent'),
  }
}
