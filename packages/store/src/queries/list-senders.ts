import type { ProjectId } from '@clew/domain'
import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

/** A service that sent spans, by what it sent them with. */
export interface Sender {
  serviceName: string
  /** `@clew/sdk`, `opentelemetry` ...; empty where the sender does not say. */
  sdkName: string
  sdkVersion: string
  sdkLanguage: string
  /** Vocabularies in which its spans are told, most used first. */
  dialects: string[]
  spanCount: number
  /** Spans that do not say what they stand for. */
  plainCount: number
  lastReceivedAtMs: number
}

const senderRow = z.object({
  service: z.string(),
  sdk: z.string(),
  sdk_version: z.string(),
  sdk_language: z.string(),
  dialects: z.array(z.string()),
  spans: bigCountColumn,
  plain: bigCountColumn,
  last_ms: bigCountColumn,
})

/** Who sent spans of late, the latest first. */
export async function listSenders(
  store: Store,
  args: { projectId: ProjectId; receivedSinceMs: number; limit: number },
): Promise<Sender[]> {
  const rows = await readRows(store, {
    sql: `SELECT toString(service_name) AS service,
  toString(resource_string['telemetry.sdk.name']) AS sdk,
  toString(resource_string['telemetry.sdk.version']) AS sdk_version,
  toString(resource_string['telemetry.sdk.language']) AS sdk_language,
  arrayMap(name -> toString(name), topK(6)(dialect)) AS dialects,
  uniq(span_id) AS spans, uniqIf(span_id, kind = 'UNKNOWN') AS plain,
  toUnixTimestamp64Milli(max(received_at)) AS last_ms
FROM spans
WHERE project_id = {projectId:String} AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
GROUP BY service, sdk, sdk_version, sdk_language
ORDER BY last_ms DESC, service, sdk LIMIT {limit:UInt32}`,
    params: {
      projectId: args.projectId,
      since: Math.trunc(args.receivedSinceMs),
      limit: args.limit,
    },
    row: senderRow,
  })
  return rows.map((row) => ({
    serviceName: row.service,
    sdkName: row.sdk,
    sdkVersion: row.sdk_version,
    sdkLanguage: row.sdk_language,
    dialects: row.dialects,
    spanCount: row.spans,
    plainCount: row.plain,
    lastReceivedAtMs: row.last_ms,
  }))
}
