import { toEpochMs } from '@clew/domain'
import type { TraceRange } from '../rows/lookup-block.ts'
import type { SpanRecord } from '../rows/span-block.ts'
import type { InsertBatch, RowOwner } from './batch.ts'
import { createPartitioner } from './partitions.ts'
import type { PlacedRow } from './split-rows.ts'

/** One range a trace and partition, however many records of it a batch holds. */
export function toTraceRanges(
  spans: readonly SpanRecord[],
  logs: InsertBatch['logs'],
): PlacedRow<TraceRange>[] {
  const ranges = new TraceRanges()
  for (const { owner, span, startMs } of spans) {
    ranges.widen({ owner, traceId: span.traceId, timeMs: startMs, unixNano: span.startTimeUnixNano })
  }
  for (const { owner, log } of logs) {
    const { traceId, timeUnixNano } = log
    if (traceId === undefined) continue
    ranges.widen({ owner, traceId, timeMs: toEpochMs(timeUnixNano), unixNano: timeUnixNano })
  }
  return ranges.all()
}

/** Records of one trace mostly come one after another: the last range is tried before it is looked for. */
class TraceRanges {
  private readonly ranges = new Map<string, PlacedRow<TraceRange>>()
  private readonly partitionOf = createPartitioner()
  private last: PlacedRow<TraceRange> | undefined

  widen(record: { owner: RowOwner; traceId: string; timeMs: number; unixNano: string }): void {
    const { owner, traceId, timeMs, unixNano } = record
    const partition = this.partitionOf(owner.retention.metadataDays, timeMs)
    const { last } = this
    const isLast = last?.row.owner === owner && last.row.traceId === traceId && last.partition === partition
    const placed = isLast ? last : this.rangeOf(record, partition)
    const range = placed.row
    this.last = placed
    if (isBefore(unixNano, range.startMin)) range.startMin = unixNano
    if (isBefore(range.startMax, unixNano)) range.startMax = unixNano
    range.receivedFirstMs = Math.min(range.receivedFirstMs, owner.receivedAtMs)
    range.receivedLastMs = Math.max(range.receivedLastMs, owner.receivedAtMs)
  }

  all(): PlacedRow<TraceRange>[] {
    return [...this.ranges.values()]
  }

  private rangeOf(
    { owner, traceId, unixNano }: { owner: RowOwner; traceId: string; unixNano: string },
    partition: string,
  ): PlacedRow<TraceRange> {
    const key = `${owner.projectId} ${traceId} ${partition}`
    const known = this.ranges.get(key)
    if (known !== undefined) return known
    const received = { receivedFirstMs: owner.receivedAtMs, receivedLastMs: owner.receivedAtMs }
    const row = { owner, traceId, startMin: unixNano, startMax: unixNano, ...received }
    const placed = { partition, row }
    this.ranges.set(key, placed)
    return placed
  }
}

/** Decimal digits without leading zeros are in order as texts where they are as many. */
function isBefore(one: string, other: string): boolean {
  return one.length === other.length ? one < other : one.length < other.length
}
