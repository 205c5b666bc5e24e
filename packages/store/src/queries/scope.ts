import type { ProjectId, RetentionPolicy } from '@clew/domain'

/** What every question about a project carries: whose data, and how far back they may be seen. */
export interface ProjectScope {
  projectId: ProjectId
  retention: RetentionPolicy
}

export interface Page<Item> {
  items: Item[]
  /** Opaque; absent on the last page. */
  nextCursor?: string
}
