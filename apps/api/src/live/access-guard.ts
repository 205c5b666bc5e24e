import { authorise, retentionOf, type Scope } from '@clew/control'
import { unwrap } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'
import type { ApiContext } from '../trpc/context.ts'

export type StreamContext = Pick<ApiContext, 'clock' | 'control' | 'logger' | 'reauthenticate' | 'store'> & {
  project: ProjectScope
}

/** A stream of somebody whose key or session was revoked closes within this time. */
export const guardMs = 2000

export interface AccessGuard {
  /** What the caller may see now; throws once they may not. Asks at most every `guardMs`. */
  check(): Promise<ProjectScope>
}

/** Keeps asking whether the subscriber may still see the project. */
export function createAccessGuard(options: { ctx: StreamContext; scope: Scope }): AccessGuard {
  const { ctx, scope } = options
  const { projectId } = ctx.project
  let project = ctx.project
  let checkedAt = ctx.clock()
  return {
    check: async () => {
      if (ctx.clock() - checkedAt < guardMs) return project
      const principal = unwrap(await ctx.reauthenticate())
      const { mayReadContent } = unwrap(authorise(principal, { scope, projectId }))
      project = { projectId, mayReadContent, retention: await retentionOf(ctx.control, projectId) }
      checkedAt = ctx.clock()
      return project
    },
  }
}
