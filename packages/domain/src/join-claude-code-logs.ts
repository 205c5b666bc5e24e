import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'

/**
 * Claude Code's answers, costs and tool arguments stand only in its logs, which hang on the interaction.
 * Costs find their model call by its token counts; the counts themselves are not added again.
 */
export function joinClaudeCodeLogs(
  spans: ReadonlyMap<string, WireSpan>,
  logs: readonly CanonicalLog<JsonValue>[],
): void {
  const own = logs.filter((log) => log.scope.startsWith('com.anthropic.claude_code'))
  if (own.length === 0) return
  const calls = indexCalls(spans)
  const tools = new Map<string, WireSpan>()
  for (const span of spans.values()) {
    if (span.tool?.callId !== undefined) tools.set(span.tool.callId, span)
  }
  for (const log of own) {
    if (log.eventName === 'assistant_response') joinAnswer(spans, log)
    else if (log.eventName === 'api_request') joinCost(calls, log)
    else if (log.eventName === 'tool_result') joinArguments(tools, log)
  }
}

function joinAnswer(spans: ReadonlyMap<string, WireSpan>, log: CanonicalLog<JsonValue>): void {
  const span = log.spanId === undefined ? undefined : spans.get(log.spanId)
  const answer = log.attributes['response']
  if (span === undefined || typeof answer !== 'string') return
  span.output = answer
  span.sources = { ...span.sources, output: 'assistant_response.response#log' }
}

/** Model calls by their counts, each with those that still await their cost in the order of start. */
function indexCalls(spans: ReadonlyMap<string, WireSpan>): Map<string, WireSpan[]> {
  const calls = new Map<string, WireSpan[]>()
  for (const span of spans.values()) {
    if (span.dialect !== 'claude-code' || span.kind !== 'LLM' || span.usage === undefined) continue
    const { input, output, cacheRead, cacheWrite } = span.usage
    const key = [input, output, cacheRead ?? 0, cacheWrite ?? 0].join(' ')
    calls.set(key, [...(calls.get(key) ?? []), span])
  }
  return calls
}

function joinCost(calls: Map<string, WireSpan[]>, log: CanonicalLog<JsonValue>): void {
  const { attributes } = log
  const total = count(attributes['cost_usd'])
  const cacheRead = count(attributes['cache_read_tokens']) ?? 0
  const cacheWrite = count(attributes['cache_creation_tokens']) ?? 0
  const input = (count(attributes['input_tokens']) ?? 0) + cacheRead + cacheWrite
  const key = [input, count(attributes['output_tokens']) ?? 0, cacheRead, cacheWrite].join(' ')
  const span = calls.get(key)?.shift()
  if (span === undefined || total === undefined) return
  if (span.cost?.source === 'computed') span.computedCost = span.cost
  span.cost = { total, currency: 'USD', source: 'reported' }
  span.reportedCost = span.cost
  span.sources = { ...span.sources, 'cost.total': 'api_request.cost_usd#log' }
}

function joinArguments(tools: ReadonlyMap<string, WireSpan>, log: CanonicalLog<JsonValue>): void {
  const callId = log.attributes['tool_use_id']
  const span = typeof callId === 'string' ? tools.get(callId) : undefined
  const given = log.attributes['tool_input']
  if (span?.tool === undefined || span.tool.arguments !== undefined || typeof given !== 'string') return
  span.tool = { ...span.tool, arguments: given }
  span.sources = { ...span.sources, 'tool.arguments': 'tool_result.tool_input#log' }
}

function count(value: JsonValue | undefined): number | undefined {
  const parsed = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined
}
