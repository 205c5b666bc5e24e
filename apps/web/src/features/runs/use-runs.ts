'use client'

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FilterCondition, RunSummary } from '@clew/domain'
import { mergeRunning, replaceRuns } from '#lib/merge-runs.ts'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeed, useFeedPulse } from '#lib/use-feed.tsx'
import { useProject } from '#shell/project-context.tsx'
import { toFilter } from './runs-url.ts'
import type { RunsView } from './runs-url.ts'

export const histogramBuckets = 72
const surfacedMax = 5
const pageSize = 60
const isRunning: FilterCondition = { field: 'status', op: '=', value: 'running' }
const isFailed: FilterCondition = { field: 'status', op: '=', value: 'error' }

/** The lists of the runs page: what runs, what failed, and everything; kept current while the view is live. */
export function useRuns(options: { view: RunsView; since: number; until: number | undefined }) {
  const { view, since } = options
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const bounds = { view, since, ...(options.until === undefined ? {} : { until: options.until }) }
  const isGrouped =
    view.scope === 'root' && view.sort.by === 'start' && view.sort.direction === 'desc' && !namesStatus(view)
  const everything = toFilter(bounds)
  const failedFilter = toFilter({ ...bounds, also: [isFailed] })
  const runningOptions = trpc.runs.list.queryOptions({
    projectId,
    filter: toFilter({ ...bounds, also: [isRunning] }),
    limit: 50,
  })
  const running = useQuery({
    ...runningOptions,
    enabled: isGrouped,
    placeholderData: keepPreviousData,
  })
  const failed = useQuery({
    ...trpc.runs.list.queryOptions({ projectId, filter: failedFilter, limit: surfacedMax }),
    enabled: isGrouped,
    placeholderData: keepPreviousData,
  })
  const failedCount = useQuery({
    ...trpc.runs.count.queryOptions({ projectId, filter: failedFilter }),
    placeholderData: keepPreviousData,
  })
  const count = useQuery({
    ...trpc.runs.count.queryOptions({ projectId, filter: everything }),
    placeholderData: keepPreviousData,
  })
  const all = useInfiniteQuery({
    ...trpc.runs.list.infiniteQueryOptions(
      { projectId, filter: everything, sort: view.sort, limit: pageSize },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  })
  const isOpenEnded = options.until === undefined
  useLiveRuns({
    isLive: view.isLive,
    pagesLoaded: all.data?.pages.length ?? 0,
    ...(isOpenEnded && view.conditions.length === 0 && view.words === ''
      ? { unfilteredKey: runningOptions.queryKey }
      : {}),
  })
  return {
    running: isGrouped ? (running.data?.items ?? []).filter((run) => run.status === 'running') : [],
    failed: isGrouped ? (failed.data?.items ?? []) : [],
    failedCount: failedCount.data?.count ?? 0,
    count: count.data?.count,
    all,
    isGrouped,
  }
}

/**
 * Replaces rows in place as they change, and reads again, at most every two seconds, for new ones. What
 * begins to run shows at once where no filter could keep it out.
 */
function useLiveRuns(options: {
  isLive: boolean
  pagesLoaded: number
  unfilteredKey?: readonly unknown[]
}): void {
  const { isLive, pagesLoaded, unfilteredKey } = options
  const trpc = useTrpc()
  const cache = useQueryClient()
  useFeed(({ runs }) => {
    if (!isLive || runs.length === 0) return
    const byId = new Map<string, RunSummary>(runs.map((run) => [run.traceId, run]))
    cache.setQueriesData({ queryKey: trpc.runs.list.pathKey() }, (old: unknown) => replaceRuns({ old, byId }))
    if (unfilteredKey !== undefined)
      cache.setQueryData(unfilteredKey, (old: unknown) => mergeRunning({ old, byId }))
  })
  useFeedPulse({
    everyMs: 2000,
    isOn: isLive,
    onPulse: () => {
      void cache.invalidateQueries({ queryKey: trpc.runs.count.pathKey() })
      void cache.invalidateQueries({ queryKey: trpc.runs.histogram.pathKey() })
      // Somebody who has scrolled far reads; their pages stay until they come back to the top.
      const filters = { queryKey: trpc.runs.list.pathKey() }
      void cache.invalidateQueries(pagesLoaded > 3 ? { ...filters, predicate: isSinglePage } : filters)
    },
  })
}

function isSinglePage(query: { state: { data: unknown } }): boolean {
  const { data } = query.state
  return typeof data !== 'object' || data === null || !('pages' in data)
}

function namesStatus(view: RunsView): boolean {
  return view.conditions.some((condition) => condition.field === 'status')
}
