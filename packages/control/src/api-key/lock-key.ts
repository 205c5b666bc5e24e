import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { OrganisationId, ProjectId, Result } from '@clew/domain'
import { and, eq } from 'drizzle-orm'
import type { ControlFailure } from '../failure.ts'

/** A key of the project for as long as the transaction lasts, so that two changes of it don't cross. */
export async function lockKey(
  tx: Transaction,
  key: { organisationId: OrganisationId; projectId: ProjectId; keyId: string },
): Promise<Result<typeof tables.apiKey.$inferSelect, ControlFailure>> {
  const { apiKey } = tables
  const [found] = await tx
    .select()
    .from(apiKey)
    .where(
      and(
        eq(apiKey.id, key.keyId),
        eq(apiKey.projectId, key.projectId),
        eq(apiKey.organisationId, key.organisationId),
      ),
    )
    .for('update')
  return found === undefined ? fail({ code: 'not-found', message: 'there is no such key' }) : ok(found)
}
