import type { ProjectId } from '@clew/domain'

export interface ProjectUsage {
  spanCount: number
  runCount: number
  logCount: number
  /** Bytes on disk; a project's share of a table is estimated from its rows. */
  bytes: number
  oldestUnixNano?: string
}
import type { Store } from '../store.ts'

/** What a project holds, for its settings page. */
export async function readUsage(store: Store, args: { projectId: ProjectId }): Promise<ProjectUsage> {
  void args
  void store
  throw new Error('readUsage is not built yet')
}
