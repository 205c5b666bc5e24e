import type { Filter } from '@clew/domain'
import type { ProjectScope } from './scope.ts'

export type RunFacetField = 'service' | 'agent' | 'model' | 'status' | 'environment'
import type { Store } from '../store.ts'

/** The commonest values of each field among the runs that match. */
export async function runFacets(
  store: Store,
  args: ProjectScope & { filter: Filter; fields: readonly RunFacetField[] },
): Promise<Partial<Record<RunFacetField, { value: string; count: number }[]>>> {
  void args
  void store
  throw new Error('runFacets is not built yet')
}
