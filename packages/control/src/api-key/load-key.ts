import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import type { OrganisationId, ProjectId } from '@clew/domain'
import { eq } from 'drizzle-orm'
import { isScope } from '../principal.ts'
import type { Scope } from '../principal.ts'
import { toKeyLimits, type KeyLimits } from './key-limits.ts'

/** What authentication has to know about a key. */
export interface KnownKey {
  id: string
  organisationId: OrganisationId
  projectId: ProjectId
  name: string
  hint: string
  scopes: ReadonlySet<Scope>
  limits: KeyLimits
  expiresAtMs: number | undefined
  isRevoked: boolean
}

export async function loadKey(db: Db, sha256: string): Promise<KnownKey | undefined> {
  const [row] = await db.orm.select().from(tables.apiKey).where(eq(tables.apiKey.sha256, sha256))
  if (row === undefined) return undefined
  return {
    id: row.id,
    organisationId: row.organisationId,
    projectId: row.projectId,
    name: row.name,
    hint: row.hint,
    scopes: new Set(row.scopes.filter(isScope)),
    limits: toKeyLimits(row),
    expiresAtMs: row.expiresAt?.getTime(),
    isRevoked: row.revokedAt !== null,
  }
}
