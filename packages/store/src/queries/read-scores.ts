import { z } from 'zod'
import type { StoredScore } from '../insert/batch.ts'
import { optionalIdColumn, optionalTextColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const scoreRow = z.object({
  score_id: z.string(),
  trace_id: z.string(),
  span_id: optionalIdColumn,
  session_id: optionalTextColumn,
  time_ns: z.string(),
  name: z.string(),
  value_type: z.enum(['number', 'string', 'boolean']),
  value_number: z.number().nullable(),
  value_text: z.string(),
  scored_by: z.string(),
  comment: optionalTextColumn,
})

/** The scores of the traces in order of time, the latest of each id. */
export async function readScores(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[] },
): Promise<StoredScore[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT * FROM (
  SELECT score_id, trace_id, span_id, session_id, toUnixTimestamp64Nano(time) AS time_ns, name, value_type,
    value_number, value_text, scored_by, comment
  FROM scores
  WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)} AND time >= ${boundTime('cutoff')}
  ORDER BY ver DESC LIMIT 1 BY trace_id, score_id
) ORDER BY time_ns, score_id`,
    params: { projectId, cutoff, traceIds: args.traceIds },
    row: scoreRow,
  })
  return rows.map((row) => ({
    id: row.score_id,
    traceId: row.trace_id,
    ...(row.span_id && { spanId: row.span_id }),
    ...(row.session_id && { sessionId: row.session_id }),
    name: row.name,
    value: toValue(row),
    by: row.scored_by,
    ...(row.comment && { comment: row.comment }),
    atUnixNano: row.time_ns,
  }))
}

function toValue(row: z.output<typeof scoreRow>): StoredScore['value'] {
  if (row.value_type === 'string') return row.value_text
  return row.value_type === 'boolean' ? row.value_number === 1 : (row.value_number ?? 0)
}
