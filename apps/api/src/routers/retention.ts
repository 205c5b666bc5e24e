import {
  getRetentionPolicy,
  getRetentionPolicyInput,
  updateRetentionPolicy,
  updateRetentionPolicyInput,
  type PolicyWithHistory,
  type ProjectPolicy,
} from '@clew/control'
import { isRetentionDays, type RetentionDays } from '@clew/domain'
import { previewRetention, type RetentionPreview } from '@clew/store'
import { z } from 'zod'
import { unwrap } from '../api-error.ts'
import { knownProcedure, projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

const days = z.custom<RetentionDays>((value) => typeof value === 'number' && isRetentionDays(value), {
  message: 'should be 1, 3, 7, 14, 30, 60, 90, 180, 365 or 730 days',
})

export const retentionRouter = router({
  get: knownProcedure
    .input(getRetentionPolicyInput)
    .query(async ({ ctx, input }): Promise<PolicyWithHistory> => {
      return unwrap(await getRetentionPolicy(ctx.control, ctx.principal, input))
    }),

  /** What the policy would delete, were it in force now. */
  preview: projectProcedure('read')
    .input(z.object({ metadataDays: days, contentDays: days }))
    .query(async ({ ctx, input }): Promise<RetentionPreview> => {
      const { metadataDays, contentDays } = input
      const { projectId } = ctx.project
      return previewRetention(ctx.store, { projectId, policy: { metadataDays, contentDays } })
    }),

  update: knownProcedure
    .input(updateRetentionPolicyInput)
    .mutation(async ({ ctx, input }): Promise<ProjectPolicy> => {
      return unwrap(await updateRetentionPolicy(ctx.control, ctx.principal, input))
    }),
})
