export { authenticate } from './authenticate.ts'
export type { AuthenticationFailure, RequestHeaders } from './authenticate.ts'
export { authorise } from './authorise.ts'
export type { Access, Refusal } from './authorise.ts'
export { openControl } from './control.ts'
export type { Control, ControlOptions } from './control.ts'
export type { ControlFailure } from './failure.ts'
export { scopes } from './principal.ts'
export type { Principal, Scope } from './principal.ts'
export {
  completeSetup,
  createApiKey,
  createProject,
  currentFeedSeq,
  ensureInitial,
  firstRunLink,
  getOrganisation,
  getPerson,
  getProject,
  getRetentionPolicy,
  handleAuthRequest,
  listApiKeys,
  listAudit,
  listMembers,
  listProjects,
  listRecentRefusals,
  noteRefusedKey,
  publishFeed,
  readFeedSince,
  readSetupState,
  renameProject,
  retentionOf,
  revokeApiKey,
  subscribeFeed,
  systemPrincipal,
  updateRetentionPolicy,
} from './skeleton.ts'
export type { ApiKey, AuditEntry, Member, Person, Project, ProjectPolicy, RefusedKey } from './skeleton.ts'
