import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId } from '@clew/domain'
import { and, eq, or } from 'drizzle-orm'
import { insertProject, toSlug } from '../project/insert-project.ts'
import { toProject } from '../project/project.ts'
import type { Project } from '../project/project.ts'

/** The organisation's project of this name or its slug, made when there is none. */
export async function ensureProject(
  tx: Transaction,
  wanted: { organisationId: OrganisationId; name: string; setBy: string; atMs: number },
): Promise<{ project: Project; isNew: boolean }> {
  const { organisationId, name } = wanted
  const { project } = tables
  const [existing] = await tx
    .select()
    .from(project)
    .where(
      and(
        eq(project.organisationId, organisationId),
        or(eq(project.slug, toSlug(name)), eq(project.name, name)),
      ),
    )
    .limit(1)
  if (existing !== undefined) return { project: toProject(existing), isNew: false }
  const made = await insertProject(tx, wanted)
  if (made === undefined) throw new Error(`no free slug for the project "${name}"`)
  return { project: made, isNew: true }
}
