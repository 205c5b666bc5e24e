import type { RunEvent } from '@clew/domain'
import { tracked } from '@trpc/server'
import { lastEventId, ofTrace } from '../inputs.ts'
import { followRun } from '../live/follow-run.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { subscriptionErrors } from '../trpc/subscription-errors.ts'

/** A run as it happens: a snapshot, then each change, then `end`. Resumes after `lastEventId`. */
export const runEvents = projectProcedure('read')
  .input(ofTrace.extend({ lastEventId }))
  .subscription(async function* ({
    ctx,
    input,
    signal,
  }): AsyncGenerator<ReturnType<typeof tracked<RunEvent>>> {
    const source = () => followRun({ ctx, ...input, signal: signal ?? new AbortController().signal })
    for await (const { id, event } of subscriptionErrors(source)) yield tracked(id, event)
  })
