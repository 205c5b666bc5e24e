import {
  completeSetup,
  completeSetupInput,
  listRecentRefusals,
  readSetupState,
  type RefusedKey,
} from '@clew/control'
import { firstSpanOf } from '@clew/store'
import { z } from 'zod'
import { unwrap } from '../api-error.ts'
import { projectProcedure, publicProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface SetupState {
  /** True until the first person exists. */
  needed: boolean
  /** Where agents send OTLP. */
  otlpUrl: string
  publicUrl: string
  /** Only while set-up is needed. */
  dataDir?: string
}

export interface FirstSpan {
  /** Absent while nothing has arrived since. */
  traceId?: string
  receivedAtMs?: number
  /** Requests since then whose key was refused, newest first. */
  refusals: RefusedKey[]
}

export const setupRouter = router({
  state: publicProcedure.query(async ({ ctx }): Promise<SetupState> => {
    const { needed } = await readSetupState(ctx.control)
    const { otlpUrl, publicUrl, dataDir } = ctx.config
    return { needed, otlpUrl, publicUrl, ...(needed && dataDir !== undefined ? { dataDir } : {}) }
  }),

  /** Creates person, project and first key, and signs the person in. The secret is shown this once. */
  complete: publicProcedure.input(completeSetupInput).mutation(async ({ ctx, input }) => {
    const { project, key, setCookies } = unwrap(await completeSetup(ctx.control, input))
    ctx.setCookies(setCookies)
    return { project, key: key.key, secret: key.secret }
  }),

  firstSpan: projectProcedure('read')
    .input(z.object({ since: z.number().int().nonnegative() }))
    .query(async ({ ctx, input }): Promise<FirstSpan> => {
      const { projectId } = ctx.project
      const first = await firstSpanOf(ctx.store, { projectId, sinceMs: input.since })
      const refusals = await listRecentRefusals(ctx.control, { sinceMs: input.since })
      return { ...first, refusals }
    }),
})
