import { engineClause, partitionClause, tableSettings } from './engine.ts'

/**
 * What people, models and tools said on a span. Of its own retention class, since payloads may be kept for
 * less time than metadata. A row belongs to the version of the span that has the same `ver`.
 */
export function createSpanContentTable(): string {
  return `CREATE TABLE IF NOT EXISTS span_content (
  organisation_id LowCardinality(String),
  project_id LowCardinality(String),
  retention_days UInt16,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  ver UInt64 CODEC(ZSTD(1)),
  trace_id FixedString(32) CODEC(ZSTD(1)),
  span_id FixedString(16) CODEC(ZSTD(1)),
  start_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),

  input_preview String CODEC(ZSTD(1)),
  output_preview String CODEC(ZSTD(1)),
  input String CODEC(ZSTD(1)),
  input_mime LowCardinality(String),
  output String CODEC(ZSTD(1)),
  output_mime LowCardinality(String),
  input_messages String CODEC(ZSTD(1)),
  output_messages String CODEC(ZSTD(1)),
  output_tool_calls String CODEC(ZSTD(1)),
  tool_arguments String CODEC(ZSTD(1)),
  tool_result String CODEC(ZSTD(1)),
  documents String CODEC(ZSTD(1)),
  invocation_parameters String CODEC(ZSTD(1)),
  decision_summary String CODEC(ZSTD(1)),
  state_delta String CODEC(ZSTD(1)),
  evidence Array(String) CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  event_attributes Array(String) CODEC(ZSTD(1)),
  rest String CODEC(ZSTD(1)),

  INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX input_words lowerUTF8(input) TYPE tokenbf_v1(65536, 3, 0) GRANULARITY 1,
  INDEX output_words lowerUTF8(output) TYPE tokenbf_v1(65536, 3, 0) GRANULARITY 1
)
${engineClause({ kind: 'replacing', version: 'ver' })}
${partitionClause('start_time')}
ORDER BY (project_id, toStartOfHour(start_time), trace_id, span_id)
${tableSettings()}`
}
