import type { Metrics } from '@clew/runtime'

type Registry = Pick<Metrics, 'counter' | 'gauge' | 'histogram'>

type Counter = ReturnType<Registry['counter']>
type Gauge = ReturnType<Registry['gauge']>
type Histogram = ReturnType<Registry['histogram']>

/** What the ingest counts. Labels are few and known: nothing of a payload or a project. */
export interface IngestMetrics {
  /** By signal and HTTP status. */
  requests: Counter
  /** Whole requests, by signal and by the reason that the answer gives. */
  refused: Counter
  /** Spans and log records, by signal: decoded, then acknowledged; in the store, perhaps by way of the spool. */
  received: Counter
  accepted: Counter
  inserted: Counter
  spooled: Counter
  /** By signal and reason. */
  rejected: Counter
  bodyBytes: Counter
  batchRecords: Histogram
  batchBytes: Histogram
  insertSeconds: Histogram
  lagSeconds: Histogram
  pendingBytes: Gauge
  pendingBytesMax: Gauge
  spoolBytes: Gauge
  spoolBytesMax: Gauge
  spoolFiles: Gauge
  spoolDiskFreeBytes: Gauge
  storeAway: Gauge
  summaries: Counter
  dirtyTraces: Gauge
  summaryLagSeconds: Gauge
  /** By signal. */
  forwarded: Counter
  /** By reason. */
  forwardDropped: Counter
  forwardFailures: Counter
  forwardWaiting: Gauge
}

/** Registers the metrics of the ingest; without a registry they go nowhere. */
export function createIngestMetrics(registry: Registry = silent): IngestMetrics {
  return {
    requests: registry.counter({
      name: 'clew_ingest_requests_total',
      help: 'OTLP requests answered',
      labels: ['signal', 'status'],
    }),
    refused: registry.counter({
      name: 'clew_ingest_refused_requests_total',
      help: 'OTLP requests refused as a whole',
      labels: ['signal', 'reason'],
    }),
    ...countRecords(registry),
    bodyBytes: registry.counter({
      name: 'clew_ingest_body_bytes_total',
      help: 'Bytes of OTLP bodies as they travelled',
      labels: ['signal'],
    }),
    ...measureBatches(registry),
    ...gaugeQueues(registry),
    summaries: registry.counter({ name: 'clew_summaries_total', help: 'Trace summaries written' }),
    dirtyTraces: registry.gauge({
      name: 'clew_summariser_dirty_traces',
      help: 'Traces whose summary is behind or that are still open',
    }),
    ...createForwardMetrics(registry),
    summaryLagSeconds: registry.gauge({
      name: 'clew_summariser_lag_seconds',
      help: 'Age of the oldest receipt that no summary has seen',
    }),
  }
}

type ForwardMetrics = Pick<
  IngestMetrics,
  'forwarded' | 'forwardDropped' | 'forwardFailures' | 'forwardWaiting'
>

function createForwardMetrics(registry: Registry): ForwardMetrics {
  return {
    forwarded: registry.counter({
      name: 'clew_forward_records_total',
      help: 'Spans and log records that the other collector took',
      labels: ['signal'],
    }),
    forwardDropped: registry.counter({
      name: 'clew_forward_dropped_records_total',
      help: 'Spans and log records that are stored but were not forwarded',
      labels: ['reason'],
    }),
    forwardFailures: registry.counter({
      name: 'clew_forward_failures_total',
      help: 'Attempts to forward that failed and may be repeated',
      labels: ['signal'],
    }),
    forwardWaiting: registry.gauge({
      name: 'clew_forward_waiting_records',
      help: 'Spans and log records that wait to be forwarded',
    }),
  }
}

function countRecords(registry: Registry) {
  const count = (name: string, help: string, labels = ['signal']): Counter =>
    registry.counter({ name: `clew_ingest_${name}_records_total`, help, labels })
  return {
    received: count('received', 'Spans and log records that were decoded'),
    accepted: count('accepted', 'Spans and log records acknowledged, and so durable'),
    inserted: count('inserted', 'Spans and log records in batches that the store took'),
    spooled: count('spooled', 'Spans and log records that went to disk first'),
    rejected: count('rejected', 'Spans and log records rejected by name', ['signal', 'reason']),
  }
}

const secondsBuckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

function measureBatches(registry: Registry) {
  return {
    batchRecords: registry.histogram({
      name: 'clew_ingest_batch_records',
      help: 'Spans and log records of one batch that the store took',
      buckets: [1, 5, 20, 100, 500, 2000, 10_000, 50_000],
    }),
    batchBytes: registry.histogram({
      name: 'clew_ingest_batch_bytes',
      help: 'Bytes of the inflated bodies that were written together',
      buckets: [1e3, 1e4, 1e5, 1e6, 4e6, 16e6, 64e6],
    }),
    insertSeconds: registry.histogram({
      name: 'clew_ingest_insert_seconds',
      help: 'Time of one insert into the store',
      buckets: secondsBuckets,
    }),
    lagSeconds: registry.histogram({
      name: 'clew_ingest_lag_seconds',
      help: 'From the receipt of the oldest record of a batch until the store had it',
      buckets: [...secondsBuckets, 60, 300, 1800],
    }),
  }
}

function gaugeQueues(registry: Registry) {
  const gauge = (name: string, help: string): Gauge => registry.gauge({ name: `clew_ingest_${name}`, help })
  return {
    pendingBytes: gauge('pending_bytes', 'Bytes of requests not yet answered'),
    pendingBytesMax: gauge('pending_bytes_limit', 'Beyond it requests are answered 429'),
    spoolBytes: gauge('spool_bytes', 'Bytes waiting on disk for the store'),
    spoolBytesMax: gauge('spool_bytes_limit', 'Beyond it requests are answered 503'),
    spoolFiles: gauge('spool_files', 'Batches waiting on disk for the store'),
    spoolDiskFreeBytes: gauge('spool_disk_free_bytes', 'Room on the disk of the spool'),
    storeAway: gauge('store_away', '1 while the store takes nothing'),
  }
}

const silent: Registry = {
  counter: () => ({ add: () => {} }),
  gauge: () => ({ set: () => {} }),
  histogram: () => ({ observe: () => {} }),
}
