import type { ProjectId, RetentionPolicy } from '@clew/domain'
import type { Store } from '../store.ts'
import { dropExpiredPartitions } from './drop-expired-partitions.ts'
import { moveToClass } from './move-to-class.ts'

/** Brings the rows of the given projects under their policy of today, then drops expired partitions. */
export async function sweepRetention(
  store: Store,
  args: { projects: readonly { projectId: ProjectId; policy: RetentionPolicy }[] },
): Promise<{ droppedPartitions: number; movedRows: number }> {
  let movedRows = 0
  for (const project of args.projects) movedRows += await moveToClass(store, project)
  return { droppedPartitions: await dropExpiredPartitions(store), movedRows }
}
