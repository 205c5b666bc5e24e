import type { ProjectId, RetentionPolicy } from '@clew/domain'

/** What a reader may see: one project, as long as its policy keeps it, with or without content. */
export interface ProjectScope {
  projectId: ProjectId
  retention: RetentionPolicy
  mayReadContent: boolean
}
