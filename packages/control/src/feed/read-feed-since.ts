import type { FeedEntry, ProjectId } from '@clew/domain'
import type { Control } from '../control.ts'
import { readFeedRows } from './read-feed-rows.ts'

/** The entries after a cursor; `resync` when it is over an hour old, too far behind, or of another database. */
export async function readFeedSince(
  control: Control,
  from: { projectId: ProjectId; seq: number },
): Promise<{ entries: FeedEntry[] } | 'resync'> {
  return await readFeedRows(control.db, from)
}
