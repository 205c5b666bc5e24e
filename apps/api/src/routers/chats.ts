import type { ExecutionGraph } from '@clew/domain'
import { z } from 'zod'
import { found } from '../api-error.ts'
import { sessionId } from '../inputs.ts'
import { readChatGraph } from '../reads/read-chat-graph.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'
import { chatEvents } from './run-events.ts'

export const chatsRouter = router({
  stream: chatEvents,

  trace: projectProcedure('read')
    .input(z.object({ sessionId }))
    .query(async ({ ctx, input }): Promise<ExecutionGraph> => {
      const { store, project, clock } = ctx
      return found(await readChatGraph({ store, project, ...input, now: clock() }), 'chat')
    }),
})
