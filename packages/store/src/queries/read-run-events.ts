import type { RunEvent } from '@clew/domain'
import { z } from 'zod'
import type { StoredRunEvent } from '../insert/batch.ts'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import { parseStoredJson } from '../rows/stored-json.ts'
import type { Store } from '../store.ts'
import { boundTime, receivedSince, receivedSinceParams, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const eventRow = z.object({
  event_id: z.string(),
  seq: bigCountColumn,
  payload: z.string(),
  received_ms: z.string(),
})

/** A kept event, with the moment of its receipt in milliseconds since the epoch. */
export type ReceivedRunEvent = StoredRunEvent & { receivedAtMs: number }

/**
 * The kept events of a run in order, with `receivedSinceMs` only those received since then; they are content and expire
 * as such.
 */
export async function readRunEvents(
  store: Store,
  args: ProjectScope & { traceId: string; receivedSinceMs?: number },
): Promise<ReceivedRunEvent[]> {
  const { projectId, contentCutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT event_id, seq, payload, toUnixTimestamp64Milli(received_at) AS received_ms FROM run_events
WHERE project_id = {projectId:String} AND trace_id = {traceId:String} AND time >= ${boundTime('contentCutoff')}${receivedSince(args.receivedSinceMs)}
ORDER BY seq, event_id, ver DESC LIMIT 1 BY event_id`,
    params: {
      projectId,
      contentCutoff,
      ...receivedSinceParams(args.receivedSinceMs),
      traceId: args.traceId,
    },
    row: eventRow,
  })
  return rows.map((row) => ({
    traceId: args.traceId,
    id: row.event_id,
    event: parseStoredJson<RunEvent>(row.payload),
    receivedAtMs: Number(row.received_ms),
  }))
}
