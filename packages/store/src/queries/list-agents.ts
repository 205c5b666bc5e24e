import type { AgentSummary } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** Agents that were seen in the window, by number of runs. */
export async function listAgents(
  store: Store,
  args: ProjectScope & { sinceMs: number; untilMs: number },
): Promise<AgentSummary[]> {
  void args
  void store
  throw new Error('listAgents is not built yet')
}
