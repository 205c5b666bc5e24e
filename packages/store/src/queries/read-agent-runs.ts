import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn, nanosColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const agentRunsRow = z.object({
  name: z.string(),
  runs: bigCountColumn,
  running: bigCountColumn,
  failed: bigCountColumn,
  successes: bigCountColumn,
  outcomes: bigCountColumn,
  last_ns: nanosColumn,
})
export type AgentRunsRow = z.output<typeof agentRunsRow>

/** The runs of each agent, or of the named one, over the window. */
export async function readAgentRuns(
  store: Store,
  args: ProjectScope & { name?: string; sinceMs: number; untilMs: number },
): Promise<AgentRunsRow[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  return readRows(store, {
    sql: `SELECT toString(agent) AS name, count() AS runs, countIf(status = 'running') AS running,
  countIf(status = 'error') AS failed, countIf(outcome = 'success') AS successes, countIf(outcome != '') AS outcomes,
  toUnixTimestamp64Nano(max(last_time)) AS last_ns
FROM trace_summary FINAL ARRAY JOIN agents AS agent
WHERE project_id = {projectId:String} AND start_time >= greatest(${boundTime('cutoff')}, ${boundTime('since')})
  AND start_time < ${boundTime('until')} AND ({name:String} = '' OR agent = {name:String})
GROUP BY agent`,
    params: {
      projectId,
      cutoff,
      since: toUnixNano(args.sinceMs),
      until: toUnixNano(args.untilMs),
      name: args.name ?? '',
    },
    row: agentRunsRow,
  })
}
