import type { FeedEntry, ProjectId } from '@clew/domain'
import type { InsertBatch } from '@clew/store'

type FeedNews = { projectId: ProjectId } & Omit<FeedEntry, 'seq'>

interface Changed {
  traceIds: Set<string>
  sessionIds: Set<string>
}

/** What the feed is told of a stored batch: by project and kind, the traces and sessions that received something. */
export function toFeedEntries({ spans, logs, runEvents }: InsertBatch): FeedNews[] {
  const spansOf = new Map<ProjectId, Changed>()
  for (const { owner, span } of spans) {
    const { traceIds, sessionIds } = changedOf(spansOf, owner.projectId)
    traceIds.add(span.traceId)
    if (span.sessionId !== undefined) sessionIds.add(span.sessionId)
  }
  const logsOf = new Map<ProjectId, Changed>()
  for (const { owner, log } of logs) {
    if (log.traceId !== undefined) changedOf(logsOf, owner.projectId).traceIds.add(log.traceId)
  }
  for (const { owner, event } of runEvents) changedOf(logsOf, owner.projectId).traceIds.add(event.traceId)
  return [...toNews('span', spansOf), ...toNews('log', logsOf)]
}

function changedOf(byProject: Map<ProjectId, Changed>, projectId: ProjectId): Changed {
  const changed = byProject.get(projectId) ?? { traceIds: new Set(), sessionIds: new Set() }
  byProject.set(projectId, changed)
  return changed
}

function toNews(kind: FeedNews['kind'], byProject: Map<ProjectId, Changed>): FeedNews[] {
  return [...byProject].map(([projectId, { traceIds, sessionIds }]) => ({
    projectId,
    kind,
    traceIds: [...traceIds],
    sessionIds: [...sessionIds],
  }))
}
