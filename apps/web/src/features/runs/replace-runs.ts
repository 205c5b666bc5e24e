import type { RunSummary } from '@clew/domain'

interface RunPage {
  items: RunSummary[]
}

/** Puts newer summaries in the place of older ones in a cached list, paged or not; order and length stay. */
export function replaceRuns({ old, byId }: { old: unknown; byId: ReadonlyMap<string, RunSummary> }): unknown {
  if (isPaged(old)) return { ...old, pages: old.pages.map((page) => replaceInPage({ page, byId })) }
  return isPage(old) ? replaceInPage({ page: old, byId }) : old
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
