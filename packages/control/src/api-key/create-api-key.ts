import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { mutate } from '../audit/mutate.ts'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { nameInput, parseInput, projectIdInput } from '../parse-input.ts'
import { scopes } from '../principal.ts'
import type { Principal } from '../principal.ts'
import type { ApiKey } from './api-key.ts'
import { createSecret } from './create-secret.ts'
import { insertApiKey } from './insert-api-key.ts'
import { keyLimitsInput } from './key-limits.ts'

export const createApiKeyInput = z.strictObject({
  projectId: projectIdInput,
  name: nameInput,
  scopes: z.array(z.enum(scopes)).min(1, 'at least one').max(scopes.length),
  /** Absent: until it is revoked. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  limits: keyLimitsInput.optional(),
})

/** A new key with its secret, which is shown this once. */
export interface CreatedApiKey {
  key: ApiKey
  secret: string
}

/** Makes a key for one project. Needs `admin`; a key cannot hand on a scope that it lacks itself. */
export async function createApiKey(
  control: Control,
  principal: Principal,
  input: z.input<typeof createApiKeyInput>,
): Promise<Result<CreatedApiKey, ControlFailure>> {
  const wanted = parseInput(createApiKeyInput, input)
  if (!wanted.ok) return wanted
  const { projectId, name, expiresAt, limits = {} } = wanted.value
  const access = authorise(principal, { scope: 'admin', projectId })
  if (!access.ok) return access
  const granted = [...new Set(wanted.value.scopes)]
  const lacking = granted.find((scope) => principal.kind === 'key' && !principal.scopes.has(scope))
  if (lacking !== undefined) {
    return fail({ code: 'forbidden', message: `this key lacks the scope "${lacking}" and cannot hand it on` })
  }
  if (expiresAt !== undefined && Date.parse(expiresAt) <= control.clock()) {
    return fail({ code: 'invalid', message: 'expiresAt: must lie in the future', field: 'expiresAt' })
  }
  const { organisationId } = access.value
  return await mutate(control, principal, async (tx) => {
    const { project } = tables
    const [owner] = await tx
      .select({ id: project.id })
      .from(project)
      .where(and(eq(project.id, projectId), eq(project.organisationId, organisationId)))
    if (owner === undefined) return fail({ code: 'not-found', message: 'there is no such project' })
    const secret = createSecret()
    const key = await insertApiKey(tx, {
      organisationId,
      projectId,
      name,
      secret,
      scopes: granted,
      limits,
      createdBy: principal.label,
      atMs: control.clock(),
      ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
    })
    if (key === undefined) return fail({ code: 'conflict', message: 'this key exists already' })
    const target = { type: 'api-key', id: key.id, label: `${name} (…${key.hint})` }
    const detail = { scopes: granted, ...(expiresAt !== undefined && { expiresAt }), ...limits }
    return ok({ value: { key, secret }, note: { action: 'api-key.create', target, projectId, detail } })
  })
}
