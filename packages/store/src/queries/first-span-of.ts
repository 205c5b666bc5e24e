import type { ProjectId } from '@clew/domain'
import type { Store } from '../store.ts'

/** The first trace that arrived since then. */
export async function firstSpanOf(
  store: Store,
  args: { projectId: ProjectId; sinceMs: number },
): Promise<{ traceId: string; receivedAtMs: number } | undefined> {
  void args
  void store
  throw new Error('firstSpanOf is not built yet')
}
