import { toUnixNano } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'
import { boundTime } from './scope.ts'
import type { ProjectScope } from './scope.ts'

/** What the spans of a stretch of time amount to. A share is a count of and a count out of; 0 of 0 is not recorded. */
export interface BoardFigures {
  /** Approvals that somebody decided, and those that were edited or rejected. */
  decidedCount: number
  changedCount: number
  /** Runs that searched, and those of them that found nothing to rest on. */
  searchedCount: number
  unfoundedCount: number
  /** Runs with a budget, and those that used it up. */
  budgetedCount: number
  exhaustedCount: number
  /** From the call of a model to its first words; absent where no call was streamed. */
  firstWordsMsP95?: number
  /** From the end of a span to its receipt; absent where nothing ended. */
  lagMsP95?: number
}

const figuresRow = z.object({
  decided: bigCountColumn,
  changed: bigCountColumn,
  searched: bigCountColumn,
  unfounded: bigCountColumn,
  budgeted: bigCountColumn,
  exhausted: bigCountColumn,
  streamed: bigCountColumn,
  words_ms: z.number().nullable(),
  ended: bigCountColumn,
  lag_ms: z.number().nullable(),
})

/** What spans since a moment say of approvals, evidence, budgets and delays; one pass over them. */
export async function readBoardFigures(
  store: Store,
  args: ProjectScope & { sinceMs: number },
): Promise<BoardFigures> {
  const [row] = await readRows(store, {
    sql: `SELECT sum(run_decided) AS decided, sum(run_changed) AS changed,
  countIf(has_searched) AS searched, countIf(has_searched AND found = 0) AS unfounded,
  countIf(has_budget) AS budgeted, countIf(is_exhausted) AS exhausted,
  sum(run_streamed) AS streamed, quantileMergeOrNull(0.95)(words) AS words_ms,
  sum(run_ended) AS ended, quantileMergeOrNull(0.95)(lag) AS lag_ms
FROM (
  SELECT trace_id,
    countIf(approval_decision != '') AS run_decided,
    countIf(approval_decision IN ('edited', 'rejected')) AS run_changed,
    countIf(kind = 'RETRIEVER') > 0 AS has_searched,
    sum(document_count) + sum(evidence_count) AS found,
    countIf(isNotNull(budget_limit)) > 0 AS has_budget,
    countIf(budget_used >= budget_limit) > 0 AS is_exhausted,
    countIf(isNotNull(time_to_first_token_ms)) AS run_streamed,
    quantileStateOrNull(0.95)(time_to_first_token_ms) AS words,
    countIf(isNotNull(duration_ns)) AS run_ended,
    quantileStateOrNull(0.95)(toUnixTimestamp64Milli(received_at) - toUnixTimestamp64Milli(start_time) - intDiv(duration_ns, 1000000)) AS lag
  FROM spans FINAL
  WHERE project_id = {projectId:String} AND start_time >= ${boundTime('since')} AND state != 'running'
  GROUP BY trace_id
)`,
    params: { projectId: args.projectId, since: toUnixNano(args.sinceMs) },
    row: figuresRow,
  })
  return {
    decidedCount: row?.decided ?? 0,
    changedCount: row?.changed ?? 0,
    searchedCount: row?.searched ?? 0,
    unfoundedCount: row?.unfounded ?? 0,
    budgetedCount: row?.budgeted ?? 0,
    exhaustedCount: row?.exhausted ?? 0,
    ...(row?.words_ms != null && { firstWordsMsP95: row.words_ms }),
    ...(row?.lag_ms != null && { lagMsP95: Math.max(0, row.lag_ms) }),
  }
}
