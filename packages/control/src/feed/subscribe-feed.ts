import type { FeedEntry, ProjectId } from '@clew/domain'
import type { Control } from '../control.ts'

/**
 * Hands out all entries that are committed from now on, in order. To follow from a cursor, subscribe first, then
 * `readFeedSince`, and drop by `seq` what has been seen. `onResync`: entries were lost, read a snapshot.
 */
export function subscribeFeed(
  control: Control,
  projectId: ProjectId,
  onEntry: (entry: FeedEntry) => void,
  onResync: () => void = () => {},
): () => void {
  return control.hub.subscribe(projectId, { onEntry, onResync })
}
