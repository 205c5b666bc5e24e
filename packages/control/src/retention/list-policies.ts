import { tables } from '@clew/db'
import type { ProjectId, RetentionPolicy } from '@clew/domain'
import type { Control } from '../control.ts'
import { retentionOf } from './retention-of.ts'

/** The policy in force in every project of every organisation, for the sweep. */
export async function listPolicies(
  control: Control,
): Promise<{ projectId: ProjectId; policy: RetentionPolicy }[]> {
  const { project } = tables
  const rows = await control.db.orm.select({ id: project.id }).from(project)
  return await Promise.all(
    rows.map(async ({ id }) => {
      return { projectId: id, policy: await retentionOf(control, id) }
    }),
  )
}
