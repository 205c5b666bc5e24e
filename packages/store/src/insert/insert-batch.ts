import { fail, ok, toEpochMs } from '@clew/domain'
import type { Result } from '@clew/domain'
import { createPrivacyClassifier } from '@clew/semconv/attributes'
import type { Database } from '../driver/database.ts'
import { toStoreFailure } from '../driver/to-store-failure.ts'
import type { Row } from '../rows/scalars.ts'
import { receiptVersion, spanVersion } from '../rows/span-version.ts'
import { toLiveRow, toLookupRows } from '../rows/to-marker-rows.ts'
import { toLogRow, toRunEventRow, toScoreRow } from '../rows/to-record-rows.ts'
import { toSpanRows } from '../rows/to-span-rows.ts'
import type { StoreFailure } from '../store-failure.ts'
import type { InsertBatch } from './batch.ts'
import { findUnstorable } from './check-batch.ts'
import { insertRows } from './insert-rows.ts'
import { partitionOf } from './partitions.ts'
import type { PlacedRow } from './split-rows.ts'

/**
 * Stores a batch under its token; durable when it resolves ok. A batch that failed half-way and is sent again
 * completes, since each table knows the token. Spans go last: whoever sees one finds its content.
 */
export async function insertBatch(
  database: Database,
  batch: InsertBatch,
): Promise<Result<void, StoreFailure>> {
  const unstorable = findUnstorable(batch)
  if (unstorable) return fail({ code: 'rejected', message: unstorable })
  const { spans, ...before } = toTables(batch)
  try {
    const insert = ([table, rows]: [string, PlacedRow[]]): Promise<void> =>
      insertRows(database, { table, token: batch.token, rows })
    await Promise.all(Object.entries(before).map(insert))
    await insert(['spans', spans])
    return ok(undefined)
  } catch (error) {
    return fail(toStoreFailure(error))
  }
}

interface BatchTables {
  spans: PlacedRow[]
  span_content: PlacedRow[]
  logs: PlacedRow[]
  run_events: PlacedRow[]
  scores: PlacedRow[]
  live_spans: PlacedRow[]
  trace_lookup: PlacedRow[]
}

function toTables(batch: InsertBatch): BatchTables {
  const classOf = createPrivacyClassifier()
  const tables: BatchTables = {
    spans: [],
    span_content: [],
    logs: batch.logs.map(({ owner, log }, index) => {
      const version = receiptVersion({ receivedAtMs: owner.receivedAtMs, index })
      return place(toLogRow({ owner, log, version, classOf }), log.timeUnixNano)
    }),
    run_events: batch.runEvents.map(({ owner, event }, index) => {
      const version = receiptVersion({ receivedAtMs: owner.receivedAtMs, index })
      return place(toRunEventRow({ owner, event, version }), event.event.atUnixNano)
    }),
    scores: batch.scores.map(({ owner, score }, index) => {
      const version = receiptVersion({ receivedAtMs: owner.receivedAtMs, index })
      return place(toScoreRow({ owner, score, version }), score.atUnixNano)
    }),
    live_spans: [],
    trace_lookup: toLookupRows(lookupRecords(batch)),
  }
  for (const [index, { owner, span }] of batch.spans.entries()) {
    const version = spanVersion({ span, receivedAtMs: owner.receivedAtMs, index })
    const rows = toSpanRows({ owner, span, version, classOf })
    tables.spans.push(place(rows.span, span.startTimeUnixNano))
    if (rows.content) tables.span_content.push(place(rows.content, span.startTimeUnixNano))
    const partition = partitionOf({ retentionDays: 1, timeMs: owner.receivedAtMs })
    tables.live_spans.push({ partition, row: toLiveRow({ owner, span, version }) })
  }
  return tables
}

function place(row: Row, timeUnixNano: string): PlacedRow {
  const partition = partitionOf({
    retentionDays: Number(row['retention_days']),
    timeMs: toEpochMs(timeUnixNano),
  })
  return { partition, row }
}

function lookupRecords(batch: InsertBatch): Parameters<typeof toLookupRows>[0] {
  const spans = batch.spans.map(({ owner, span }) => ({
    owner,
    traceId: span.traceId,
    timeUnixNano: span.startTimeUnixNano,
  }))
  const logs = batch.logs.flatMap(({ owner, log }) =>
    log.traceId === undefined ? [] : [{ owner, traceId: log.traceId, timeUnixNano: log.timeUnixNano }],
  )
  return [...spans, ...logs]
}
