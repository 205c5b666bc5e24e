import { listAudit, listMembers, type AuditEntry, type Member } from '@clew/control'
import { unwrap } from '../api-error.ts'
import { page, projectId } from '../inputs.ts'
import { knownProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

const auditPage = page.extend({ projectId: projectId.optional() })

export interface AuditPage {
  items: AuditEntry[]
  nextCursor?: string
}

export const auditRouter = router({
  /** Without a project, of the whole organisation. */
  list: knownProcedure.input(auditPage).query(async ({ ctx, input }): Promise<AuditPage> => {
    const wanted = {
      limit: input.limit,
      ...(input.cursor === undefined ? {} : { cursor: input.cursor }),
      ...(input.projectId === undefined ? {} : { projectId: input.projectId }),
    }
    return unwrap(await listAudit(ctx.control, ctx.principal, wanted))
  }),
})

export const membersRouter = router({
  list: knownProcedure.query(async ({ ctx }): Promise<Member[]> => {
    return unwrap(await listMembers(ctx.control, ctx.principal, {}))
  }),
})
