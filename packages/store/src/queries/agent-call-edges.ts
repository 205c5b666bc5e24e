import type { AgentCallEdge } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** Who called whom and what over the window; of one agent, or of all. */
export async function agentCallEdges(
  store: Store,
  args: ProjectScope & { name?: string; sinceMs: number; untilMs: number },
): Promise<AgentCallEdge[]> {
  void args
  void store
  throw new Error('agentCallEdges is not built yet')
}
