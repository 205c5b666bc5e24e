import type { OrganisationId } from '@clew/domain'
import { scopes } from './principal.ts'
import type { Principal } from './principal.ts'

/** What a service does in its own name, such as the first start: every scope, in one organisation. */
export function systemPrincipal(of: { organisationId: OrganisationId; label: string }): Principal {
  return {
    kind: 'system',
    id: 'system',
    organisationId: of.organisationId,
    projectIds: 'all',
    scopes: new Set(scopes),
    mayReadContent: true,
    label: of.label,
  }
}
