import type { InsertBatch } from '@clew/store'
import type { IngestMetrics } from '../ingest-metrics.ts'

/** Adds the spans and the log records of a batch to a counter that is told apart by signal. */
export function countRecords(counter: IngestMetrics['inserted'], { spans, logs }: InsertBatch): void {
  if (spans.length > 0) counter.add(spans.length, { signal: 'traces' })
  if (logs.length > 0) counter.add(logs.length, { signal: 'logs' })
}
