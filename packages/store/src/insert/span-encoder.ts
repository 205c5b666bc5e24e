import { toEpochMs } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { EncodedRows } from '../driver/database.ts'
import { ContentBlock } from '../rows/content-block.ts'
import { KeyColumns } from '../rows/key-columns.ts'
import { LiveBlock } from '../rows/live-block.ts'
import { LookupBlock } from '../rows/lookup-block.ts'
import { SpanBlock } from '../rows/span-block.ts'
import type { SpanRecord } from '../rows/span-block.ts'
import { spanVersion } from '../rows/span-version.ts'
import type { InsertBatch } from './batch.ts'
import { createPartitioner } from './partitions.ts'
import { splitBy, splitRows } from './split-rows.ts'
import { toTraceRanges } from './trace-ranges.ts'

/** The parts of a table's rows, each small enough for one insert; one without rows is undefined. */
export type Parts = readonly (EncodedRows | undefined)[]

/** The parts of each table that spans are written to. */
export interface SpanTables {
  spans: Parts
  span_content: Parts
  live_spans: Parts
  trace_lookup: Parts
}

/** Encodes the spans of batches. It is synchronous, so that one set of blocks serves batch after batch. */
export type SpanEncoder = (batch: InsertBatch) => SpanTables

export function createSpanEncoder(classOf: (key: string) => PrivacyClass): SpanEncoder {
  const key = new KeyColumns()
  const spans = new SpanBlock(classOf, key)
  const content = new ContentBlock(classOf, key)
  const live = new LiveBlock(key)
  const lookup = new LookupBlock()
  return (batch) => {
    const records = batch.spans.map(toRecord)
    const partitionOf = createPartitioner()
    const byStart = (days: 'metadataDays' | 'contentDays'): SpanRecord[][] =>
      splitBy(records, ({ owner, startMs }) => partitionOf(owner.retention[days], startMs))
    const byReceipt = splitBy(records, ({ owner }) => partitionOf(1, owner.receivedAtMs))
    try {
      return {
        spans: encodeParts(spans, byStart('metadataDays')),
        span_content: encodeParts(content, byStart('contentDays')),
        live_spans: encodeParts(live, byReceipt),
        trace_lookup: encodeParts(lookup, splitRows(toTraceRanges(records, batch.logs))),
      }
    } finally {
      key.release()
    }
  }
}

function toRecord({ owner, span }: InsertBatch['spans'][number], index: number): SpanRecord {
  return {
    owner,
    span,
    version: spanVersion({ span, receivedAtMs: owner.receivedAtMs, index }),
    startMs: toEpochMs(span.startTimeUnixNano),
  }
}

interface Block<Row> {
  clear(): void
  add(row: Row): void
  take(): Buffer | undefined
}

function encodeParts<Row>(block: Block<Row>, parts: readonly (readonly Row[])[]): Parts {
  // A batch that threw half-way through has left its rows behind.
  block.clear()
  return parts.map((part) => {
    for (const row of part) block.add(row)
    const bytes = block.take()
    return bytes && { format: 'Native', bytes }
  })
}
