import { fail, ok, toEpochMs } from '@clew/domain'
import type { Result } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import type { Arrivals } from '../arrivals/arrivals.ts'
import type { Database } from '../driver/database.ts'
import { toStoreFailure } from '../driver/to-store-failure.ts'
import { encodeRows } from '../rows/encode-rows.ts'
import type { Row } from '../rows/scalars.ts'
import { receiptVersion } from '../rows/span-version.ts'
import { toLogRow, toRunEventRow, toScoreRow } from '../rows/to-record-rows.ts'
import type { StoreFailure } from '../store-failure.ts'
import type { InsertBatch } from './batch.ts'
import { findUnstorable } from './check-batch.ts'
import { insertParts } from './insert-parts.ts'
import { partitionOf } from './partitions.ts'
import type { Parts, SpanEncoder } from './span-encoder.ts'
import { splitRows } from './split-rows.ts'

/**
 * Stores a batch under its token; durable when it resolves ok. A batch that failed half-way and is sent again
 * completes, since each table knows the token. Content goes first: whoever sees a span finds its content.
 */
export async function insertBatch(
  database: Database,
  batch: InsertBatch,
  { arrivals, ...encoding }: Encoding & { arrivals: Arrivals },
): Promise<Result<void, StoreFailure>> {
  const unstorable = findUnstorable(batch)
  if (unstorable) return fail({ code: 'rejected', message: unstorable })
  return arrivals.during(batch, async () => {
    const { span_content: content, ...rest } = encodeTables(batch, encoding)
    const insert = ([table, parts]: [string, Parts]): Promise<void> =>
      insertParts(database, { table, token: batch.token, parts })
    try {
      await insert(['span_content', content])
      await Promise.all(Object.entries(rest).map(insert))
      return ok(undefined)
    } catch (error) {
      return fail(toStoreFailure(error))
    }
  })
}

/** What a store keeps from batch to batch to encode their rows. */
export interface Encoding {
  encodeSpans: SpanEncoder
  classOf: (key: string) => PrivacyClass
}

function encodeTables(
  batch: InsertBatch,
  { encodeSpans, classOf }: Encoding,
): { span_content: Parts; [table: string]: Parts } {
  return {
    ...encodeSpans(batch),
    logs: encodeRecords(
      batch.logs.map(({ owner, log }, index) => {
        const version = receiptVersion({ receivedAtMs: owner.receivedAtMs, index })
        return { row: toLogRow({ owner, log, version, classOf }), timeUnixNano: log.timeUnixNano }
      }),
    ),
    run_events: encodeRecords(
      batch.runEvents.map(({ owner, event }, index) => {
        const version = receiptVersion({ receivedAtMs: owner.receivedAtMs, index })
        return { row: toRunEventRow({ owner, event, version }), timeUnixNano: event.event.atUnixNano }
      }),
    ),
    scores: encodeRecords(
      batch.scores.map(({ owner, score }, index) => {
        const version = receiptVersion({ receivedAtMs: owner.receivedAtMs, index })
        return { row: toScoreRow({ owner, score, version }), timeUnixNano: score.atUnixNano }
      }),
    ),
  }
}

function encodeRecords(records: readonly { row: Row; timeUnixNano: string }[]): Parts {
  const placed = records.map(({ row, timeUnixNano }) => ({
    row,
    partition: partitionOf({
      retentionDays: Number(row['retention_days']),
      timeMs: toEpochMs(timeUnixNano),
    }),
  }))
  return splitRows(placed).map(encodeRows)
}
