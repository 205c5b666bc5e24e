import type { AgentSummary } from '@clew/domain'
import type { AgentRunsRow } from '../queries/read-agent-runs.ts'
import type { AgentSpansRow } from '../queries/read-agent-spans.ts'

/** An agent's numbers; a rate or a cost that rests on nothing is left out. */
export function toAgentSummary({
  runs,
  spans,
}: {
  runs: AgentRunsRow
  spans: AgentSpansRow | undefined
}): AgentSummary {
  const cost = spans && spans.costs > 0 ? spans.cost : undefined
  return {
    name: runs.name,
    runCount: runs.runs,
    runningCount: runs.running,
    errorCount: spans && spans.agent_spans > 0 ? spans.failed_runs : runs.failed,
    ...(runs.outcomes > 0 && { successRate: runs.successes / runs.outcomes }),
    ...(cost !== undefined && { cost: { total: cost, currency: 'USD', source: 'computed' } }),
    ...(cost !== undefined && runs.successes > 0 && { costPerSuccess: cost / runs.successes }),
    lastSeenUnixNano: runs.last_ns,
    ...describeSpans(spans),
  }
}

function describeSpans(
  spans: AgentSpansRow | undefined,
): Pick<AgentSummary, 'versions' | 'models' | 'tools' | 'spanCount' | 'usage'> & Partial<AgentSummary> {
  if (!spans) return { versions: [], models: [], tools: [], spanCount: 0, usage: {} }
  const [p50, p95] = spans.durations
  return {
    ...(spans.agent_id && { agentId: spans.agent_id }),
    versions: spans.versions,
    models: spans.models,
    tools: spans.tools,
    spanCount: spans.spans,
    ...(typeof p50 === 'number' && { durationMsP50: p50 }),
    ...(typeof p95 === 'number' && { durationMsP95: p95 }),
    usage: toUsage(spans),
  }
}

function toUsage(spans: AgentSpansRow): AgentSummary['usage'] {
  if (spans.usages === 0) return {}
  return {
    input: spans.input,
    output: spans.output,
    total: spans.total,
    ...(spans.cache_read > 0 && { cacheRead: spans.cache_read }),
    ...(spans.cache_write > 0 && { cacheWrite: spans.cache_write }),
    ...(spans.reasoning > 0 && { reasoning: spans.reasoning }),
  }
}
