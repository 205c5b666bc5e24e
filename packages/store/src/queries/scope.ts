import type { ProjectId, RetentionDays, RetentionPolicy } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import type { Store } from '../store.ts'

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

const dayMs = 86_400_000

/** The oldest start that the policy lets anyone see, in decimal nanoseconds. */
export function cutoffNs(store: Store, days: RetentionDays): string {
  return toUnixNano(Math.max(0, store.clock() - days * dayMs))
}

/** `projectId`, `cutoff` and `contentCutoff`, which every query binds. */
export function scopeParams(
  store: Store,
  scope: ProjectScope,
): { projectId: string; cutoff: string; contentCutoff: string } {
  return {
    projectId: scope.projectId,
    cutoff: cutoffNs(store, scope.retention.metadataDays),
    contentCutoff: cutoffNs(store, scope.retention.contentDays),
  }
}

/** A bound DateTime64(9) from bound nanoseconds, for a statement. */
export function boundTime(param: string): string {
  return `fromUnixTimestamp64Nano({${param}:Int64}, 'UTC')`
}

/** Narrows a statement to what was received since then; nothing for everything. */
export function receivedSince(sinceMs: number | undefined): string {
  return sinceMs === undefined
    ? ''
    : " AND received_at >= fromUnixTimestamp64Milli({receivedSince:Int64}, 'UTC')"
}

/** What `receivedSince` binds. */
export function receivedSinceParams(sinceMs: number | undefined): { receivedSince?: string } {
  return sinceMs === undefined ? {} : { receivedSince: String(Math.trunc(sinceMs)) }
}
