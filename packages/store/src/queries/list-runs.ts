import type { Filter, RunSummary } from '@clew/domain'
import type { Page, ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** One page of runs; newest first unless told otherwise. */
export async function listRuns(
  store: Store,
  args: ProjectScope & {
    filter: Filter
    sort?: { by: 'start' | 'duration' | 'tokens' | 'cost'; direction: 'asc' | 'desc' }
    limit: number
    cursor?: string
  },
): Promise<Page<RunSummary>> {
  void args
  void store
  throw new Error('listRuns is not built yet')
}
