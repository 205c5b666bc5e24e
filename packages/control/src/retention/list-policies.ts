import { tables } from '@clew/db'
import type { OrganisationId, ProjectId, RetentionPolicy } from '@clew/domain'
import { asc } from 'drizzle-orm'
import type { Control } from '../control.ts'
import { retentionOf } from './retention-of.ts'

/** A project of any organisation with the policy in force in it. */
export interface PolicyOfProject {
  organisationId: OrganisationId
  projectId: ProjectId
  policy: RetentionPolicy
}

/** The policy in force in every project of every organisation, oldest project first; for jobs of the system. */
export async function listPolicies(control: Control): Promise<PolicyOfProject[]> {
  const { project } = tables
  const rows = await control.db.orm
    .select({ id: project.id, organisationId: project.organisationId })
    .from(project)
    .orderBy(asc(project.createdAt), asc(project.id))
  return await Promise.all(
    rows.map(async ({ id, organisationId }) => {
      return { organisationId, projectId: id, policy: await retentionOf(control, id) }
    }),
  )
}
