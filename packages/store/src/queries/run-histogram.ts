import type { Filter } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** Runs over time in equal buckets, empty ones included. */
export async function runHistogram(
  store: Store,
  args: ProjectScope & { filter: Filter; buckets: number },
): Promise<{ startUnixNano: string; total: number; failed: number; running: number }[]> {
  void args
  void store
  throw new Error('runHistogram is not built yet')
}
