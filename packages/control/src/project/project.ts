import type { tables } from '@clew/db'
import type { OrganisationId, ProjectId } from '@clew/domain'

export interface Project {
  id: ProjectId
  organisationId: OrganisationId
  /** Unique within its organisation; what URLs carry. */
  slug: string
  name: string
  createdAt: string
}

export function toProject(row: typeof tables.project.$inferSelect): Project {
  return {
    id: row.id,
    organisationId: row.organisationId,
    slug: row.slug,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
  }
}
