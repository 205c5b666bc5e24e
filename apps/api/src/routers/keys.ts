import { createApiKey, listApiKeys, revokeApiKey, scopes, type ApiKey } from '@clew/control'
import { z } from 'zod'
import { unwrap } from '../api-error.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

const newKey = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  expiresAt: z.iso.datetime().optional(),
})

export const keysRouter = router({
  list: projectProcedure('read').query(async ({ ctx }): Promise<ApiKey[]> => {
    const { projectId } = ctx.project
    return unwrap(await listApiKeys(ctx.control, ctx.principal, { projectId }))
  }),

  /** The secret is shown this once. */
  create: projectProcedure('read')
    .input(newKey)
    .mutation(async ({ ctx, input }): Promise<{ key: ApiKey; secret: string }> => {
      const { projectId } = ctx.project
      const { name, scopes: wanted, expiresAt } = input
      const key = { projectId, name, scopes: wanted, ...(expiresAt === undefined ? {} : { expiresAt }) }
      return unwrap(await createApiKey(ctx.control, ctx.principal, key))
    }),

  revoke: projectProcedure('read')
    .input(z.object({ keyId: z.string().min(1).max(100) }))
    .mutation(async ({ ctx, input }): Promise<ApiKey> => {
      const { projectId } = ctx.project
      return unwrap(await revokeApiKey(ctx.control, ctx.principal, { projectId, keyId: input.keyId }))
    }),
})
