import { tables } from '@clew/db'
import type { OrganisationId } from '@clew/domain'
import { eq } from 'drizzle-orm'
import type { Control } from '../control.ts'
import type { Principal } from '../principal.ts'

export interface Organisation {
  id: OrganisationId
  name: string
}

/** The organisation that the principal belongs to. */
export async function getOrganisation(
  control: Control,
  principal: Principal,
): Promise<Organisation | undefined> {
  const { organisation } = tables
  const [row] = await control.db.orm
    .select({ name: organisation.name })
    .from(organisation)
    .where(eq(organisation.id, principal.organisationId))
  return row === undefined ? undefined : { id: principal.organisationId, name: row.name }
}
