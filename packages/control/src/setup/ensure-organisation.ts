import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId } from '@clew/domain'
import { asc } from 'drizzle-orm'

const firstName = 'My organisation'

/** The first organisation, made when there is none. The instance row is locked, so that two starts make one. */
export async function ensureOrganisation(tx: Transaction, atMs: number): Promise<OrganisationId> {
  const { instance, organisation } = tables
  await tx.select({ id: instance.id }).from(instance).for('update')
  const [existing] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .orderBy(asc(organisation.createdAt), asc(organisation.id))
    .limit(1)
  if (existing !== undefined) return existing.id
  const [made] = await tx
    .insert(organisation)
    .values({ name: firstName, createdAt: new Date(atMs) })
    .returning()
  if (made === undefined) throw new Error('an insert returned no row')
  return made.id
}
