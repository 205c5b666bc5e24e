import { engineClause, partitionClause, tableSettings } from './engine.ts'

/**
 * One row a trace, replaced as the trace grows; `is_deleted` buries a row whose key has moved. Lists read
 * only this. `summary` holds the whole of it as JSON, previews excepted: they are content and expire sooner.
 */
export function createTraceSummaryTable(): string {
  return `CREATE TABLE IF NOT EXISTS trace_summary (
  organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  retention_days UInt16,
  content_retention_days UInt16,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ver UInt64 CODEC(ZSTD(1)),
  is_deleted UInt8,
  trace_id FixedString(32) CODEC(ZSTD(1)),
  root_span_id FixedString(16) CODEC(ZSTD(1)),
  start_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  last_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  duration_ns UInt64 CODEC(T64, ZSTD(1)),
  name String CODEC(ZSTD(1)),
  status LowCardinality(String),
  has_error Bool,
  span_count UInt32 CODEC(T64, ZSTD(1)),
  error_count UInt32 CODEC(T64, ZSTD(1)),
  llm_count UInt32 CODEC(T64, ZSTD(1)),
  tool_count UInt32 CODEC(T64, ZSTD(1)),
  usage_input Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_output Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_total Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_cache_read Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_cache_write Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_reasoning Nullable(UInt64) CODEC(T64, ZSTD(1)),
  cost_total Nullable(Float64) CODEC(ZSTD(1)),
  cost_currency LowCardinality(String),
  cost_source LowCardinality(String),
  agents Array(LowCardinality(String)),
  models Array(LowCardinality(String)),
  tools Array(LowCardinality(String)),
  session_ids Array(String) CODEC(ZSTD(1)),
  user_ids Array(String) CODEC(ZSTD(1)),
  tags Array(LowCardinality(String)),
  service_name LowCardinality(String),
  environment LowCardinality(String),
  agent_version LowCardinality(String),
  outcome LowCardinality(String),
  stop_reason LowCardinality(String),
  error_message String CODEC(ZSTD(1)),
  summary String CODEC(ZSTD(1)),
  input_preview String CODEC(ZSTD(1)) TTL toDateTime(start_time) + toIntervalDay(content_retention_days),
  output_preview String CODEC(ZSTD(1)) TTL toDateTime(start_time) + toIntervalDay(content_retention_days),
  INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX by_session session_ids TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_user user_ids TYPE bloom_filter(0.01) GRANULARITY 1
)
${engineClause({ kind: 'replacing', version: 'ver', deleted: 'is_deleted' })}
${partitionClause('start_time')}
ORDER BY (project_id, toStartOfHour(start_time), trace_id)
${tableSettings()}`
}

/**
 * Numbers of a trace by hour, kind, agent, model, tool and calling agent, after assembly: inherited agents
 * are in, duplicates are out, and tokens are counted once.
 */
export function createTraceMetricsTable(): string {
  return `CREATE TABLE IF NOT EXISTS trace_metrics (
  organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  retention_days UInt16,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ver UInt64 CODEC(ZSTD(1)),
  is_deleted UInt8,
  trace_id FixedString(32) CODEC(ZSTD(1)),
  hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
  kind LowCardinality(String),
  agent_name LowCardinality(String),
  model LowCardinality(String),
  tool_name LowCardinality(String),
  caller_agent LowCardinality(String),
  agent_id String CODEC(ZSTD(1)),
  agent_versions Array(LowCardinality(String)),
  provider LowCardinality(String),
  service_name LowCardinality(String),
  environment LowCardinality(String),
  last_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  span_count UInt32 CODEC(T64, ZSTD(1)),
  running_count UInt32 CODEC(T64, ZSTD(1)),
  error_count UInt32 CODEC(T64, ZSTD(1)),
  durations_ms Array(Float32) CODEC(ZSTD(1)),
  first_token_ms Array(Float32) CODEC(ZSTD(1)),
  usage_count UInt32 CODEC(T64, ZSTD(1)),
  usage_input UInt64 CODEC(T64, ZSTD(1)),
  usage_output UInt64 CODEC(T64, ZSTD(1)),
  usage_total UInt64 CODEC(T64, ZSTD(1)),
  usage_cache_read UInt64 CODEC(T64, ZSTD(1)),
  usage_cache_write UInt64 CODEC(T64, ZSTD(1)),
  usage_reasoning UInt64 CODEC(T64, ZSTD(1)),
  cost_count UInt32 CODEC(T64, ZSTD(1)),
  cost_total Float64 CODEC(ZSTD(1)),
  unpriced_count UInt32 CODEC(T64, ZSTD(1)),
  INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
${engineClause({ kind: 'replacing', version: 'ver', deleted: 'is_deleted' })}
${partitionClause('hour')}
ORDER BY (project_id, hour, trace_id, kind, agent_name, model, tool_name, caller_agent)
${tableSettings()}`
}
