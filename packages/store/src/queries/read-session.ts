import type { SessionSummary } from '@clew/domain'
import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'
import { sessionColumns, sessionRow, toSessionSummary } from './session-columns.ts'

/** A session's page shows at most so many runs, the first ones. */
const tracesMax = 5000

/** One session with its traces in order of start. */
export async function readSession(
  store: Store,
  args: ProjectScope & { sessionId: string },
): Promise<{ session: SessionSummary; traceIds: string[] } | undefined> {
  const [row] = await readRows(store, {
    sql: `SELECT ${sessionColumns},
  arrayMap(x -> toString(x.2), arraySort(groupArray((start_time, trace_id)))) AS trace_ids
FROM trace_summary FINAL
WHERE project_id = {projectId:String} AND start_time >= ${boundTime('cutoff')} AND has(session_ids, {sessionId:String})`,
    params: { ...scopeParams(store, args), sessionId: args.sessionId },
    row: sessionRow.extend({ trace_ids: z.array(z.string()) }),
  })
  if (!row || row.runs === 0) return undefined
  return { session: toSessionSummary(args.sessionId, row), traceIds: row.trace_ids.slice(0, tracesMax) }
}
