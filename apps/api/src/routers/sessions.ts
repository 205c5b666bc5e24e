import type { Run, SessionSummary } from '@clew/domain'
import { listSessions, readSession, type Page } from '@clew/store'
import { z } from 'zod'
import { found } from '../api-error.ts'
import { page, sessionId } from '../inputs.ts'
import { hideSessionContent } from '../reads/hide-content.ts'
import { readRuns } from '../reads/read-run.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface SessionDetail {
  session: SessionSummary
  /** In order of start, with previews; the latest 200 of a long chat. */
  runs: Run[]
}

const runsMax = 200

export const sessionsRouter = router({
  list: projectProcedure('read')
    .input(page)
    .query(async ({ ctx, input }): Promise<Page<SessionSummary>> => {
      const { cursor, limit } = input
      const { items, ...rest } = await listSessions(ctx.store, {
        ...ctx.project,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return { items: ctx.project.mayReadContent ? items : items.map(hideSessionContent), ...rest }
    }),

  get: projectProcedure('read')
    .input(z.object({ sessionId }))
    .query(async ({ ctx, input }): Promise<SessionDetail> => {
      const { store, project, clock } = ctx
      const { session, traceIds } = found(await readSession(store, { ...project, ...input }), 'session')
      const latest = traceIds.slice(-runsMax)
      const runs = await readRuns({ store, project, traceIds: latest, content: 'preview', now: clock() })
      return { session: project.mayReadContent ? session : hideSessionContent(session), runs }
    }),
})
