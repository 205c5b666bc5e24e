import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import type { TraceRange } from './locate-traces.ts'
import { boundTime } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const versionRow = z.object({ trace_id: z.string(), version: z.string().transform(BigInt) })

/** The version of each trace's newest summary, by trace id: whoever wrote that one knows that none came after it. */
export async function readSummaryVersions(
  store: Store,
  args: Pick<ProjectScope, 'projectId'> & { traceIds: readonly string[]; range: TraceRange },
): Promise<Map<string, bigint>> {
  const rows = await readRows(store, {
    sql: `SELECT trace_id, max(ver) AS version FROM trace_summary
WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
  AND start_time >= ${boundTime('from')} - INTERVAL 1 HOUR AND start_time <= ${boundTime('until')}
GROUP BY project_id, trace_id`,
    params: { projectId: args.projectId, traceIds: args.traceIds, ...args.range },
    row: versionRow,
  })
  return new Map(rows.map((row) => [row.trace_id, row.version]))
}
