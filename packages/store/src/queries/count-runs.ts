import type { Filter } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** How many runs match. */
export async function countRuns(store: Store, args: ProjectScope & { filter: Filter }): Promise<number> {
  void args
  void store
  throw new Error('countRuns is not built yet')
}
