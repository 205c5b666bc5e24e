import type { AgentSummary } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** One agent's numbers over the window. */
export async function readAgent(
  store: Store,
  args: ProjectScope & { name: string; sinceMs: number; untilMs: number },
): Promise<AgentSummary | undefined> {
  void args
  void store
  throw new Error('readAgent is not built yet')
}
