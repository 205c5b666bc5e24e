import { listMembers, type Member } from '@clew/control'
import { unwrap } from '../api-error.ts'
import { knownProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export const membersRouter = router({
  list: knownProcedure.query(async ({ ctx }): Promise<Member[]> => {
    return unwrap(await listMembers(ctx.control, ctx.principal))
  }),
})
