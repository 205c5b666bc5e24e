import type { RunEvent } from '@clew/domain'
import { z } from 'zod'
import type { StoredRunEvent } from '../insert/batch.ts'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import { parseStoredJson } from '../rows/stored-json.ts'
import type { Store } from '../store.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const eventRow = z.object({ event_id: z.string(), seq: bigCountColumn, payload: z.string() })

/** The kept events of a run in order, after the one of the given id; they are content and expire as such. */
export async function readRunEvents(
  store: Store,
  args: ProjectScope & { traceId: string; afterId?: string },
): Promise<StoredRunEvent[]> {
  const { projectId, contentCutoff } = scopeParams(store, args)
  const rows = await readRows(store, {
    sql: `SELECT event_id, seq, payload FROM run_events
WHERE project_id = {projectId:String} AND trace_id = {traceId:String} AND time >= ${boundTime('contentCutoff')}
ORDER BY seq, event_id, ver DESC LIMIT 1 BY event_id`,
    params: { projectId, contentCutoff, traceId: args.traceId },
    row: eventRow,
  })
  const after = args.afterId === undefined ? -1 : rows.findIndex((row) => row.event_id === args.afterId)
  return rows.slice(after + 1).map((row) => ({
    traceId: args.traceId,
    id: row.event_id,
    event: parseStoredJson<RunEvent>(row.payload),
  }))
}
