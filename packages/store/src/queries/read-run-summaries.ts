import type { RunSummary } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** The summaries of the named traces, newest first; those without one are left out. */
export async function readRunSummaries(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[] },
): Promise<RunSummary[]> {
  void args
  void store
  throw new Error('readRunSummaries is not built yet')
}
