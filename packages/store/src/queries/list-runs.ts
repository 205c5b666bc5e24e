import type { Filter, RunSummary } from '@clew/domain'
import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { fromSummaryRow } from '../summary/to-summary-row.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { matchRuns } from './run-filter.ts'
import { boundTime } from './scope.ts'
import type { Page, ProjectScope } from './scope.ts'
import { summaryColumns, summaryRow } from './summary-columns.ts'

export interface RunSort {
  by: 'start' | 'duration' | 'tokens' | 'cost'
  direction: 'asc' | 'desc'
}

const sortKeys = {
  start: { sql: 'toUnixTimestamp64Nano(start_time)', type: 'Int64' },
  duration: { sql: 'duration_ns', type: 'UInt64' },
  tokens: { sql: 'ifNull(usage_total, 0)', type: 'UInt64' },
  cost: { sql: 'ifNull(cost_total, 0)', type: 'Float64' },
} as const

/** One page of runs, newest first unless told otherwise; `project_id` is bound by `matchRuns`. */
export async function listRuns(
  store: Store,
  args: ProjectScope & { filter: Filter; sort?: RunSort; limit: number; cursor?: string },
): Promise<Page<RunSummary>> {
  const { by, direction } = args.sort ?? { by: 'start', direction: 'desc' }
  const key = sortKeys[by]
  const { where, params } = matchRuns(store, args)
  const order = `${by} ${direction}`
  const after = args.cursor === undefined ? undefined : parseCursor(args.cursor, order)
  const sign = direction === 'asc' ? '>' : '<'
  const beyond = after
    ? `AND (${key.sql} ${sign} {afterValue:${key.type}} OR (${key.sql} = {afterValue:${key.type}} AND trace_id ${sign} {afterId:String}))
  ${by === 'start' ? `AND start_time ${sign}= toStartOfHour(${boundTime('afterValue')})${direction === 'asc' ? '' : ' + INTERVAL 1 HOUR'}` : ''}`
    : ''
  const rows = await readRows(store, {
    sql: `SELECT ${summaryColumns}, toString(${key.sql}) AS sort_value
FROM trace_summary FINAL
WHERE ${where} ${beyond}
ORDER BY ${key.sql} ${direction}, trace_id ${direction}
LIMIT {limit:UInt32}`,
    params: {
      ...params,
      limit: args.limit + 1,
      ...(after && { afterValue: after.value, afterId: after.id }),
    },
    row: summaryRow.extend({ sort_value: z.string() }),
  })
  const page = rows.slice(0, args.limit)
  const last = page.at(-1)
  return {
    items: page.map(fromSummaryRow),
    ...(rows.length > page.length &&
      last && { nextCursor: encodeCursor({ by: order, value: last.sort_value, id: last.trace_id }) }),
  }
}
