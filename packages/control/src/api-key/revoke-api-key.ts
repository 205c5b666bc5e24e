import { tables } from '@clew/db'
import { ok } from '@clew/domain'
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
import { lockKey } from './lock-key.ts'

export const revokeApiKeyInput = z.strictObject({
  projectId: projectIdInput,
  keyId: z.uuid('not the id of a key'),
})

/** Ends a key for good; every process refuses it within a second. Revoking twice is no failure. Needs `admin`. */
export async function revokeApiKey(
  control: Control,
  principal: Principal,
  input: z.input<typeof revokeApiKeyInput>,
): Promise<Result<ApiKey, ControlFailure>> {
  const wanted = parseInput(revokeApiKeyInput, input)
  if (!wanted.ok) return wanted
  const { projectId, keyId } = wanted.value
  const access = authorise(principal, { scope: 'admin', projectId })
  if (!access.ok) return access
  const { organisationId } = access.value
  const { apiKey } = tables
  return await mutate(control, principal, async (tx) => {
    const locked = await lockKey(tx, { organisationId, projectId, keyId })
    if (!locked.ok) return locked
    const key = locked.value
    if (key.revokedAt !== null) return ok({ value: toApiKey(key) })
    const revokedAt = new Date(control.clock())
    await tx.update(apiKey).set({ revokedAt }).where(eq(apiKey.id, keyId))
    const target = { type: 'api-key', id: keyId, label: `${key.name} (…${key.hint})` }
    return ok({
      value: toApiKey({ ...key, revokedAt }),
      note: { action: 'api-key.revoke', target, projectId },
    })
  })
}
