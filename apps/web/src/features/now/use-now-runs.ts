'use client'

import type { RunSummary } from '@clew/domain'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { mergeRunning, replaceRuns } from '#lib/merge-runs.ts'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeed, useFeedPulse } from '#lib/use-feed.tsx'
import { useNow } from '#lib/use-now.ts'
import { useProject } from '#shell/project-context.tsx'

const hourMs = 3_600_000
const minuteMs = 60_000
/** The boards are computed from this many of the latest runs, and say so where there were more. */
const sampleMax = 200

/** What runs, and the last hour; both follow the feed. */
export function useNowRuns() {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const { id: projectId } = useProject()
  const untilMs = Math.floor(useNow(15_000) / minuteMs) * minuteMs + minuteMs
  const sinceMs = untilMs - hourMs
  const runningOptions = trpc.runs.list.queryOptions({
    projectId,
    filter: { scope: 'root', where: { field: 'status', op: '=', value: 'running' } },
    limit: 50,
  })
  const runningKey: readonly unknown[] = runningOptions.queryKey
  const running = useQuery(runningOptions)
  const lastHour = useQuery({
    ...trpc.runs.list.queryOptions({
      projectId,
      filter: { scope: 'root', since: sinceMs },
      limit: sampleMax,
    }),
    placeholderData: keepPreviousData,
  })
  const count = useQuery({
    ...trpc.runs.count.queryOptions({ projectId, filter: { scope: 'root', since: sinceMs } }),
    placeholderData: keepPreviousData,
  })
  const figures = useQuery({
    ...trpc.runs.boardFigures.queryOptions({ projectId, since: sinceMs }),
    placeholderData: keepPreviousData,
  })
  useFeed(({ runs }) => {
    if (runs.length === 0) return
    const byId = new Map<string, RunSummary>(runs.map((run) => [run.traceId, run]))
    cache.setQueriesData({ queryKey: trpc.runs.list.pathKey() }, (old: unknown) => replaceRuns({ old, byId }))
    cache.setQueryData(runningKey, (old: unknown) => mergeRunning({ old, byId }))
  })
  useFeedPulse({
    everyMs: 1500,
    onPulse: () => {
      void running.refetch()
      void lastHour.refetch()
      void count.refetch()
      void figures.refetch()
    },
  })
  return {
    running: running.data?.items.filter((run) => run.status === 'running'),
    lastHour: lastHour.data?.items,
    count: count.data?.count,
    figures: figures.data,
    sinceMs,
    untilMs,
    error: running.error ?? lastHour.error,
    retry: () => {
      void running.refetch()
      void lastHour.refetch()
    },
  }
}
