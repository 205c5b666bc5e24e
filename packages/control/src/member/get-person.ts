import { tables } from '@clew/db'
import { eq } from 'drizzle-orm'
import type { Control } from '../control.ts'
import type { Principal } from '../principal.ts'

export interface Person {
  id: string
  email: string
  name: string
}

/** The person behind a principal; undefined for keys and the system. */
export async function getPerson(control: Control, principal: Principal): Promise<Person | undefined> {
  if (principal.kind !== 'person') return undefined
  const { person } = tables
  const [row] = await control.db.orm
    .select({ id: person.id, email: person.email, name: person.name })
    .from(person)
    .where(eq(person.id, principal.id))
  return row
}
