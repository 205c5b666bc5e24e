import type { AgentSummary } from '@clew/domain'
import type { Store } from '../store.ts'
import { toAgentSummary } from '../summary/to-agent-summary.ts'
import { readAgentRuns } from './read-agent-runs.ts'
import { readAgentSpans } from './read-agent-spans.ts'
import type { ProjectScope } from './scope.ts'

/** One agent's numbers over the window. Asks two questions bound to `projectId`. */
export async function readAgent(
  store: Store,
  args: ProjectScope & { name: string; sinceMs: number; untilMs: number },
): Promise<AgentSummary | undefined> {
  const [[runs], [spans]] = await Promise.all([readAgentRuns(store, args), readAgentSpans(store, args)])
  return runs && toAgentSummary({ runs, spans })
}
