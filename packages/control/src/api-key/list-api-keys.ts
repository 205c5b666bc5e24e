import { tables } from '@clew/db'
import { ok } from '@clew/domain'
import type { Result } from '@clew/domain'
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'
import { toApiKey } from './api-key.ts'
import type { ApiKey } from './api-key.ts'

export const listApiKeysInput = z.strictObject({ projectId: projectIdInput })

/** A project's keys, newest first, the revoked ones included. Needs `admin`. */
export async function listApiKeys(
  control: Control,
  principal: Principal,
  input: z.input<typeof listApiKeysInput>,
): Promise<Result<ApiKey[], ControlFailure>> {
  const wanted = parseInput(listApiKeysInput, input)
  if (!wanted.ok) return wanted
  const { projectId } = wanted.value
  const access = authorise(principal, { scope: 'admin', projectId })
  if (!access.ok) return access
  const { apiKey } = tables
  const rows = await control.db.orm
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.projectId, projectId), eq(apiKey.organisationId, access.value.organisationId)))
    .orderBy(desc(apiKey.createdAt), desc(apiKey.id))
  return ok(rows.map((row) => withLatestUse(control, toApiKey(row))))
}

// Uses are written some seconds late; this process already knows its own.
function withLatestUse(control: Control, key: ApiKey): ApiKey {
  const usedAtMs = control.usage.lastUsedAtMs(key.id)
  if (usedAtMs === undefined) return key
  const writtenAtMs = key.lastUsedAt === undefined ? 0 : Date.parse(key.lastUsedAt)
  return { ...key, lastUsedAt: new Date(Math.max(usedAtMs, writtenAtMs)).toISOString() }
}
