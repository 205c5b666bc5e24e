import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import { desc, eq } from 'drizzle-orm'
import { toProjectPrice } from './price-override.ts'
import type { ProjectPrice } from './price-override.ts'

/** Every price that a project has set for itself, newest in force first. */
export async function loadPriceOverrides(db: Db, projectId: ProjectId): Promise<ProjectPrice[]> {
  const { priceOverride } = tables
  const rows = await db.orm
    .select()
    .from(priceOverride)
    .where(eq(priceOverride.projectId, projectId))
    .orderBy(desc(priceOverride.inForceFrom), desc(priceOverride.setAt), desc(priceOverride.id))
  return rows.map(toProjectPrice)
}
