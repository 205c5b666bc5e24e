import type { ProjectId, RetentionPolicy } from '@clew/domain'
import { z } from 'zod'
import { boundTime, cutoffNs } from '../queries/scope.ts'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

export interface RetentionPreview {
  spanCount: number
  runCount: number
  /** Spans whose content would go, those of `spanCount` among them. */
  contentCount: number
  oldestUnixNano?: string
}

/** What the policy would delete, were it in force now. */
export async function previewRetention(
  store: Store,
  args: { projectId: ProjectId; policy: RetentionPolicy },
): Promise<RetentionPreview> {
  const { projectId, policy } = args
  const [[spans], [content]] = await Promise.all([
    readRows(store, {
      sql: `SELECT count() AS span_count, uniqExact(trace_id) AS run_count, toUnixTimestamp64Nano(min(start_time)) AS first_ns
FROM spans FINAL WHERE project_id = {projectId:String} AND start_time < ${boundTime('cutoff')}`,
      params: { projectId, cutoff: cutoffNs(store, policy.metadataDays) },
      row: z.object({ span_count: bigCountColumn, run_count: bigCountColumn, first_ns: z.string() }),
    }),
    readRows(store, {
      sql: `SELECT count() AS span_count FROM span_content FINAL
WHERE project_id = {projectId:String} AND start_time < ${boundTime('cutoff')}`,
      params: { projectId, cutoff: cutoffNs(store, policy.contentDays) },
      row: z.object({ span_count: bigCountColumn }),
    }),
  ])
  return {
    spanCount: spans?.span_count ?? 0,
    runCount: spans?.run_count ?? 0,
    contentCount: content?.span_count ?? 0,
    ...(spans && spans.span_count > 0 && { oldestUnixNano: spans.first_ns }),
  }
}
