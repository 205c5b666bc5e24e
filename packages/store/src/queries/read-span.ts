import type { WireSpan } from '@clew/semconv/span'
import { readRows } from '../rows/read-rows.ts'
import { contentRow, spanColumns, spanRow } from '../rows/span-row.ts'
import { toWireSpan } from '../rows/to-wire-span.ts'
import type { Store } from '../store.ts'
import { locateTraces } from './locate-traces.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const matches = `project_id = {projectId:String}
  AND start_time >= greatest(${boundTime('from')}, ${boundTime('cutoff')}) AND start_time <= ${boundTime('until')}
  AND trace_id = {traceId:String} AND span_id = {spanId:String}`

/** One span with all of its content. */
export async function readSpan(
  store: Store,
  args: ProjectScope & { traceId: string; spanId: string },
): Promise<WireSpan | undefined> {
  const range = await locateTraces(store, { ...args, traceIds: [args.traceId] })
  if (!range) return undefined
  const params = { ...scopeParams(store, args), ...range, traceId: args.traceId, spanId: args.spanId }
  const [[row], contents] = await Promise.all([
    readRows(store, {
      sql: `SELECT ${spanColumns} FROM spans WHERE ${matches} ORDER BY ver DESC LIMIT 1`,
      params,
      row: spanRow,
    }),
    readRows(store, {
      sql: `SELECT * FROM span_content
WHERE ${matches} AND start_time >= ${boundTime('contentCutoff')}`,
      params,
      row: contentRow,
    }),
  ])
  const content = contents.find((candidate) => candidate.ver === row?.ver)
  return row && toWireSpan({ row, ...(content && { content }) })
}
