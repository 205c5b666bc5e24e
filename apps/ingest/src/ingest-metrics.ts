import type { Metrics } from '@clew/runtime'

type Registry = Pick<Metrics, 'counter' | 'gauge' | 'histogram'>

/** What the ingest counts. Labels are few and known: nothing of a payload or a project. */
export interface IngestMetrics {
  /** By signal and HTTP status. */
  requests: ReturnType<Registry['counter']>
  /** Whole requests, by signal and by the reason that the answer gives. */
  refused: ReturnType<Registry['counter']>
  /** By signal. */
  records: ReturnType<Registry['counter']>
  rejected: ReturnType<Registry['counter']>
  bodyBytes: ReturnType<Registry['counter']>
  insertSeconds: ReturnType<Registry['histogram']>
  spoolBytes: ReturnType<Registry['gauge']>
  pendingBytes: ReturnType<Registry['gauge']>
  summaries: ReturnType<Registry['counter']>
  dirtyTraces: ReturnType<Registry['gauge']>
  /** By signal. */
  forwarded: ReturnType<Registry['counter']>
  /** By reason. */
  forwardDropped: ReturnType<Registry['counter']>
  forwardFailures: ReturnType<Registry['counter']>
  forwardWaiting: ReturnType<Registry['gauge']>
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
    records: registry.counter({
      name: 'clew_ingest_records_total',
      help: 'Spans and log records made durable',
      labels: ['signal'],
    }),
    rejected: registry.counter({
      name: 'clew_ingest_rejected_records_total',
      help: 'Spans and log records rejected by name',
      labels: ['signal'],
    }),
    bodyBytes: registry.counter({
      name: 'clew_ingest_body_bytes_total',
      help: 'Bytes of OTLP bodies as they travelled',
      labels: ['signal'],
    }),
    insertSeconds: registry.histogram({
      name: 'clew_ingest_insert_seconds',
      help: 'Time of one insert into the store',
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    }),
    spoolBytes: registry.gauge({
      name: 'clew_ingest_spool_bytes',
      help: 'Bytes waiting on disk for the store',
    }),
    pendingBytes: registry.gauge({
      name: 'clew_ingest_pending_bytes',
      help: 'Bytes of requests not yet answered',
    }),
    summaries: registry.counter({ name: 'clew_summaries_total', help: 'Trace summaries written' }),
    dirtyTraces: registry.gauge({
      name: 'clew_summariser_dirty_traces',
      help: 'Traces whose summary is behind or that are still open',
    }),
    ...createForwardMetrics(registry),
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

const silent: Registry = {
  counter: () => ({ add: () => {} }),
  gauge: () => ({ set: () => {} }),
  histogram: () => ({ observe: () => {} }),
}
