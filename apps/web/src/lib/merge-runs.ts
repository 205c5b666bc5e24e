import type { RunSummary } from '@clew/domain'

interface RunPage {
  items: RunSummary[]
}

/** Puts newer summaries in the place of older ones in a cached list, paged or not; order and length stay. */
export function replaceRuns({ old, byId }: { old: unknown; byId: ReadonlyMap<string, RunSummary> }): unknown {
  if (isPaged(old)) return { ...old, pages: old.pages.map((page) => replaceInPage({ page, byId })) }
  return isPage(old) ? replaceInPage({ page: old, byId }) : old
}

/**
 * Puts a run that has just begun on top of a cached list of what runs, and takes out the one that has ended.
 * Only for lists without further conditions, since only the server can tell whether a run meets them.
 */
export function mergeRunning({
  old,
  byId,
}: {
  old: unknown
  byId: ReadonlyMap<string, RunSummary>
}): unknown {
  if (!isPage(old)) return old
  const known = new Set(old.items.map((run) => run.traceId))
  const begun = [...byId.values()].filter((run) => run.status === 'running' && !known.has(run.traceId))
  const kept = replaceInPage({ page: old, byId }).items.filter((run) => run.status === 'running')
  const items = [...begun, ...kept].toSorted((a, b) => compareStart(b, a))
  return { ...old, items }
}

function compareStart(a: RunSummary, b: RunSummary): number {
  const [left, right] = [BigInt(a.startTimeUnixNano), BigInt(b.startTimeUnixNano)]
  return left < right ? -1 : left > right ? 1 : 0
}

function replaceInPage({ page, byId }: { page: RunPage; byId: ReadonlyMap<string, RunSummary> }): RunPage {
  if (!page.items.some((run) => byId.has(run.traceId))) return page
  return { ...page, items: page.items.map((run) => byId.get(run.traceId) ?? run) }
}

function isPage(data: unknown): data is RunPage {
  return typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items)
}

function isPaged(data: unknown): data is { pages: RunPage[] } {
  return typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages)
}
