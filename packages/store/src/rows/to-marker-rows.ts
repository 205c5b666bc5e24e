import { toEpochMs } from '@clew/domain'
import type { CanonicalSpan } from '@clew/semconv/span'
import type { RowOwner } from '../insert/batch.ts'
import { partitionOf } from '../insert/partitions.ts'
import type { PlacedRow } from '../insert/split-rows.ts'
import { groupBy } from './group-by.ts'
import { ownerColumns } from './owner-columns.ts'
import { toDateTime64, toDateTimeMs } from './row-time.ts'
import type { Row } from './scalars.ts'

/** The start or finish marker of a span. */
export function toLiveRow(args: { owner: RowOwner; span: CanonicalSpan; version: bigint }): Row {
  const { owner, span, version } = args
  return {
    ...ownerColumns(owner),
    ver: version.toString(),
    trace_id: span.traceId,
    span_id: span.spanId,
    start_time: toDateTime64(span.startTimeUnixNano),
    state: span.state,
    kind: span.kind,
    name: span.name,
    agent_name: span.agent?.name ?? '',
    service_name: span.serviceName ?? '',
  }
}

/** One row a trace and partition, however many records of it a batch holds. */
export function toLookupRows(
  records: readonly { owner: RowOwner; traceId: string; timeUnixNano: string }[],
): PlacedRow[] {
  const groups = groupBy(records, ({ owner, traceId, timeUnixNano }) => {
    const partition = partitionOf({
      retentionDays: owner.retention.metadataDays,
      timeMs: toEpochMs(timeUnixNano),
    })
    return `${owner.projectId} ${traceId} ${partition}`
  })
  return [...groups.entries()].flatMap(([key, group]) => {
    const [first] = group
    if (!first) return []
    return [{ partition: key.slice(key.lastIndexOf(' ') + 1), row: toLookupRow(first, group) }]
  })
}

function toLookupRow(
  first: { owner: RowOwner; traceId: string },
  group: readonly { owner: RowOwner; timeUnixNano: string }[],
): Row {
  const { owner, traceId } = first
  const times = group
    .map((record) => BigInt(record.timeUnixNano))
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const receipts = group.map((record) => record.owner.receivedAtMs)
  const start = String(times[0] ?? 0n)
  return {
    organisation_id: owner.organisationId,
    project_id: owner.projectId,
    retention_days: owner.retention.metadataDays,
    content_retention_days: owner.retention.contentDays,
    start_day: new Date(toEpochMs(start)).toISOString().slice(0, 10),
    trace_id: traceId,
    start_min: toDateTime64(start),
    start_max: toDateTime64(String(times.at(-1) ?? 0n)),
    received_first: toDateTimeMs(Math.min(...receipts)),
    received_last: toDateTimeMs(Math.max(...receipts)),
  }
}
