import { tables } from '@clew/db'
import { ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { asc, eq } from 'drizzle-orm'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import type { Principal } from '../principal.ts'
import type { Role } from './load-person-access.ts'

export interface Member {
  id: string
  email: string
  name: string
  role: Role
  joinedAt: string
}

/** The people of the principal's organisation, in the order in which they came. Needs `admin`. */
export async function listMembers(
  control: Control,
  principal: Principal,
  _input: Record<string, never> = {},
): Promise<Result<Member[], ControlFailure>> {
  const access = authorise(principal, { scope: 'admin' })
  if (!access.ok) return access
  const { membership, person } = tables
  const rows = await control.db.orm
    .select({
      id: person.id,
      email: person.email,
      name: person.name,
      role: membership.role,
      joinedAt: membership.createdAt,
    })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.organisationId, access.value.organisationId))
    .orderBy(asc(membership.createdAt), asc(person.id))
  return ok(rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })))
}
