import type { ProjectId, RetentionPolicy } from '@clew/domain'
import type { Store } from '../store.ts'

/** Drops expired partitions, and brings the rows of the given projects under their policy of today. */
export async function sweepRetention(
  store: Store,
  args: { projects: readonly { projectId: ProjectId; policy: RetentionPolicy }[] },
): Promise<{ droppedPartitions: number; movedRows: number }> {
  void args
  void store
  throw new Error('sweepRetention is not built yet')
}
