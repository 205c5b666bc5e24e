import type { SessionSummary } from '@clew/domain'
import type { Page, ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** One page of sessions, latest activity first. */
export async function listSessions(
  store: Store,
  args: ProjectScope & { limit: number; cursor?: string },
): Promise<Page<SessionSummary>> {
  void args
  void store
  throw new Error('listSessions is not built yet')
}
