import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { RowOwner } from '@clew/store'

/** Somebody whose rows are never stored. */
export function toTestOwner(receivedAtMs: number): RowOwner {
  const organisationId = parseOrganisationId('00000000-0000-4000-8000-000000000000')
  const projectId = parseProjectId('00000000-0000-4000-8000-000000000001')
  if (organisationId === undefined || projectId === undefined) throw new Error('those are ids')
  return { organisationId, projectId, retention: { metadataDays: 90, contentDays: 30 }, receivedAtMs }
}
