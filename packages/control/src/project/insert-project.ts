import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId, RetentionPolicy } from '@clew/domain'
import { toProject } from './project.ts'
import type { Project } from './project.ts'

const defaultRetention: RetentionPolicy = { metadataDays: 90, contentDays: 30 }
const slugTriesMax = 50

/** Adds a project with its first policy; undefined when the wanted slug is taken. */
export async function insertProject(
  tx: Transaction,
  wanted: { organisationId: OrganisationId; name: string; slug?: string; setBy: string; atMs: number },
): Promise<Project | undefined> {
  const { organisationId, name, slug, setBy, atMs } = wanted
  const candidates = slug === undefined ? slugCandidates(name) : [slug]
  for (const candidate of candidates) {
    const [row] = await tx
      .insert(tables.project)
      .values({ organisationId, name, slug: candidate, createdAt: new Date(atMs) })
      .onConflictDoNothing()
      .returning()
    if (row === undefined) continue
    // From the beginning of time, so that spans which started before the project have a policy as well.
    const inForceFrom = new Date(0)
    await tx
      .insert(tables.projectPolicy)
      .values({ projectId: row.id, ...defaultRetention, contentAccess: 'readers', inForceFrom, setBy })
    return toProject(row)
  }
  return undefined
}

/** Lower-case letters, digits and dashes. */
export function toSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '')
  return slug === '' ? 'project' : slug
}

function slugCandidates(name: string): string[] {
  const slug = toSlug(name)
  return Array.from({ length: slugTriesMax }, (_, index) => (index === 0 ? slug : `${slug}-${index + 1}`))
}
