import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { OrganisationId, ProjectId } from '@clew/domain'

/** An id out of our own database, which holds nothing but UUIDs there. */
export function storedProjectId(id: string): ProjectId {
  const parsed = parseProjectId(id)
  if (parsed === undefined) throw new Error(`a project with the id "${id}"`)
  return parsed
}

/** An id out of our own database, which holds nothing but UUIDs there. */
export function storedOrganisationId(id: string): OrganisationId {
  const parsed = parseOrganisationId(id)
  if (parsed === undefined) throw new Error(`an organisation with the id "${id}"`)
  return parsed
}
