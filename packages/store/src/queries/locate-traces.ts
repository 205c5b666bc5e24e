import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import { bigCountColumn } from '../rows/column-schemas.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

/** Between the first and the last start of a trace's records, in decimal nanoseconds. */
export interface TraceRange {
  from: string
  until: string
}

const row = z.object({ traces: bigCountColumn, from_ns: z.string(), until_ns: z.string() })

/**
 * Where in time the traces lie, so that the big tables are read by their key. Asked apart, since as a
 * subquery it would not prune.
 */
export async function locateTraces(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[] },
): Promise<TraceRange | undefined> {
  if (args.traceIds.length === 0) return undefined
  const { projectId, cutoff } = scopeParams(store, args)
  const [found] = await readRows(store, {
    sql: `SELECT count() AS traces,
  toUnixTimestamp64Nano(min(start_min)) AS from_ns,
  toUnixTimestamp64Nano(max(start_max)) AS until_ns
FROM trace_lookup
WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)} AND start_max >= ${boundTime('cutoff')}`,
    params: { projectId, traceIds: args.traceIds, cutoff },
    row,
  })
  return found && found.traces > 0 ? { from: found.from_ns, until: found.until_ns } : undefined
}
