import { z } from 'zod'
import { found } from '../../api-error.ts'
import { sessionId } from '../../inputs.ts'
import { readChatGraph } from '../../reads/read-chat-graph.ts'
import { openChat } from '../../live/open-subject.ts'
import { countParam, speedParam } from '../params.ts'
import { defineRoute } from '../route.ts'
import { replayChat, streamSubject } from '../stream-subject.ts'
import { lastEventIdOf } from '../write-stream.ts'

export const chatRoutes = [
  defineRoute({
    method: 'GET',
    path: '/v1/chats/{sessionId}/stream',
    summary: 'A chat as it happens over all of its runs, or a finished one at a given speed',
    scopes: ['read'],
    params: z.object({
      sessionId,
      speed: speedParam,
      idle: countParam({ min: 0, max: 3600, standard: 0 }),
    }),
    returns:
      'run.started, run.state_changed, turn.started, turn.completed, content.delta, tool.started, tool.completed, ' +
      'approval.required, approval.resolved, usage.updated, context.compacted, error; then end, once its runs have ' +
      'ended for `idle` seconds; resumes after Last-Event-ID',
    isStream: true,
    handle: (request) => {
      const { sessionId: wanted, speed, idle } = request.params
      const lastEventId = lastEventIdOf(request.req)
      return streamSubject({
        request,
        speed,
        open: () => openChat(request.ctx, { sessionId: wanted, idleMs: idle * 1000, lastEventId }),
        replay: () => replayChat(request, { sessionId: wanted }),
      })
    },
  }),

  defineRoute({
    method: 'GET',
    path: '/v1/chats/{sessionId}/trace',
    summary: 'The execution graph of a chat over all of its runs',
    scopes: ['read'],
    params: z.object({ sessionId }),
    returns: 'graphId, nodes, edges and the counts of steps',
    handle: async ({ deps, ctx, params }) => {
      const { store, clock } = deps
      return found(await readChatGraph({ store, project: ctx.project, ...params, now: clock() }), 'chat')
    },
  }),
]
