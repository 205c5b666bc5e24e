import type { ProjectId } from '@clew/domain'
import type { Control } from '../control.ts'
import type { FeedChange } from './feed-batch.ts'

/**
 * Tells everybody who watches the project what changed. Resolves when the gathered batch is committed, within some
 * 30 ms; while the database is away it waits and tries again, so a request should not await it.
 */
export async function publishFeed(
  control: Control,
  entry: { projectId: ProjectId } & FeedChange,
): Promise<void> {
  const { projectId, ...change } = entry
  await control.publisher.add(projectId, change)
}
