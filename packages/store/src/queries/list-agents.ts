import type { AgentSummary } from '@clew/domain'
import { readAgentRuns } from './read-agent-runs.ts'
import { readAgentSpans } from './read-agent-spans.ts'
import type { Store } from '../store.ts'
import { toAgentSummary } from '../summary/to-agent-summary.ts'
import type { ProjectScope } from './scope.ts'

/** Agents that were seen in the window, those with the most runs first. Asks two questions bound to `projectId`. */
export async function listAgents(
  store: Store,
  args: ProjectScope & { sinceMs: number; untilMs: number },
): Promise<AgentSummary[]> {
  const [runs, spans] = await Promise.all([readAgentRuns(store, args), readAgentSpans(store, args)])
  const spansByName = new Map(spans.map((row) => [row.name, row]))
  return runs
    .map((row) => toAgentSummary({ runs: row, spans: spansByName.get(row.name) }))
    .toSorted((a, b) => b.runCount - a.runCount || (a.name < b.name ? -1 : 1))
}
