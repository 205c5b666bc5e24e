import type { tables } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import { isScope } from '../principal.ts'
import type { Scope } from '../principal.ts'
import { toKeyLimits, type KeyLimits } from './key-limits.ts'

/** A key as people see it; its secret was shown once and is stored nowhere. */
export interface ApiKey {
  id: string
  projectId: ProjectId
  name: string
  /** The last four characters of the secret. */
  hint: string
  scopes: Scope[]
  limits: KeyLimits
  createdBy: string
  createdAt: string
  expiresAt?: string
  revokedAt?: string
  lastUsedAt?: string
}

export function toApiKey(row: typeof tables.apiKey.$inferSelect): ApiKey {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes.filter(isScope),
    limits: toKeyLimits(row),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    ...(row.expiresAt !== null && { expiresAt: row.expiresAt.toISOString() }),
    ...(row.revokedAt !== null && { revokedAt: row.revokedAt.toISOString() }),
    ...(row.lastUsedAt !== null && { lastUsedAt: row.lastUsedAt.toISOString() }),
  }
}
