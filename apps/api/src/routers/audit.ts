import { listAudit, listAuditInput, type AuditPage } from '@clew/control'
import { unwrap } from '../api-error.ts'
import { knownProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export const auditRouter = router({
  /** Without a project, of the whole organisation. */
  list: knownProcedure.input(listAuditInput).query(async ({ ctx, input }): Promise<AuditPage> => {
    return unwrap(await listAudit(ctx.control, ctx.principal, input))
  }),
})
