import type { ProjectId, RetentionPolicy } from '@clew/domain'
import type { Store } from '../store.ts'

export interface RetentionPreview {
  spanCount: number
  runCount: number
  /** Spans whose content would go while their metadata stay, and those counted in `spanCount`. */
  contentCount: number
  oldestUnixNano?: string
}

/** What the policy would delete, were it in force now. */
export async function previewRetention(
  store: Store,
  args: { projectId: ProjectId; policy: RetentionPolicy },
): Promise<RetentionPreview> {
  void args
  void store
  throw new Error('previewRetention is not built yet')
}
