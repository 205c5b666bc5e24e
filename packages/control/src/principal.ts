import type { KeyLimits } from './api-key/key-limits.ts'
import type { OrganisationId, ProjectId } from '@clew/domain'

/** What a principal may do: send telemetry, see it, change what a project holds, change who may. */
export const scopes = ['ingest', 'read', 'write', 'admin'] as const
export type Scope = (typeof scopes)[number]

export function isScope(name: string): name is Scope {
  return scopes.some((scope) => scope === name)
}

/**
 * Who is asking: the one type under ingest, API, streams and web. Persons and keys always carry an explicit
 * list of projects; only the system itself carries `all`.
 */
export interface Principal {
  kind: 'person' | 'key' | 'system'
  id: string
  organisationId: OrganisationId
  projectIds: 'all' | ProjectId[]
  scopes: ReadonlySet<Scope>
  /** True when it may read content in every one of its projects; `authorise` answers for one project. */
  mayReadContent: boolean
  /** Projects whose policy hides content from this principal. */
  contentHiddenIn?: readonly ProjectId[]
  /** A key's own limits on what it sends. */
  limits?: KeyLimits
  /** What people read in the audit log: an e-mail address or a key's name and hint. */
  label: string
}
