import type { OrganisationId, ProjectId, RetentionPolicy } from '@clew/domain'
import { isRetentionDays, parseOrganisationId, parseProjectId } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

/** A trace that received rows, so that its summary may be behind. */
export interface DirtyTrace {
  organisationId: OrganisationId
  projectId: ProjectId
  traceId: string
  retention: RetentionPolicy
  receivedAtMs: number
}

const retentionDays = z.number().refine(isRetentionDays)
const dirtyRow = z.object({
  organisation_id: z.string().transform((id, ctx) => parseOrganisationId(id) ?? refuse(ctx)),
  project_id: z.string().transform((id, ctx) => parseProjectId(id) ?? refuse(ctx)),
  trace_id: z.string(),
  metadata_days: retentionDays,
  content_days: retentionDays,
  received_ms: bigCountColumn,
})

/**
 * Traces that received rows after the watermark, oldest first; for recovery after a crash. The one question
 * that spans projects: it binds no projectId, and no caller's face leads to it.
 */
export async function listDirtyTraces(
  store: Store,
  args: { sinceReceivedAtMs: number; limit: number },
): Promise<DirtyTrace[]> {
  const rows = await readRows(store, {
    sql: `SELECT organisation_id, project_id, trace_id, max(retention_days) AS metadata_days,
  max(content_retention_days) AS content_days, toUnixTimestamp64Milli(max(received_last)) AS received_ms
FROM trace_lookup
WHERE received_last > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
GROUP BY organisation_id, project_id, trace_id
ORDER BY received_ms LIMIT {limit:UInt32} WITH TIES`,
    params: { since: Math.trunc(args.sinceReceivedAtMs), limit: args.limit },
    row: dirtyRow,
  })
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    projectId: row.project_id,
    traceId: row.trace_id,
    retention: { metadataDays: row.metadata_days, contentDays: row.content_days },
    receivedAtMs: row.received_ms,
  }))
}

function refuse(ctx: z.core.$RefinementCtx): never {
  ctx.addIssue({ code: 'custom', message: 'not an id' })
  return z.NEVER
}
