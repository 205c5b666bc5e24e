import { z } from 'zod'
import type { FeedUpdate } from '../../live/feed-update.ts'
import { followFeed } from '../../live/follow-feed.ts'
import { defineRoute } from '../route.ts'
import { lastEventIdOf, writeStream } from '../write-stream.ts'

export const nowRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v1/now/stream',
    summary: 'What changes in the project, with the summaries of the runs that did',
    scopes: ['read'],
    params: z.object({}),
    returns:
      'runs.changed: the runs as they are now; resync: read again what is on screen; goes on until the reader ' +
      'leaves; resumes after Last-Event-ID',
    isStream: true,
    handle: async (request) => {
      const aborter = new AbortController()
      request.res.once('close', () => aborter.abort())
      const lastEventId = lastEventIdOf(request.req)
      const updates = followFeed({ ctx: request.ctx, lastEventId, signal: aborter.signal })
      await writeStream(request, toEvents(updates))
    },
  }),
]

async function* toEvents(updates: AsyncIterable<FeedUpdate>) {
  for await (const { entry, runs, isResync } of updates) {
    const { seq, traceIds, sessionIds } = entry
    const type = isResync ? 'resync' : 'runs.changed'
    yield { id: String(seq), event: { seq, type, traceIds, sessionIds, runs } }
  }
}
