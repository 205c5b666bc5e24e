import { toEpochMs } from '@clew/domain'
import type { TraceRange } from '../rows/lookup-block.ts'
import type { InsertBatch, RowOwner } from './batch.ts'
import { partitionOf } from './partitions.ts'
import type { PlacedRow } from './split-rows.ts'

/** One range a trace and partition, however many records of it a batch holds. */
export function toTraceRanges(batch: InsertBatch): PlacedRow<TraceRange>[] {
  const ranges = new Map<string, PlacedRow<TraceRange>>()
  for (const { owner, span } of batch.spans) {
    widen(ranges, { owner, traceId: span.traceId, timeUnixNano: span.startTimeUnixNano })
  }
  for (const { owner, log } of batch.logs) {
    const { traceId, timeUnixNano } = log
    if (traceId !== undefined) widen(ranges, { owner, traceId, timeUnixNano })
  }
  return [...ranges.values()]
}

function widen(
  ranges: Map<string, PlacedRow<TraceRange>>,
  record: { owner: RowOwner; traceId: string; timeUnixNano: string },
): void {
  const { owner, traceId, timeUnixNano } = record
  const timeMs = toEpochMs(timeUnixNano)
  const partition = partitionOf({ retentionDays: owner.retention.metadataDays, timeMs })
  const key = `${owner.projectId} ${traceId} ${partition}`
  const time = BigInt(timeUnixNano)
  const known = ranges.get(key)?.row
  if (known === undefined) {
    const received = { receivedFirstMs: owner.receivedAtMs, receivedLastMs: owner.receivedAtMs }
    ranges.set(key, { partition, row: { owner, traceId, startMin: time, startMax: time, ...received } })
    return
  }
  if (time < known.startMin) known.startMin = time
  if (time > known.startMax) known.startMax = time
  known.receivedFirstMs = Math.min(known.receivedFirstMs, owner.receivedAtMs)
  known.receivedLastMs = Math.max(known.receivedLastMs, owner.receivedAtMs)
}
