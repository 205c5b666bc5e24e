import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId, ProjectId } from '@clew/domain'
import { asc, eq } from 'drizzle-orm'
import type { Scope } from '../principal.ts'
import { loadPolicies } from '../retention/load-policies.ts'

export const roles = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What a person may do, and where. */
export interface PersonAccess {
  organisationId: OrganisationId
  projectIds: ProjectId[]
  contentHiddenIn: ProjectId[]
  scopes: ReadonlySet<Scope>
  email: string
}

// No person has `ingest`: a browser that is made to post spans with someone's cookie gets nowhere.
const scopesOf: Record<Role, readonly Scope[]> = {
  owner: ['read', 'write', 'admin'],
  admin: ['read', 'write', 'admin'],
  member: ['read', 'write'],
  viewer: ['read'],
}

export async function loadPersonAccess(db: Db, personId: string): Promise<PersonAccess | undefined> {
  const { membership, person, project } = tables
  const [member] = await db.orm
    .select({ organisationId: membership.organisationId, role: membership.role, email: person.email })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.personId, personId))
    .orderBy(asc(membership.createdAt), asc(membership.organisationId))
    .limit(1)
  if (member === undefined) return undefined
  const rows = await db.orm
    .select({ id: project.id })
    .from(project)
    .where(eq(project.organisationId, member.organisationId))
    .orderBy(asc(project.createdAt), asc(project.id))
  const projectIds = rows.map((row) => row.id)
  const hidden = await Promise.all(projectIds.map(async (id) => await isContentHidden(db, id)))
  return {
    organisationId: member.organisationId,
    projectIds,
    contentHiddenIn: projectIds.filter((_, index) => hidden[index]),
    scopes: new Set(scopesOf[member.role]),
    email: member.email,
  }
}

async function isContentHidden(db: Db, projectId: ProjectId): Promise<boolean> {
  const [newest] = (await loadPolicies(db, projectId)) ?? []
  return newest?.contentAccess === 'nobody'
}
