import { tables } from '@clew/db'
import { ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import type { Principal } from '../principal.ts'
import { toProject } from './project.ts'
import type { Project } from './project.ts'

/** The projects that the principal may read, oldest first. */
export async function listProjects(
  control: Control,
  principal: Principal,
  _input: Record<string, never> = {},
): Promise<Result<Project[], ControlFailure>> {
  const { project } = tables
  const readable =
    principal.projectIds === 'all'
      ? undefined
      : principal.projectIds.filter((projectId) => authorise(principal, { scope: 'read', projectId }).ok)
  if (readable === undefined || readable.length === 0) {
    const access = authorise(principal, { scope: 'read' })
    if (!access.ok) return access
  }
  const rows = await control.db.orm
    .select()
    .from(project)
    .where(
      and(
        eq(project.organisationId, principal.organisationId),
        ...(readable === undefined ? [] : [inArray(project.id, readable)]),
      ),
    )
    .orderBy(asc(project.createdAt), asc(project.id))
  return ok(rows.map(toProject))
}
