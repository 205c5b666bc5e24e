import { tracked } from '@trpc/server'
import { z } from 'zod'
import { lastEventId } from '../inputs.ts'
import type { FeedUpdate } from '../live/feed-update.ts'
import { followFeed } from '../live/follow-feed.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { subscriptionErrors } from '../trpc/subscription-errors.ts'
import { router } from '../trpc/trpc.ts'

export const feedRouter = router({
  /** What changes in a project, with the summaries of the runs that did. Resumes after `lastEventId`. */
  events: projectProcedure('read')
    .input(z.object({ lastEventId }))
    .subscription(async function* ({
      ctx,
      input,
      signal,
    }): AsyncGenerator<ReturnType<typeof tracked<FeedUpdate>>> {
      const source = () => followFeed({ ctx, ...input, signal: signal ?? new AbortController().signal })
      for await (const update of subscriptionErrors(source)) yield tracked(String(update.entry.seq), update)
    }),
})
