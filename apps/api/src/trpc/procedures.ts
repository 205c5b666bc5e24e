import { authorise, retentionOf, type Scope } from '@clew/control'
import { unwrap } from '../api-error.ts'
import { inProject } from '../inputs.ts'
import type { ProjectScope } from '../project-scope.ts'
import { procedure } from './trpc.ts'

/** Anybody, also before the first set-up. */
export const publicProcedure = procedure

/** Somebody known; the verb below decides what they may do. */
export const knownProcedure = procedure.use(({ ctx, next }) => {
  return next({ ctx: { principal: unwrap(ctx.authentication) } })
})

/** Somebody who may do `scope` in the project of the input. */
export function projectProcedure(scope: Scope) {
  return knownProcedure.input(inProject).use(async ({ ctx, input, next }) => {
    const { projectId } = input
    const access = unwrap(authorise(ctx.principal, { scope, projectId }))
    const retention = await retentionOf(ctx.control, projectId)
    const project: ProjectScope = { projectId, retention, mayReadContent: access.mayReadContent }
    return next({ ctx: { project, organisationId: access.organisationId } })
  })
}
