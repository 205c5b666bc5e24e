import {
  createApiKey,
  createApiKeyInput,
  listApiKeys,
  listApiKeysInput,
  revokeApiKey,
  revokeApiKeyInput,
  updateApiKeyLimits,
  updateApiKeyLimitsInput,
  type ApiKey,
  type CreatedApiKey,
} from '@clew/control'
import { unwrap } from '../api-error.ts'
import { knownProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export const keysRouter = router({
  list: knownProcedure.input(listApiKeysInput).query(async ({ ctx, input }): Promise<ApiKey[]> => {
    return unwrap(await listApiKeys(ctx.control, ctx.principal, input))
  }),

  /** The secret is shown this once. */
  create: knownProcedure.input(createApiKeyInput).mutation(async ({ ctx, input }): Promise<CreatedApiKey> => {
    return unwrap(await createApiKey(ctx.control, ctx.principal, input))
  }),

  limit: knownProcedure.input(updateApiKeyLimitsInput).mutation(async ({ ctx, input }): Promise<ApiKey> => {
    return unwrap(await updateApiKeyLimits(ctx.control, ctx.principal, input))
  }),

  revoke: knownProcedure.input(revokeApiKeyInput).mutation(async ({ ctx, input }): Promise<ApiKey> => {
    return unwrap(await revokeApiKey(ctx.control, ctx.principal, input))
  }),
})
