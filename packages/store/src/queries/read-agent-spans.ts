import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const texts = z.array(z.string())
const agentSpansRow = z.object({
  name: z.string(),
  agent_id: z.string(),
  versions: texts,
  models: texts,
  tools: texts,
  spans: bigCountColumn,
  agent_spans: bigCountColumn,
  failed_runs: bigCountColumn,
  durations: z.array(z.number().nullable()),
  usages: bigCountColumn,
  input: bigCountColumn,
  output: bigCountColumn,
  total: bigCountColumn,
  cache_read: bigCountColumn,
  cache_write: bigCountColumn,
  reasoning: bigCountColumn,
  costs: bigCountColumn,
  cost: z.number(),
})
export type AgentSpansRow = z.output<typeof agentSpansRow>

/** What the spans of each agent, or of the named one, add up to over the window, to the hour. */
export async function readAgentSpans(
  store: Store,
  args: ProjectScope & { name?: string; sinceMs: number; untilMs: number },
): Promise<AgentSpansRow[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  return readRows(store, {
    sql: `SELECT toString(agent_name) AS name, anyIf(agent_id, agent_id != '') AS agent_id,
  arraySort(groupUniqArrayArray(agent_versions)) AS versions,
  arraySort(groupUniqArrayIf(model, model != '')) AS models,
  arraySort(groupUniqArrayIf(tool_name, tool_name != '')) AS tools,
  sum(span_count) AS spans, sumIf(span_count, kind = 'AGENT') AS agent_spans,
  uniqExactIf(trace_id, kind = 'AGENT' AND error_count > 0) AS failed_runs,
  arrayMap(x -> if(isFinite(x), x, NULL), quantilesArrayIf(0.5, 0.95)(durations_ms, kind = 'AGENT')) AS durations,
  sum(usage_count) AS usages, sum(usage_input) AS input, sum(usage_output) AS output, sum(usage_total) AS total,
  sum(usage_cache_read) AS cache_read, sum(usage_cache_write) AS cache_write, sum(usage_reasoning) AS reasoning,
  sum(cost_count) AS costs, sum(cost_total) AS cost
FROM trace_metrics FINAL
WHERE project_id = {projectId:String}
  AND hour >= toStartOfHour(greatest(${boundTime('cutoff')}, ${boundTime('since')})) AND hour < ${boundTime('until')}
  AND agent_name != '' AND ({name:String} = '' OR agent_name = {name:String})
GROUP BY agent_name`,
    params: {
      projectId,
      cutoff,
      since: toUnixNano(args.sinceMs),
      until: toUnixNano(args.untilMs),
      name: args.name ?? '',
    },
    row: agentSpansRow,
  })
}
