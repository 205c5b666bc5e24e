import type { Db } from '@clew/db'
import { tables } from '@clew/db'

/** The id of this installation, made once. */
export async function ensureInstance(db: Db): Promise<string> {
  await db.orm.insert(tables.instance).values({ single: true }).onConflictDoNothing()
  const [row] = await db.orm.select({ id: tables.instance.id }).from(tables.instance)
  if (row === undefined) throw new Error('the instance row is missing')
  return row.id
}
