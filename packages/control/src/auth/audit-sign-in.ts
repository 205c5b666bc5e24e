import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import { eq } from 'drizzle-orm'
import { writeAudit } from '../audit/mutate.ts'

/** A line in the audit log of each organisation that the person belongs to. */
export async function auditSignIn(options: { db: Db; clock: () => number; personId: string }): Promise<void> {
  const { db, clock, personId } = options
  const { membership, person } = tables
  const rows = await db.orm
    .select({ organisationId: membership.organisationId, email: person.email })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.personId, personId))
  for (const { organisationId, email } of rows) {
    const who = { id: personId, label: email }
    await writeAudit(db.orm, {
      actor: { kind: 'person', ...who },
      organisationId,
      atMs: clock(),
      note: { action: 'person.sign-in', target: { type: 'person', ...who } },
    })
  }
}
