import { fail, ok } from '@clew/domain'
import type { OrganisationId, ProjectId, Result } from '@clew/domain'
import type { Principal, Scope } from './principal.ts'

export interface Access {
  organisationId: OrganisationId
  /** False when the scope or the project's policy keeps inputs and outputs from this principal. */
  mayReadContent: boolean
}

export interface Refusal {
  code: 'forbidden'
  message: string
}

/**
 * The one place that decides. With `projectId` the principal must hold the project; without it the act concerns
 * the whole organisation, which no key may touch.
 */
export function authorise(
  principal: Principal,
  wanted: { scope: Scope; projectId?: ProjectId },
): Result<Access, Refusal> {
  const { scope, projectId } = wanted
  if (!principal.scopes.has(scope)) {
    return fail({ code: 'forbidden', message: `${principal.label} does not have the scope "${scope}"` })
  }
  if (projectId === undefined) {
    if (principal.kind === 'key') {
      return fail({
        code: 'forbidden',
        message: 'a key acts on its own project only, not on the organisation',
      })
    }
    return ok({ organisationId: principal.organisationId, mayReadContent: principal.mayReadContent })
  }
  if (principal.projectIds !== 'all' && !principal.projectIds.includes(projectId)) {
    return fail({ code: 'forbidden', message: `${principal.label} has no access to this project` })
  }
  const mayReadContent =
    principal.scopes.has('read') && !(principal.contentHiddenIn?.includes(projectId) ?? false)
  return ok({ organisationId: principal.organisationId, mayReadContent })
}
