import { toEpochMs } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { EncodedRows } from '../driver/database.ts'
import { ContentBlock } from '../rows/content-block.ts'
import { LiveBlock } from '../rows/live-block.ts'
import { SpanBlock } from '../rows/span-block.ts'
import type { SpanRecord } from '../rows/span-block.ts'
import { spanVersion } from '../rows/span-version.ts'
import type { InsertBatch } from './batch.ts'
import { partitionOf } from './partitions.ts'
import { splitRows } from './split-rows.ts'

/** The parts of each table that spans are written to; a part without rows is undefined. */
export interface SpanTables {
  spans: EncodedRows[]
  span_content: (EncodedRows | undefined)[]
  live_spans: EncodedRows[]
}

export function encodeSpanTables(
  spans: InsertBatch['spans'],
  classOf: (key: string) => PrivacyClass,
): SpanTables {
  const records = spans.map(({ owner, span }, index): SpanRecord & { startMs: number } => ({
    owner,
    span,
    version: spanVersion({ span, receivedAtMs: owner.receivedAtMs, index }),
    startNs: BigInt(span.startTimeUnixNano),
    startMs: toEpochMs(span.startTimeUnixNano),
  }))
  const partsBy = (place: (record: (typeof records)[number]) => { retentionDays: number; timeMs: number }) =>
    splitRows(records.map((row) => ({ partition: partitionOf(place(row)), row })))
  return {
    spans: partsBy(({ owner, startMs }) => ({
      retentionDays: owner.retention.metadataDays,
      timeMs: startMs,
    })).map((part) => native(fill(new SpanBlock(classOf), part).bytes())),
    span_content: partsBy(({ owner, startMs }) => ({
      retentionDays: owner.retention.contentDays,
      timeMs: startMs,
    })).map((part) => {
      const bytes = fill(new ContentBlock(classOf), part).bytes()
      return bytes && native(bytes)
    }),
    live_spans: partsBy(({ owner }) => ({ retentionDays: 1, timeMs: owner.receivedAtMs })).map((part) =>
      native(fill(new LiveBlock(), part).bytes()),
    ),
  }
}

function fill<Block extends { add(record: SpanRecord): void }>(
  block: Block,
  records: readonly SpanRecord[],
): Block {
  for (const record of records) block.add(record)
  return block
}

export function native(bytes: Uint8Array): EncodedRows {
  return { format: 'Native', bytes }
}
