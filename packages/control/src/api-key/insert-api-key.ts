import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId, ProjectId } from '@clew/domain'
import type { Scope } from '../principal.ts'
import { toApiKey } from './api-key.ts'
import type { ApiKey } from './api-key.ts'
import { hashSecret } from './hash-secret.ts'
import type { KeyLimits } from './key-limits.ts'

/** Stores a key by the hash of its secret; undefined when that secret is stored already. */
export async function insertApiKey(
  tx: Transaction,
  key: {
    organisationId: OrganisationId
    projectId: ProjectId
    name: string
    secret: string
    scopes: readonly Scope[]
    createdBy: string
    atMs: number
    expiresAt?: Date
    limits?: KeyLimits
  },
): Promise<ApiKey | undefined> {
  const [row] = await tx
    .insert(tables.apiKey)
    .values({
      organisationId: key.organisationId,
      projectId: key.projectId,
      name: key.name,
      hint: key.secret.slice(-4),
      sha256: hashSecret(key.secret),
      scopes: [...key.scopes],
      createdBy: key.createdBy,
      createdAt: new Date(key.atMs),
      expiresAt: key.expiresAt ?? null,
      ...key.limits,
    })
    .onConflictDoNothing()
    .returning()
  return row === undefined ? undefined : toApiKey(row)
}
