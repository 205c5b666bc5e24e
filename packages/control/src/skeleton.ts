import type {
  FeedEntry,
  OrganisationId,
  ProjectId,
  Result,
  RetentionDays,
  RetentionPolicy,
} from '@clew/domain'
import type { Control } from './control.ts'
import type { ControlFailure } from './failure.ts'
import type { Principal, Scope } from './principal.ts'

const later = (): never => {
  throw new Error('not implemented')
}
type Verb<Input, Output> = (
  control: Control,
  principal: Principal,
  input: Input,
) => Promise<Result<Output, ControlFailure>>

export interface Project {
  id: ProjectId
  organisationId: OrganisationId
  slug: string
  name: string
  createdAt: string
}
export interface ApiKey {
  id: string
  projectId: ProjectId
  name: string
  /** The last four characters of the secret. */
  hint: string
  scopes: Scope[]
  createdBy: string
  createdAt: string
  expiresAt?: string
  revokedAt?: string
  lastUsedAt?: string
}
/** What a project keeps and who may see its content. */
export interface ProjectPolicy extends RetentionPolicy {
  contentAccess: 'readers' | 'nobody'
  inForceFrom: string
  setBy: string
}
export interface Member {
  id: string
  email: string
  name: string
  role: 'owner' | 'admin' | 'member' | 'viewer'
  joinedAt: string
}
export interface AuditEntry {
  id: string
  at: string
  actor: { kind: Principal['kind']; id: string; label: string }
  action: string
  target: { type: string; id: string; label?: string }
  projectId?: ProjectId
  detail: Record<string, unknown>
}

export const createProject: Verb<{ name: string; slug?: string }, Project> = later
export const renameProject: Verb<{ projectId: ProjectId; name: string }, Project> = later
export const listProjects: Verb<Record<string, never>, Project[]> = later
/** By id or slug. */
export const getProject: Verb<{ project: string }, Project> = later
export const createApiKey: Verb<
  { projectId: ProjectId; name: string; scopes: Scope[]; expiresAt?: string },
  { key: ApiKey; secret: string }
> = later
export const listApiKeys: Verb<{ projectId: ProjectId }, ApiKey[]> = later
export const revokeApiKey: Verb<{ projectId: ProjectId; keyId: string }, ApiKey> = later
export const getRetentionPolicy: Verb<
  { projectId: ProjectId },
  { policy: ProjectPolicy; history: ProjectPolicy[] }
> = later
export const updateRetentionPolicy: Verb<
  {
    projectId: ProjectId
    metadataDays: RetentionDays
    contentDays: RetentionDays
    contentAccess?: 'readers' | 'nobody'
  },
  ProjectPolicy
> = later
export const listMembers: Verb<Record<string, never>, Member[]> = later
export const listAudit: Verb<
  { projectId?: ProjectId; limit?: number; cursor?: string },
  { items: AuditEntry[]; nextCursor?: string }
> = later

/** The policy in force now, from memory when it is known. */
export const retentionOf: (control: Control, projectId: ProjectId) => Promise<RetentionPolicy> = later

/** better-auth under `/api/auth/*`; `clientAddress` is the socket's or the trusted proxy's, for rate limits. */
export const handleAuthRequest: (
  control: Control,
  request: Request,
  options?: { clientAddress?: string },
) => Promise<Response> = later
export interface Person {
  id: string
  email: string
  name: string
}
/** The person behind a principal of kind `person`. */
export const getPerson: (control: Control, principal: Principal) => Promise<Person | undefined> = later
/** Name and id of the principal's organisation. */
export const getOrganisation: (
  control: Control,
  principal: Principal,
) => Promise<{ id: OrganisationId; name: string } | undefined> = later

export const readSetupState: (control: Control) => Promise<{ needed: boolean }> = later
/** `<publicUrl>/setup?token=…` while no person exists, for the log of the first start. */
export const firstRunLink: (control: Control) => Promise<string | undefined> = later
/** `setCookies` are whole Set-Cookie values that sign the new person in. */
export const completeSetup: (
  control: Control,
  input: { token: string; email: string; password: string; name: string; projectName: string },
) => Promise<
  Result<{ project: Project; key: { key: ApiKey; secret: string }; setCookies: string[] }, ControlFailure>
> = later
/** The headless first start; idempotent. */
export const ensureInitial: (
  control: Control,
  input: { adminEmail?: string; adminPassword?: string; project?: string; apiKey?: string },
) => Promise<Result<{ projectId?: ProjectId }, ControlFailure>> = later

/** Resolves when the coalesced batch (20-50 ms a project) is committed. */
export const publishFeed: (
  control: Control,
  entry: { projectId: ProjectId } & Omit<FeedEntry, 'seq'>,
) => Promise<void> = later
/** Subscribe first, then `readFeedSince`, and drop what has been seen by `seq`. */
export const subscribeFeed: (
  control: Control,
  projectId: ProjectId,
  onEntry: (entry: FeedEntry) => void,
) => () => void = later
export const readFeedSince: (
  control: Control,
  from: { projectId: ProjectId; seq: number },
) => Promise<{ entries: FeedEntry[] } | 'resync'> = later
export const currentFeedSeq: (control: Control, projectId: ProjectId) => Promise<number> = later

export interface RefusedKey {
  at: string
  code: 'unknown-key' | 'revoked-key' | 'expired-key' | 'forbidden'
  /** Last four characters. */
  hint: string
}
export const noteRefusedKey: (control: Control, refusal: Omit<RefusedKey, 'at'>) => void = later
export const listRecentRefusals: (control: Control, since?: { sinceMs: number }) => RefusedKey[] = later

/** What a service does in its own name, such as the summariser. */
export const systemPrincipal: (of: { organisationId: OrganisationId; label: string }) => Principal = later
