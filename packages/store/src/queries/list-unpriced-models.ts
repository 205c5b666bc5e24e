import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

export interface UnpricedModel {
  model: string
  provider: string
  /** Calls that have tokens and no cost. */
  callCount: number
}

const unpricedRow = z.object({ model: z.string(), provider: z.string(), calls: bigCountColumn })

/** Models whose calls since then have tokens and no price, most called first. */
export async function listUnpricedModels(
  store: Store,
  args: ProjectScope & { sinceMs: number; limit: number },
): Promise<UnpricedModel[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT toString(model) AS model, toString(any(provider)) AS provider, sum(unpriced_count) AS calls
FROM trace_metrics FINAL
WHERE project_id = {projectId:String} AND unpriced_count > 0 AND hour >= toStartOfHour(greatest(${boundTime('cutoff')}, ${boundTime('since')}))
GROUP BY model ORDER BY calls DESC, model LIMIT {limit:UInt32}`,
    params: { projectId, cutoff, since: toUnixNano(args.sinceMs), limit: args.limit },
    row: unpricedRow,
  })
  return rows.map(({ model, provider, calls }) => ({ model, provider, callCount: calls }))
}
