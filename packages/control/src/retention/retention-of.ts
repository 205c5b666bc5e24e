import type { ProjectId, RetentionPolicy } from '@clew/domain'
import type { Control } from '../control.ts'

/** The policy that is in force now, from memory unless control data have just changed. */
export async function retentionOf(control: Control, projectId: ProjectId): Promise<RetentionPolicy> {
  const policies = await control.memory.policies(projectId)
  const [newest] = policies ?? []
  if (newest === undefined) throw new Error(`project ${projectId} has no retention policy`)
  return { metadataDays: newest.metadataDays, contentDays: newest.contentDays }
}
