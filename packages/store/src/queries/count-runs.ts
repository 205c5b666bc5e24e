import type { Filter } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { matchRuns } from './run-filter.ts'
import type { ProjectScope } from './scope.ts'

/** How many runs match; `project_id` is bound by `matchRuns`. */
export async function countRuns(store: Store, args: ProjectScope & { filter: Filter }): Promise<number> {
  const { where, params } = matchRuns(store, args)
  const [row] = await readRows(store, {
    sql: `SELECT count() AS runs FROM trace_summary FINAL WHERE ${where}`,
    params,
    row: z.object({ runs: bigCountColumn }),
  })
  return row?.runs ?? 0
}
