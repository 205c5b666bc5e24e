import type { AgentCallEdge } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const edgeRow = z.object({
  caller: z.string(),
  callee: z.string(),
  edge_kind: z.enum(['agent', 'tool', 'model']),
  calls: bigCountColumn,
  errors: bigCountColumn,
  duration: z.number().nullable(),
})

/** Who called whom and what over the window, to the hour; the edges at one agent, or all. */
export async function agentCallEdges(
  store: Store,
  args: ProjectScope & { name?: string; sinceMs: number; untilMs: number },
): Promise<AgentCallEdge[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT
  multiIf(kind = 'AGENT', 'agent', kind = 'TOOL', 'tool', 'model') AS edge_kind,
  toString(if(kind = 'AGENT', caller_agent, agent_name)) AS caller,
  toString(multiIf(kind = 'AGENT', agent_name, kind = 'TOOL', tool_name, model)) AS callee,
  sum(span_count) AS calls, sum(error_count) AS errors,
  arrayMap(x -> if(isFinite(x), x, NULL), quantilesArray(0.5)(durations_ms))[1] AS duration
FROM trace_metrics FINAL
WHERE project_id = {projectId:String}
  AND hour >= toStartOfHour(greatest(${boundTime('cutoff')}, ${boundTime('since')})) AND hour < ${boundTime('until')}
  AND kind IN ('AGENT', 'TOOL', 'LLM', 'EMBEDDING', 'RERANKER')
GROUP BY edge_kind, caller, callee
HAVING caller != '' AND callee != '' AND ({name:String} = '' OR caller = {name:String} OR (edge_kind = 'agent' AND callee = {name:String}))
ORDER BY calls DESC, caller, callee LIMIT 500`,
    params: {
      projectId,
      cutoff,
      since: toUnixNano(args.sinceMs),
      until: toUnixNano(args.untilMs),
      name: args.name ?? '',
    },
    row: edgeRow,
  })
  return rows.map((row) => ({
    from: row.caller,
    to: row.callee,
    kind: row.edge_kind,
    callCount: row.calls,
    errorCount: row.errors,
    ...(row.duration !== null && { durationMsP50: row.duration }),
  }))
}
