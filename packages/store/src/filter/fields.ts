import { spanFields } from '../rows/span-fields.ts'

/** What a filter compares: an SQL expression and the type of its values. */
export interface FilterField {
  sql: string
  type: 'text' | 'number' | 'bool' | 'list'
}

/** Fields of a run, by every name that a caller may know them by. */
export const runFields: ReadonlyMap<string, FilterField> = new Map([
  ...named({ sql: 'toString(trace_id)', type: 'text' }, 'traceId'),
  ...named({ sql: 'name', type: 'text' }, 'name'),
  ...named({ sql: 'status', type: 'text' }, 'status'),
  ...named({ sql: 'has_error', type: 'bool' }, 'hasError'),
  ...named({ sql: 'duration_ns / 1e6', type: 'number' }, 'durationMs', 'duration'),
  ...named({ sql: 'toUnixTimestamp64Milli(start_time)', type: 'number' }, 'startMs', 'startTime'),
  ...named({ sql: 'span_count', type: 'number' }, 'spanCount'),
  ...named({ sql: 'error_count', type: 'number' }, 'errorCount'),
  ...named({ sql: 'llm_count', type: 'number' }, 'llmCount'),
  ...named({ sql: 'tool_count', type: 'number' }, 'toolCount'),
  ...named({ sql: 'usage_total', type: 'number' }, 'tokens', 'totalTokens', 'usage.total'),
  ...named({ sql: 'usage_input', type: 'number' }, 'usage.input', 'inputTokens'),
  ...named({ sql: 'usage_output', type: 'number' }, 'usage.output', 'outputTokens'),
  ...named({ sql: 'usage_cache_read', type: 'number' }, 'usage.cacheRead'),
  ...named({ sql: 'usage_cache_write', type: 'number' }, 'usage.cacheWrite'),
  ...named({ sql: 'usage_reasoning', type: 'number' }, 'usage.reasoning'),
  ...named({ sql: 'cost_total', type: 'number' }, 'cost', 'costTotal', 'cost.total'),
  ...named({ sql: 'agents', type: 'list' }, 'agent', 'agents', 'agent.name'),
  ...named({ sql: 'models', type: 'list' }, 'model', 'models'),
  ...named({ sql: 'tools', type: 'list' }, 'tool', 'tools', 'tool.name'),
  ...named({ sql: 'session_ids', type: 'list' }, 'session', 'sessionId', 'sessionIds'),
  ...named({ sql: 'user_ids', type: 'list' }, 'user', 'userId', 'userIds'),
  ...named({ sql: 'tags', type: 'list' }, 'tag', 'tags'),
  ...named({ sql: 'service_name', type: 'text' }, 'service', 'serviceName'),
  ...named({ sql: 'environment', type: 'text' }, 'environment'),
  ...named({ sql: 'agent_version', type: 'text' }, 'agentVersion', 'agent.version', 'version'),
  ...named({ sql: 'outcome', type: 'text' }, 'outcome'),
  ...named({ sql: 'stop_reason', type: 'text' }, 'stopReason'),
  ...named({ sql: 'error_message', type: 'text' }, 'errorMessage', 'error'),
])

/** Fields of a span: each canonical one by its wire name, and the short names that runs have too. */
export const spanFilterFields: ReadonlyMap<string, FilterField> = new Map([
  ...spanFields.flatMap(({ group, key, column, kind }) =>
    named(
      { sql: column, type: kind === 'text' || kind === 'name' ? 'text' : 'number' },
      group === undefined ? key : `${group}.${key}`,
    ),
  ),
  ...named({ sql: 'toString(trace_id)', type: 'text' }, 'traceId'),
  ...named({ sql: 'toString(span_id)', type: 'text' }, 'spanId'),
  ...named({ sql: "status = 'error'", type: 'bool' }, 'hasError'),
  ...named({ sql: 'duration_ns / 1e6', type: 'number' }, 'durationMs', 'duration'),
  ...named({ sql: 'toUnixTimestamp64Milli(start_time)', type: 'number' }, 'startMs', 'startTime'),
  ...named({ sql: 'usage_total', type: 'number' }, 'tokens', 'totalTokens'),
  ...named({ sql: 'cost_total', type: 'number' }, 'cost', 'costTotal'),
  ...named({ sql: 'agent_name', type: 'text' }, 'agent', 'agents'),
  ...named({ sql: 'model', type: 'text' }, 'model', 'models'),
  ...named({ sql: 'tool_name', type: 'text' }, 'tool', 'tools'),
  ...named({ sql: 'session_id', type: 'text' }, 'session', 'sessionIds'),
  ...named({ sql: 'user_id', type: 'text' }, 'user', 'userIds'),
  ...named({ sql: 'tags', type: 'list' }, 'tag', 'tags'),
  ...named({ sql: 'service_name', type: 'text' }, 'service'),
  ...named({ sql: 'agent_version', type: 'text' }, 'agentVersion', 'version'),
  ...named({ sql: 'error_message', type: 'text' }, 'error'),
  ...named({ sql: 'output_tool_call_names', type: 'list' }, 'outputToolCalls'),
  ...named({ sql: 'document_count', type: 'number' }, 'documentCount'),
  ...named({ sql: 'evidence_count', type: 'number' }, 'evidenceCount'),
])

function named(field: FilterField, ...names: string[]): [string, FilterField][] {
  return names.map((name) => [name, field])
}
