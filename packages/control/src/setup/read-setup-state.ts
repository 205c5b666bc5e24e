import { tables } from '@clew/db'
import type { Control } from '../control.ts'

/** Whether the first person is still to come. */
export async function readSetupState(control: Control): Promise<{ needed: boolean }> {
  const rows = await control.db.orm.select({ id: tables.person.id }).from(tables.person).limit(1)
  return { needed: rows.length === 0 }
}
