import { randomUUID } from 'node:crypto'
import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId } from '@clew/domain'

/** Adds a person who signs in by password and owns the organisation. */
export async function insertOwner(
  tx: Transaction,
  owner: { organisationId: OrganisationId; email: string; name: string; passwordHash: string; atMs: number },
): Promise<string> {
  const { organisationId, email, name, passwordHash } = owner
  const id = randomUUID()
  const createdAt = new Date(owner.atMs)
  const updatedAt = createdAt
  await tx.insert(tables.person).values({ id, email, name, createdAt, updatedAt })
  await tx.insert(tables.account).values({
    id: randomUUID(),
    userId: id,
    accountId: id,
    providerId: 'credential',
    password: passwordHash,
    createdAt,
    updatedAt,
  })
  await tx.insert(tables.membership).values({ organisationId, personId: id, role: 'owner', createdAt })
  return id
}
