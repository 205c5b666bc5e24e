import { z } from 'zod'
import { found } from '../../api-error.ts'
import { sessionId } from '../../inputs.ts'
import { readChatGraph } from '../../reads/read-chat-graph.ts'
import { defineRoute } from '../route.ts'

export const chatRoutes = [
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
