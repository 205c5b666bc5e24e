import type { Db } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import { sql } from 'drizzle-orm'
import { feedChannel, notificationBytesMax } from './feed-notification.ts'
import type { FeedChange } from './feed-batch.ts'

/**
 * Numbers and stores changes and tells of them, in one statement. The counter's row stays locked until the commit,
 * so that a project's rows become visible in the order of their numbers and none is ever missing.
 * `skipped` numbers are left out on purpose: readers who meet the hole start afresh.
 */
export async function insertFeedRows(
  db: Db,
  batch: { projectId: ProjectId; changes: readonly FeedChange[]; skipped: number; atMs: number },
): Promise<void> {
  const { projectId, changes, skipped, atMs } = batch
  const numbered = changes.map((change, index) => ({
    behind: changes.length - 1 - index,
    kind: change.kind,
    trace_ids: change.traceIds,
    session_ids: change.sessionIds,
  }))
  const count = changes.length + skipped
  await db.orm.execute(sql`
    with counter as (
      insert into feed_counter (project_id, seq) values (${projectId}::uuid, ${count}::bigint)
      on conflict (project_id) do update set seq = feed_counter.seq + ${count}::bigint
      returning seq
    ), added as (
      insert into feed (project_id, seq, kind, trace_ids, session_ids, created_at)
      select ${projectId}::uuid, counter.seq - change.behind, change.kind, change.trace_ids, change.session_ids,
        ${new Date(atMs).toISOString()}::timestamptz
      from counter, jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb)
        as change(behind bigint, kind text, trace_ids text[], session_ids text[])
      returning *
    ), told as (
      select seq, jsonb_build_object('p', project_id, 's', seq) as pointer,
        jsonb_build_object('p', project_id, 's', seq, 'k', kind, 't', trace_ids, 'c', session_ids) as entire
      from added
    )
    select pg_notify(${feedChannel},
      (case when octet_length(entire::text) <= ${notificationBytesMax}::int then entire else pointer end)::text)
    from told order by seq`)
}
