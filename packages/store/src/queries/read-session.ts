import type { SessionSummary } from '@clew/domain'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** One session with its traces in order of start. */
export async function readSession(
  store: Store,
  args: ProjectScope & { sessionId: string },
): Promise<{ session: SessionSummary; traceIds: string[] } | undefined> {
  void args
  void store
  throw new Error('readSession is not built yet')
}
