import type { RunSummary } from '@clew/domain'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { fromSummaryRow } from '../summary/to-summary-row.ts'
import { locateTraces } from './locate-traces.ts'
import type { TraceRange } from './locate-traces.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'
import { summaryColumns, summaryRow } from './summary-columns.ts'

/** The summaries of the named traces, newest first; those without one are left out. */
export async function readRunSummaries(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; range?: TraceRange },
): Promise<RunSummary[]> {
  const range = args.range ?? (await locateTraces(store, args))
  if (!range) return []
  const rows = await readRows(store, {
    sql: `SELECT ${summaryColumns}
FROM trace_summary FINAL
WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
  AND start_time >= greatest(${boundTime('from')}, ${boundTime('cutoff')}) AND start_time <= ${boundTime('until')}
ORDER BY start_time DESC, trace_id`,
    params: { ...scopeParams(store, args), ...range, traceIds: args.traceIds },
    row: summaryRow,
  })
  return rows.map(fromSummaryRow)
}
