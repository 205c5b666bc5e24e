import { listSenders, listSkewedSenders, type Sender } from '@clew/store'
import { describeSender, type SenderHealth } from '../doctor/describe-sender.ts'
import { clockLimits } from '../doctor/check-senders.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface InstrumentationState {
  /** Where agents send OTLP. */
  otlpUrl: string
  /** Milliseconds since the epoch. */
  sinceMs: number
  senders: (Sender & { health: SenderHealth })[]
}

const hourMs = 3_600_000
const recentMs = 7 * 24 * hourMs
const sendersMax = 50

export const instrumentationRouter = router({
  get: projectProcedure('read').query(async ({ ctx }): Promise<InstrumentationState> => {
    const { projectId } = ctx.project
    const nowMs = ctx.clock()
    const [senders, skewed] = await Promise.all([
      listSenders(ctx.store, { projectId, receivedSinceMs: nowMs - recentMs, limit: sendersMax }),
      listSkewedSenders(ctx.store, {
        projectId,
        receivedSinceMs: nowMs - hourMs,
        ...clockLimits,
        limit: sendersMax,
      }),
    ])
    return {
      otlpUrl: ctx.config.otlpUrl,
      sinceMs: nowMs - recentMs,
      senders: senders.map((sender) => ({ ...sender, health: describeSender(sender, skewed) })),
    }
  }),
})
