import type { StoredRunEvent } from '../insert/batch.ts'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** The kept events of a run in order. */
export async function readRunEvents(
  store: Store,
  args: ProjectScope & { traceId: string; afterId?: string },
): Promise<StoredRunEvent[]> {
  void args
  void store
  throw new Error('readRunEvents is not built yet')
}
