import { tables } from '@clew/db'
import { fail, ok, parseProjectId } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import type { Principal } from '../principal.ts'
import { toProject } from './project.ts'
import type { Project } from './project.ts'

/** A project by its id or slug. One that the principal may not see doesn't exist for it. */
export async function getProject(
  control: Control,
  principal: Principal,
  input: { project: string },
): Promise<Result<Project, ControlFailure>> {
  const { project } = tables
  const id = parseProjectId(input.project)
  const [row] = await control.db.orm
    .select()
    .from(project)
    .where(
      and(
        eq(project.organisationId, principal.organisationId),
        id === undefined ? eq(project.slug, input.project) : eq(project.id, id),
      ),
    )
  const missing = fail({ code: 'not-found' as const, message: 'there is no such project' })
  if (row === undefined) return missing
  const found = toProject(row)
  return authorise(principal, { scope: 'read', projectId: found.id }).ok ? ok(found) : missing
}
