import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import type { ProjectId, RetentionPolicy } from '@clew/domain'
import { desc, eq } from 'drizzle-orm'

export const contentAccesses = ['readers', 'nobody'] as const
export type ContentAccess = (typeof contentAccesses)[number]

/** What a project keeps and who may see its inputs and outputs. */
export interface ProjectPolicy extends RetentionPolicy {
  /** `readers`: whoever has the scope `read`. */
  contentAccess: ContentAccess
  inForceFrom: string
  setBy: string
}

/** All policies that a project has had, newest first; undefined when there is no such project. */
export async function loadPolicies(db: Db, projectId: ProjectId): Promise<ProjectPolicy[] | undefined> {
  const { projectPolicy } = tables
  const rows = await db.orm
    .select()
    .from(projectPolicy)
    .where(eq(projectPolicy.projectId, projectId))
    .orderBy(desc(projectPolicy.inForceFrom), desc(projectPolicy.id))
  return rows.length === 0 ? undefined : rows.map(toPolicy)
}

export function toPolicy(row: typeof tables.projectPolicy.$inferSelect): ProjectPolicy {
  return {
    metadataDays: row.metadataDays,
    contentDays: row.contentDays,
    contentAccess: row.contentAccess,
    inForceFrom: row.inForceFrom.toISOString(),
    setBy: row.setBy,
  }
}
