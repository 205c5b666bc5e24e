import type { StoredScore } from '../insert/batch.ts'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** The scores of the traces, the latest of each id. */
export async function readScores(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[] },
): Promise<StoredScore[]> {
  void args
  void store
  throw new Error('readScores is not built yet')
}
