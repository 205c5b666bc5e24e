import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

/** A model that a project called, as far back as it keeps runs. */
export interface UsedModel {
  model: string
  provider?: string
  callCount: number
  /** Calls whose tokens had no price when they came in. */
  unpricedCount: number
  inputTokens: number
  outputTokens: number
  lastSeenUnixNano: string
}

const usedModelRow = z.object({
  model_name: z.string(),
  provider_name: z.string(),
  calls: bigCountColumn,
  unpriced: bigCountColumn,
  input: bigCountColumn,
  output: bigCountColumn,
  last_ns: z.string(),
})

/** The models that a project called, those with most unpriced calls first. */
export async function listUsedModels(
  store: Store,
  args: ProjectScope & { limit: number },
): Promise<UsedModel[]> {
  const { projectId, cutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT toString(model) AS model_name, toString(any(provider)) AS provider_name, sum(span_count) AS calls,
  sum(unpriced_count) AS unpriced, sum(usage_input) AS input, sum(usage_output) AS output,
  toUnixTimestamp64Nano(max(last_time)) AS last_ns
FROM trace_metrics FINAL
WHERE project_id = {projectId:String} AND hour >= toStartOfHour(${boundTime('cutoff')}) AND model != ''
  AND kind IN ('LLM', 'EMBEDDING', 'RERANKER')
GROUP BY model ORDER BY unpriced DESC, calls DESC, model LIMIT {limit:UInt32}`,
    params: { projectId, cutoff, limit: args.limit },
    row: usedModelRow,
  })
  return rows.map((row) => ({
    model: row.model_name,
    ...(row.provider_name !== '' && { provider: row.provider_name }),
    callCount: row.calls,
    unpricedCount: row.unpriced,
    inputTokens: row.input,
    outputTokens: row.output,
    lastSeenUnixNano: row.last_ns,
  }))
}
