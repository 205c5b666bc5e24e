import { engineClause, partitionClause, tableSettings } from './engine.ts'

/** Where in time a trace lies and when it last received rows; repeats are harmless. */
export function createTraceLookupTable(): string {
  return `CREATE TABLE IF NOT EXISTS trace_lookup (
  organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  retention_days UInt16,
  content_retention_days SimpleAggregateFunction(max, UInt16),
  start_day Date,
  trace_id FixedString(32) CODEC(ZSTD(1)),
  start_min SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(Delta, ZSTD(1)),
  start_max SimpleAggregateFunction(max, DateTime64(9, 'UTC')) CODEC(Delta, ZSTD(1)),
  received_first SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  received_last SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
  INDEX by_receipt received_last TYPE minmax GRANULARITY 1
)
${engineClause({ kind: 'aggregating' })}
${partitionClause('start_day')}
ORDER BY (project_id, trace_id, retention_days, start_day, organisation_id)
${tableSettings()}`
}

/** Start and finish markers of the last day: what runs now, without asking the big table. */
export function createLiveSpansTable(): string {
  return `CREATE TABLE IF NOT EXISTS live_spans (
  organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ver UInt64 CODEC(ZSTD(1)),
  trace_id FixedString(32) CODEC(ZSTD(1)),
  span_id FixedString(16) CODEC(ZSTD(1)),
  start_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  state LowCardinality(String),
  kind LowCardinality(String),
  name LowCardinality(String),
  agent_name LowCardinality(String),
  service_name LowCardinality(String)
)
${engineClause({ kind: 'replacing', version: 'ver' })}
PARTITION BY toDate(received_at)
ORDER BY (project_id, trace_id, span_id)
${tableSettings()}`
}
