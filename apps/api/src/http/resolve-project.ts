import { authorise, getProject, retentionOf, type Control, type Principal, type Scope } from '@clew/control'
import type { ProjectId } from '@clew/domain'
import { ApiError, unwrap } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'

/** The project that is asked about: the one named by id or slug, or else the only one that the caller has. */
export async function resolveProject(options: {
  control: Control
  principal: Principal
  scopes: readonly Scope[]
  named: string | undefined
}): Promise<ProjectScope> {
  const { control, principal, scopes, named } = options
  const scope = scopes.find((candidate) => principal.scopes.has(candidate)) ?? scopes[0] ?? 'read'
  const projectId = await findProject({ control, principal, named, scope })
  const { mayReadContent } = unwrap(authorise(principal, { scope, projectId }))
  return { projectId, mayReadContent, retention: await retentionOf(control, projectId) }
}

async function findProject(options: {
  control: Control
  principal: Principal
  named: string | undefined
  scope: Scope
}): Promise<ProjectId> {
  const { control, principal, named, scope } = options
  if (named !== undefined) return unwrap(await getProject(control, principal, { project: named })).id
  const { projectIds } = principal
  const [only, ...others] = projectIds === 'all' ? [] : projectIds
  if (only !== undefined && others.length === 0) return only
  if (!principal.scopes.has(scope)) {
    throw new ApiError({ code: 'forbidden', message: `This needs the scope "${scope}"` })
  }
  throw new ApiError({
    code: 'invalid',
    message: 'Say which project: ?project=<id or slug>',
    field: 'project',
  })
}
