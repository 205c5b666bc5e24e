import { createScore, newScore } from '../writes/create-score.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export const scoresRouter = router({
  create: projectProcedure('read')
    .input(newScore)
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      const { projectId: _projectId, ...score } = input
      return createScore({ ctx, principal: ctx.principal, projectId: ctx.project.projectId, score })
    }),
})
