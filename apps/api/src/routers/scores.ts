import { readScores, type StoredScore } from '@clew/store'
import { ofTrace } from '../inputs.ts'
import { hideScoreContent } from '../reads/hide-content.ts'
import { createScore, newScore } from '../writes/create-score.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export const scoresRouter = router({
  /** The scores of a run, in order of time. */
  list: projectProcedure('read')
    .input(ofTrace)
    .query(async ({ ctx, input }): Promise<StoredScore[]> => {
      const scores = await readScores(ctx.store, { ...ctx.project, traceIds: [input.traceId] })
      return ctx.project.mayReadContent ? scores : scores.map(hideScoreContent)
    }),

  create: projectProcedure('read')
    .input(newScore)
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      const { projectId: _projectId, ...score } = input
      return createScore({ ctx, principal: ctx.principal, projectId: ctx.project.projectId, score })
    }),
})
