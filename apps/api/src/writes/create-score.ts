import { randomUUID } from 'node:crypto'
import { authorise, publishFeed, retentionOf, type Principal } from '@clew/control'
import { toUnixNano, type ProjectId } from '@clew/domain'
import type { StoredScore } from '@clew/store'
import { z } from 'zod'
import { unwrap } from '../api-error.ts'
import type { ApiDeps } from '../deps.ts'
import { spanId, traceId } from '../inputs.ts'

/** `id`, chosen by the caller, makes a repeat replace the score instead of adding one. */
export const newScore = z.object({
  id: z.string().min(1).max(200).optional(),
  traceId,
  spanId: spanId.optional(),
  sessionId: z.string().min(1).max(500).optional(),
  name: z.string().trim().min(1).max(200),
  value: z.union([z.number(), z.boolean(), z.string().min(1).max(1000)], {
    error: 'should be a number, true or false, or a text of 1 to 1000 characters',
  }),
  by: z.string().trim().min(1).max(200),
  comment: z.string().max(10_000).optional(),
})
export type NewScore = z.infer<typeof newScore>

/** Records an outcome that became known after the run; needs `write`, or a key with `ingest`. */
export async function createScore(options: {
  ctx: Pick<ApiDeps, 'control' | 'store' | 'clock'>
  principal: Principal
  projectId: ProjectId
  score: NewScore
}): Promise<{ id: string }> {
  const { ctx, principal, projectId, score } = options
  const scope = principal.scopes.has('write') ? 'write' : 'ingest'
  const { organisationId } = unwrap(authorise(principal, { scope, projectId }))
  const receivedAtMs = ctx.clock()
  const stored = toStored({ score, receivedAtMs })
  const owner = {
    organisationId,
    projectId,
    retention: await retentionOf(ctx.control, projectId),
    receivedAtMs,
  }
  const token = `score:${randomUUID()}`
  const batch = { token, spans: [], logs: [], runEvents: [], scores: [{ owner, score: stored }] }
  unwrap(await ctx.store.insertBatch(batch))
  const traceIds = [stored.traceId]
  await publishFeed(ctx.control, { projectId, traceIds, sessionIds: [], kind: 'summary' })
  return { id: stored.id }
}

function toStored({ score, receivedAtMs }: { score: NewScore; receivedAtMs: number }): StoredScore {
  const { id, traceId: ofTrace, spanId: ofSpan, sessionId, name, value, by, comment } = score
  return {
    id: id ?? randomUUID(),
    traceId: ofTrace,
    ...(ofSpan === undefined ? {} : { spanId: ofSpan }),
    ...(sessionId === undefined ? {} : { sessionId }),
    name,
    value,
    by,
    ...(comment === undefined ? {} : { comment }),
    atUnixNano: toUnixNano(receivedAtMs),
  }
}
