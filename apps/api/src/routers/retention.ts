import { getRetentionPolicy, updateRetentionPolicy, type ProjectPolicy } from '@clew/control'
import { isRetentionDays, type RetentionDays } from '@clew/domain'
import { previewRetention, type RetentionPreview } from '@clew/store'
import { z } from 'zod'
import { unwrap } from '../api-error.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

const days = z.custom<RetentionDays>((value) => typeof value === 'number' && isRetentionDays(value), {
  message: 'should be 1, 3, 7, 14, 30, 60, 90, 180, 365 or 730 days',
})
const policy = z.object({ metadataDays: days, contentDays: days })
const change = policy.extend({ contentAccess: z.enum(['readers', 'nobody']).optional() })

export const retentionRouter = router({
  get: projectProcedure('read').query(
    async ({ ctx }): Promise<{ policy: ProjectPolicy; history: ProjectPolicy[] }> => {
      const { projectId } = ctx.project
      return unwrap(await getRetentionPolicy(ctx.control, ctx.principal, { projectId }))
    },
  ),

  /** What the policy would delete, were it in force now. */
  preview: projectProcedure('read')
    .input(policy)
    .query(async ({ ctx, input }): Promise<RetentionPreview> => {
      const { metadataDays, contentDays } = input
      const { projectId } = ctx.project
      return previewRetention(ctx.store, { projectId, policy: { metadataDays, contentDays } })
    }),

  update: projectProcedure('read')
    .input(change)
    .mutation(async ({ ctx, input }): Promise<ProjectPolicy> => {
      const { metadataDays, contentDays, contentAccess } = input
      const { projectId } = ctx.project
      const wanted = {
        projectId,
        metadataDays,
        contentDays,
        ...(contentAccess === undefined ? {} : { contentAccess }),
      }
      return unwrap(await updateRetentionPolicy(ctx.control, ctx.principal, wanted))
    }),
})
