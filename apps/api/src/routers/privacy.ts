import { getRetentionPolicy } from '@clew/control'
import type { RetentionDays } from '@clew/domain'
import { listRedactions } from '@clew/store'
import { unwrap } from '../api-error.ts'
import { listFurtherKinds, listSecretKinds, toSecretKind, type SecretKind } from '../reads/secret-words.ts'
import { projectProcedure } from '../trpc/procedures.ts'
import { router } from '../trpc/trpc.ts'

export interface PrivacyState {
  /** Taken out of everything that comes in; nobody can switch it off. */
  kinds: SecretKind[]
  /** Taken out where an app asks for it. */
  furtherKinds: SecretKind[]
  /** Who may read inputs and outputs, and how long they are kept. */
  content: { access: 'readers' | 'nobody'; days: RetentionDays }
  recent: {
    /** Milliseconds since the epoch. */
    sinceMs: number
    redactions: (SecretKind & { count: number; runCount: number; lastReceivedAtMs: number })[]
  }
}

const recentMs = 7 * 86_400_000

export const privacyRouter = router({
  get: projectProcedure('read').query(async ({ ctx }): Promise<PrivacyState> => {
    const { projectId } = ctx.project
    const sinceMs = ctx.clock() - recentMs
    const [policy, redactions] = await Promise.all([
      getRetentionPolicy(ctx.control, ctx.principal, { projectId }),
      listRedactions(ctx.store, { projectId, receivedSinceMs: sinceMs }),
    ])
    const { contentAccess, contentDays } = unwrap(policy).policy
    return {
      kinds: listSecretKinds(),
      furtherKinds: listFurtherKinds(),
      content: { access: contentAccess, days: contentDays },
      recent: {
        sinceMs,
        redactions: redactions.map(({ rule, ...counted }) => ({ ...toSecretKind(rule), ...counted })),
      },
    }
  }),
})
