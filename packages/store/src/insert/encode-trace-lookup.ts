import { toEpochMs } from '@clew/domain'
import type { EncodedRows } from '../driver/database.ts'
import { LookupBlock } from '../rows/lookup-block.ts'
import type { TraceRange } from '../rows/lookup-block.ts'
import type { InsertBatch, RowOwner } from './batch.ts'
import { partitionOf } from './partitions.ts'
import { splitRows } from './split-rows.ts'

/** One row a trace and partition, however many records of it a batch holds. */
export function encodeTraceLookup(batch: InsertBatch): EncodedRows[] {
  const ranges = new Map<string, { partition: string; row: TraceRange }>()
  for (const { owner, span } of batch.spans)
    widen(ranges, { owner, ...span, timeUnixNano: span.startTimeUnixNano })
  for (const { owner, log } of batch.logs) {
    if (log.traceId !== undefined)
      widen(ranges, { owner, traceId: log.traceId, timeUnixNano: log.timeUnixNano })
  }
  return splitRows([...ranges.values()]).map((part) => {
    const block = new LookupBlock()
    for (const range of part) block.add(range)
    return { format: 'Native', bytes: block.bytes() }
  })
}

function widen(
  ranges: Map<string, { partition: string; row: TraceRange }>,
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
