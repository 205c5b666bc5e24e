import type { ProjectId } from '@clew/domain'
import type { Control } from '../control.ts'
import { readFeedSeq } from './read-feed-rows.ts'

/** The last number that the project's feed gave out: the cursor to go on from after a snapshot. */
export async function currentFeedSeq(control: Control, projectId: ProjectId): Promise<number> {
  return await readFeedSeq(control.db, projectId)
}
