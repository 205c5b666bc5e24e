import type { ProjectId } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

/** What one rule took out of a project's spans and log records. */
export interface RedactionCount {
  rule: string
  /** Places that were blanked; one that came several times, with the versions of a running span, counts once. */
  count: number
  /** Runs in which it found something. */
  runCount: number
  lastReceivedAtMs: number
}

const redactionRow = z.object({
  rule: z.string(),
  places: bigCountColumn,
  runs: bigCountColumn,
  last_ms: bigCountColumn,
})

const ledgerOf = (
  table: string,
  id: string,
) => `SELECT toString(trace_id) AS trace, toString(${id}) AS record,
    toString(rule) AS rule, path, n, received_at
  FROM ${table}
  ARRAY JOIN redaction_rules AS rule, redaction_paths AS path, redaction_counts AS n
  WHERE project_id = {projectId:String} AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`

/** What was redacted of late, by rule, most first; from the ledgers that stand with spans and log records. */
export async function listRedactions(
  store: Store,
  args: { projectId: ProjectId; receivedSinceMs: number },
): Promise<RedactionCount[]> {
  const rows = await readRows(store, {
    sql: `SELECT rule, sum(places_of_one) AS places, uniqExact(trace) AS runs,
  toUnixTimestamp64Milli(max(last)) AS last_ms
FROM (
  SELECT rule, trace, max(n) AS places_of_one, max(received_at) AS last
  FROM (${ledgerOf('spans', 'span_id')} UNION ALL ${ledgerOf('logs', 'log_id')})
  GROUP BY rule, trace, record, path
)
GROUP BY rule ORDER BY places DESC, rule`,
    params: { projectId: args.projectId, since: Math.trunc(args.receivedSinceMs) },
    row: redactionRow,
  })
  return rows.map(({ rule, places, runs, last_ms }) => ({
    rule,
    count: places,
    runCount: runs,
    lastReceivedAtMs: last_ms,
  }))
}
