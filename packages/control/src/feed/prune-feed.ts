import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import { lt } from 'drizzle-orm'

export const keptForMs = 60 * 60_000

/** Drops the feed's rows that are over an hour old; cursors before them get `resync`. */
export async function pruneFeed(db: Db, nowMs: number): Promise<void> {
  await db.orm.delete(tables.feed).where(lt(tables.feed.createdAt, new Date(nowMs - keptForMs)))
}
