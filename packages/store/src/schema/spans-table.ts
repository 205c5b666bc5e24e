import { engineClause, partitionClause, tableSettings } from './engine.ts'

const ownerColumns = `organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  retention_days UInt16,
  content_retention_days UInt16,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ver UInt64 CODEC(ZSTD(1))`

const identityColumns = `trace_id FixedString(32) CODEC(ZSTD(1)),
  span_id FixedString(16) CODEC(ZSTD(1)),
  parent_span_id FixedString(16) CODEC(ZSTD(1)),
  start_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  duration_ns Nullable(UInt64) CODEC(T64, ZSTD(1))`

const nameColumns = `name LowCardinality(String) CODEC(ZSTD(1)),
  kind LowCardinality(String),
  scope LowCardinality(String),
  scope_version LowCardinality(String),
  dialect LowCardinality(String),
  state LowCardinality(String),
  status LowCardinality(String),
  status_message String CODEC(ZSTD(1)),
  error_type LowCardinality(String),
  error_message String CODEC(ZSTD(1)),
  service_name LowCardinality(String),
  service_version LowCardinality(String),
  environment LowCardinality(String)`

const contextColumns = `agent_id String CODEC(ZSTD(1)),
  agent_name LowCardinality(String),
  agent_role LowCardinality(String),
  agent_version LowCardinality(String),
  session_id String CODEC(ZSTD(1)),
  user_id String CODEC(ZSTD(1)),
  tenant_id String CODEC(ZSTD(1)),
  run_id String CODEC(ZSTD(1)),
  task_id String CODEC(ZSTD(1)),
  task_type LowCardinality(String),
  workflow_name LowCardinality(String),
  workflow_version LowCardinality(String),
  prompt_name LowCardinality(String),
  prompt_version LowCardinality(String),
  tags Array(LowCardinality(String))`

const modelColumns = `model LowCardinality(String),
  request_model LowCardinality(String),
  provider LowCardinality(String),
  finish_reason LowCardinality(String),
  time_to_first_token_ms Nullable(Float64) CODEC(ZSTD(1)),
  usage_input Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_output Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_total Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_cache_read Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_cache_write Nullable(UInt64) CODEC(T64, ZSTD(1)),
  usage_reasoning Nullable(UInt64) CODEC(T64, ZSTD(1)),
  cost_input Nullable(Float64) CODEC(ZSTD(1)),
  cost_output Nullable(Float64) CODEC(ZSTD(1)),
  cost_total Nullable(Float64) CODEC(ZSTD(1)),
  cost_currency LowCardinality(String),
  cost_source LowCardinality(String),
  cost_price_version LowCardinality(String),
  reported_cost_total Nullable(Float64) CODEC(ZSTD(1))`

const toolColumns = `tool_name LowCardinality(String),
  tool_version LowCardinality(String),
  tool_call_id String CODEC(ZSTD(1)),
  tool_mcp_server LowCardinality(String),
  output_tool_call_ids Array(String) CODEC(ZSTD(1)),
  output_tool_call_names Array(LowCardinality(String)),
  document_count UInt32 CODEC(T64, ZSTD(1)),
  evidence_count UInt32 CODEC(T64, ZSTD(1))`

const governanceColumns = `decision_action LowCardinality(String),
  decision_arguments_class LowCardinality(String),
  policy_name LowCardinality(String),
  policy_result LowCardinality(String),
  approval_decision LowCardinality(String),
  approval_by String CODEC(ZSTD(1)),
  approval_wait_ms Nullable(Float64) CODEC(ZSTD(1)),
  approval_edit_distance Nullable(Float64) CODEC(ZSTD(1)),
  retry_attempt Nullable(UInt64) CODEC(T64, ZSTD(1)),
  retry_reason LowCardinality(String),
  budget_name LowCardinality(String),
  budget_limit Nullable(Float64) CODEC(ZSTD(1)),
  budget_used Nullable(Float64) CODEC(ZSTD(1)),
  stop_reason LowCardinality(String),
  outcome LowCardinality(String)`

const attributeColumns = `attr_string Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  attr_int Map(LowCardinality(String), Int64) CODEC(ZSTD(1)),
  attr_double Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
  attr_bool Map(LowCardinality(String), Bool) CODEC(ZSTD(1)),
  attr_json Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  resource_string Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
  resource_int Map(LowCardinality(String), Int64) CODEC(ZSTD(1)),
  resource_double Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
  resource_bool Map(LowCardinality(String), Bool) CODEC(ZSTD(1)),
  resource_json Map(LowCardinality(String), String) CODEC(ZSTD(1))`

const recordColumns = `event_names Array(LowCardinality(String)),
  event_times Array(UInt64) CODEC(ZSTD(1)),
  event_attributes Array(String) CODEC(ZSTD(1)),
  link_trace_ids Array(String) CODEC(ZSTD(1)),
  link_span_ids Array(String) CODEC(ZSTD(1)),
  link_trace_states Array(String) CODEC(ZSTD(1)),
  link_attributes Array(String) CODEC(ZSTD(1)),
  redaction_rules Array(LowCardinality(String)),
  redaction_paths Array(String) CODEC(ZSTD(1)),
  redaction_counts Array(UInt32) CODEC(ZSTD(1)),
  sources Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
  otlp_kind Nullable(UInt8),
  otlp_status_code Nullable(UInt8),
  otlp_trace_state String CODEC(ZSTD(1)),
  otlp_flags Nullable(UInt32) CODEC(ZSTD(1)),
  rest String CODEC(ZSTD(1))`

const indexes = `INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX by_session session_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_user user_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_run run_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_task task_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_receipt received_at TYPE minmax GRANULARITY 1`

/**
 * One row a version of a span, metadata only. A field that is absent is empty here and named nowhere; one
 * that is present and does not fit its column (an empty string, a count that is no count) lies in `rest`.
 */
export function createSpansTable(): string {
  const columns = [
    ownerColumns,
    identityColumns,
    nameColumns,
    contextColumns,
    modelColumns,
    toolColumns,
    governanceColumns,
    attributeColumns,
    recordColumns,
    indexes,
  ]
  return `CREATE TABLE IF NOT EXISTS spans (
  ${columns.join(',\n  ')}
)
${engineClause({ kind: 'replacing', version: 'ver' })}
${partitionClause('start_time')}
ORDER BY (project_id, toStartOfHour(start_time), trace_id, span_id)
${tableSettings()}`
}
