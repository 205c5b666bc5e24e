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
  for (const { owner, span, startMs, startNs } of spans) {
    ranges.widen({ owner, traceId: span.traceId, timeMs: startMs, timeNs: startNs })
  }
  for (const { owner, log } of logs) {
    const { traceId, timeUnixNano } = log
    if (traceId === undefined) continue
    ranges.widen({ owner, traceId, timeMs: toEpochMs(timeUnixNano), timeNs: BigInt(timeUnixNano) })
  }
  return ranges.all()
}

/** Records of one trace mostly come one after another: the last range is tried before it is looked for. */
class TraceRanges {
  private readonly ranges = new Map<string, PlacedRow<TraceRange>>()
  private readonly partitionOf = createPartitioner()
  private last: PlacedRow<TraceRange> | undefined

  widen(record: { owner: RowOwner; traceId: string; timeMs: number; timeNs: bigint }): void {
    const { owner, traceId, timeMs, timeNs } = record
    const partition = this.partitionOf(owner.retention.metadataDays, timeMs)
    const { last } = this
    const isLast = last?.row.owner === owner && last.row.traceId === traceId && last.partition === partition
    const placed = isLast ? last : this.rangeOf(record, partition)
    const range = placed.row
    this.last = placed
    if (timeNs < range.startMin) range.startMin = timeNs
    if (timeNs > range.startMax) range.startMax = timeNs
    range.receivedFirstMs = Math.min(range.receivedFirstMs, owner.receivedAtMs)
    range.receivedLastMs = Math.max(range.receivedLastMs, owner.receivedAtMs)
  }

  all(): PlacedRow<TraceRange>[] {
    return [...this.ranges.values()]
  }

  private rangeOf(
    { owner, traceId, timeNs }: { owner: RowOwner; traceId: string; timeNs: bigint },
    partition: string,
  ): PlacedRow<TraceRange> {
    const key = `${owner.projectId} ${traceId} ${partition}`
    const known = this.ranges.get(key)
    if (known !== undefined) return known
    const received = { receivedFirstMs: owner.receivedAtMs, receivedLastMs: owner.receivedAtMs }
    const row = { owner, traceId, startMin: timeNs, startMax: timeNs, ...received }
    const placed = { partition, row }
    this.ranges.set(key, placed)
    return placed
  }
}
