import type { SessionSummary } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { boundTime } from './scope.ts'

const optionalCount = z
  .union([z.string(), z.number()])
  .nullable()
  .transform((value) => (value === null ? undefined : Number(value)))

/** What the runs of a session add up to, for a SELECT grouped by session. */
export const sessionColumns = `count() AS runs, countIf(status = 'running') AS running, countIf(status = 'error') AS failed,
  arraySort(groupUniqArrayArray(user_ids)) AS users, arraySort(groupUniqArrayArray(agents)) AS agent_names,
  toUnixTimestamp64Nano(min(start_time)) AS first_ns, toUnixTimestamp64Nano(max(last_time)) AS last_ns,
  sum(usage_input) AS input, sum(usage_output) AS output, sum(usage_total) AS total,
  sum(usage_cache_read) AS cache_read, sum(usage_cache_write) AS cache_write, sum(usage_reasoning) AS reasoning,
  sum(cost_total) AS cost, anyIf(cost_currency, cost_currency != '') AS currency,
  anyIf(cost_source, isNotNull(cost_total)) AS source,
  argMinIf(input_preview, start_time, input_preview != '' AND start_time >= ${boundTime('contentCutoff')}) AS first_input,
  argMaxIf(output_preview, start_time, output_preview != '' AND start_time >= ${boundTime('contentCutoff')}) AS last_output`

export const sessionRow = z.object({
  runs: bigCountColumn,
  running: bigCountColumn,
  failed: bigCountColumn,
  users: z.array(z.string()),
  agent_names: z.array(z.string()),
  first_ns: z.string(),
  last_ns: z.string(),
  input: optionalCount,
  output: optionalCount,
  total: optionalCount,
  cache_read: optionalCount,
  cache_write: optionalCount,
  reasoning: optionalCount,
  cost: z.number().nullable(),
  currency: z.string(),
  source: z.string(),
  first_input: z.string(),
  last_output: z.string(),
})

export function toSessionSummary(sessionId: string, row: z.output<typeof sessionRow>): SessionSummary {
  return {
    sessionId,
    runCount: row.runs,
    runningCount: row.running,
    errorCount: row.failed,
    userIds: row.users,
    agents: row.agent_names,
    startTimeUnixNano: row.first_ns,
    lastTimeUnixNano: row.last_ns,
    durationNs: String(BigInt(row.last_ns) - BigInt(row.first_ns)),
    usage: {
      ...(row.input !== undefined && { input: row.input }),
      ...(row.output !== undefined && { output: row.output }),
      ...(row.total !== undefined && { total: row.total }),
      ...(row.cache_read !== undefined && { cacheRead: row.cache_read }),
      ...(row.cache_write !== undefined && { cacheWrite: row.cache_write }),
      ...(row.reasoning !== undefined && { reasoning: row.reasoning }),
    },
    ...(row.cost !== null && {
      cost: { total: row.cost, currency: row.currency || 'USD', source: toSource(row.source) },
    }),
    ...(row.first_input && { firstInputPreview: row.first_input }),
    ...(row.last_output && { lastOutputPreview: row.last_output }),
  }
}

function toSource(source: string): 'reported' | 'computed' | 'unpriced' {
  return source === 'reported' || source === 'unpriced' ? source : 'computed'
}
