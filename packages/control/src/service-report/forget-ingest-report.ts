import { tables } from '@clew/db'
import { eq } from 'drizzle-orm'
import type { Control } from '../control.ts'

/** Called on a stop in good order, so that it doesn't look like a crash. */
export async function forgetIngestReport({ db }: Control, { id }: { id: string }): Promise<void> {
  await db.orm.delete(tables.serviceReport).where(eq(tables.serviceReport.id, id))
}
