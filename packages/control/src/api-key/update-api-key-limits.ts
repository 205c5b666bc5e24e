import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { mutate } from '../audit/mutate.ts'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { toApiKey } from './api-key.ts'
import type { ApiKey } from './api-key.ts'
import { keyLimitsInput } from './key-limits.ts'
import { lockKey } from './lock-key.ts'

export const updateApiKeyLimitsInput = z.strictObject({
  projectId: projectIdInput,
  keyId: z.uuid('not the id of a key'),
  /** All of them: what is absent has no limit of its own from now on. */
  limits: keyLimitsInput,
})

/** Replaces what a key may send; every process keeps to it within a second. A revoked key stays as it was. Needs `admin`. */
export async function updateApiKeyLimits(
  control: Control,
  principal: Principal,
  input: z.input<typeof updateApiKeyLimitsInput>,
): Promise<Result<ApiKey, ControlFailure>> {
  const wanted = parseInput(updateApiKeyLimitsInput, input)
  if (!wanted.ok) return wanted
  const { projectId, keyId, limits } = wanted.value
  const access = authorise(principal, { scope: 'admin', projectId })
  if (!access.ok) return access
  const { organisationId } = access.value
  const { apiKey } = tables
  return await mutate(control, principal, async (tx) => {
    const locked = await lockKey(tx, { organisationId, projectId, keyId })
    if (!locked.ok) return locked
    const key = locked.value
    if (key.revokedAt !== null) return fail({ code: 'conflict', message: 'this key is revoked' })
    const columns = {
      requestsPerMinute: limits.requestsPerMinute ?? null,
      bytesPerMinute: limits.bytesPerMinute ?? null,
      bodyBytesMax: limits.bodyBytesMax ?? null,
    }
    await tx.update(apiKey).set(columns).where(eq(apiKey.id, keyId))
    const target = { type: 'api-key', id: keyId, label: `${key.name} (…${key.hint})` }
    return ok({
      value: toApiKey({ ...key, ...columns }),
      note: { action: 'api-key.limit', target, projectId, detail: limits },
    })
  })
}
