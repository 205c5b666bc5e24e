import { isMigrated } from '@clew/db'
import type { Control } from './control.ts'

/** Whether the control database answers, and has every migration that this program knows. */
export async function readDatabaseState({ db }: Control): Promise<{ isUp: boolean; isMigrated: boolean }> {
  const isUp = await db.ping()
  return { isUp, isMigrated: isUp && (await isMigrated(db)) }
}
