import { engineClause, partitionClause, tableSettings } from './engine.ts'

const owner = `organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  retention_days UInt16,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ver UInt64 CODEC(ZSTD(1))`

/** Log records; `log_id` is a digest of the record, so that a repeated one is one. */
export function createLogsTable(): string {
  return `CREATE TABLE IF NOT EXISTS logs (
  ${owner},
  log_id FixedString(32) CODEC(ZSTD(1)),
  trace_id FixedString(32) CODEC(ZSTD(1)),
  span_id FixedString(16) CODEC(ZSTD(1)),
  time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  has_content Bool,
  severity LowCardinality(String),
  event_name LowCardinality(String),
  scope LowCardinality(String),
  body String CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  resource Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
  task_log_kind LowCardinality(String),
  task_log_line String CODEC(ZSTD(1)),
  redaction_rules Array(LowCardinality(String)),
  redaction_paths Array(String) CODEC(ZSTD(1)),
  redaction_counts Array(UInt32) CODEC(ZSTD(1)),
  rest String CODEC(ZSTD(1)),
  INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
${engineClause({ kind: 'replacing', version: 'ver' })}
${partitionClause('time')}
ORDER BY (project_id, toStartOfHour(time), trace_id, log_id)
${tableSettings()}`
}

/** Events of runs as kept for replay; they hold content and expire with it. */
export function createRunEventsTable(): string {
  return `CREATE TABLE IF NOT EXISTS run_events (
  ${owner},
  trace_id FixedString(32) CODEC(ZSTD(1)),
  event_id String CODEC(ZSTD(1)),
  seq UInt64 CODEC(Delta, ZSTD(1)),
  time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  type LowCardinality(String),
  span_id String CODEC(ZSTD(1)),
  payload String CODEC(ZSTD(1))
)
${engineClause({ kind: 'replacing', version: 'ver' })}
${partitionClause('time')}
ORDER BY (project_id, trace_id, seq, event_id)
${tableSettings()}`
}

/** Outcomes known after the fact; the same score id again replaces the score. */
export function createScoresTable(): string {
  return `CREATE TABLE IF NOT EXISTS scores (
  ${owner},
  score_id String CODEC(ZSTD(1)),
  trace_id FixedString(32) CODEC(ZSTD(1)),
  span_id FixedString(16) CODEC(ZSTD(1)),
  session_id String CODEC(ZSTD(1)),
  time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
  name LowCardinality(String),
  value_type LowCardinality(String),
  value_number Nullable(Float64) CODEC(ZSTD(1)),
  value_text String CODEC(ZSTD(1)),
  scored_by LowCardinality(String),
  comment String CODEC(ZSTD(1)),
  INDEX by_name name TYPE set(100) GRANULARITY 1
)
${engineClause({ kind: 'replacing', version: 'ver' })}
${partitionClause('time')}
ORDER BY (project_id, trace_id, score_id)
${tableSettings()}`
}
