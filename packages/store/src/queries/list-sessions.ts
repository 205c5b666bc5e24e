import type { SessionSummary } from '@clew/domain'
import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { Page, ProjectScope } from './scope.ts'
import { sessionColumns, sessionRow, toSessionSummary } from './session-columns.ts'

const order = 'session last desc'

/** One page of sessions, latest activity first. */
export async function listSessions(
  store: Store,
  args: ProjectScope & { limit: number; cursor?: string },
): Promise<Page<SessionSummary>> {
  const after = args.cursor === undefined ? undefined : parseCursor(args.cursor, order)
  const rows = await readRows(store, {
    sql: `SELECT session AS session_id, ${sessionColumns}
FROM trace_summary FINAL ARRAY JOIN session_ids AS session
WHERE project_id = {projectId:String} AND start_time >= ${boundTime('cutoff')} AND session != ''
GROUP BY session
${after ? 'HAVING last_ns < {afterValue:Int64} OR (last_ns = {afterValue:Int64} AND session < {afterId:String})' : ''}
ORDER BY last_ns DESC, session DESC
LIMIT {limit:UInt32}`,
    params: {
      ...scopeParams(store, args),
      limit: args.limit + 1,
      ...(after && { afterValue: after.value, afterId: after.id }),
    },
    row: sessionRow.extend({ session_id: z.string() }),
  })
  const page = rows.slice(0, args.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => toSessionSummary(row.session_id, row)),
    ...(rows.length > page.length &&
      last && { nextCursor: encodeCursor({ by: order, value: last.last_ns, id: last.session_id }) }),
  }
}
