import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import type { FeedEntry, ProjectId } from '@clew/domain'
import { and, asc, eq, gt, lte } from 'drizzle-orm'

/** Who is further behind starts afresh. */
const entriesMax = 2000

/** The last number that the project's feed gave out; 0 before the first. */
export async function readFeedSeq(db: Db, projectId: ProjectId): Promise<number> {
  const { feedCounter } = tables
  const [row] = await db.orm
    .select({ seq: feedCounter.seq })
    .from(feedCounter)
    .where(eq(feedCounter.projectId, projectId))
  return row?.seq ?? 0
}

/** All entries after `seq`, without a hole, or `resync` when some are gone or `seq` was never given out. */
export async function readFeedRows(
  db: Db,
  from: { projectId: ProjectId; seq: number },
): Promise<{ entries: FeedEntry[] } | 'resync'> {
  const { projectId, seq } = from
  const current = await readFeedSeq(db, projectId)
  if (seq === current) return { entries: [] }
  if (seq > current || seq < 0 || current - seq > entriesMax) return 'resync'
  const { feed } = tables
  const entries = await db.orm
    .select({ seq: feed.seq, kind: feed.kind, traceIds: feed.traceIds, sessionIds: feed.sessionIds })
    .from(feed)
    .where(and(eq(feed.projectId, projectId), gt(feed.seq, seq), lte(feed.seq, current)))
    .orderBy(asc(feed.seq))
  return entries.length === current - seq ? { entries } : 'resync'
}
