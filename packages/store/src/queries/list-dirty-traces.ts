import type { OrganisationId, ProjectId, RetentionPolicy } from '@clew/domain'

/** A trace that received rows, so that its summary may be behind. */
export interface DirtyTrace {
  organisationId: OrganisationId
  projectId: ProjectId
  traceId: string
  retention: RetentionPolicy
  receivedAtMs: number
}
import type { Store } from '../store.ts'

/** Traces of all projects that received rows after the watermark, oldest first; for recovery after a crash. */
export async function listDirtyTraces(
  store: Store,
  args: { sinceReceivedAtMs: number; limit: number },
): Promise<DirtyTrace[]> {
  void args
  void store
  throw new Error('listDirtyTraces is not built yet')
}
