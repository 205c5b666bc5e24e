'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatFilterText } from '@clew/domain/filter-text'
import { formatCount } from '@clew/domain/format'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useUrlState } from '#lib/url-state.ts'
import { useKeys } from '#lib/use-keys.tsx'
import { useNow } from '#lib/use-now.ts'
import { PageTop } from '#shell/page-top.tsx'
import { useProject } from '#shell/project-context.tsx'
import { ErrorState, LoadingRows } from '#ui/states.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Histogram } from './histogram.tsx'
import { NoRuns } from './no-runs.tsx'
import { runColumns } from '#ui/run-row.tsx'
import { RunsActions } from './runs-actions.tsx'
import { RunsTable } from './runs-table.tsx'
import { ranges, readRunsView, toFilter, toWindow } from './runs-url.ts'
import type { RunsView } from './runs-url.ts'
import { buildSuggestions } from './suggestions.ts'
import { buildTableRows } from './table-rows.ts'
import { histogramBuckets, useRuns } from './use-runs.ts'

/** All runs of the project: a histogram to choose time, a filter to choose runs, a table to choose one. */
export function RunsPage() {
  const { params, patch } = useUrlState()
  const view = readRunsView(params)
  const nowMs = useNow(5000)
  const frame = toWindow({ range: view.range, nowMs, buckets: histogramBuckets })
  const facets = useFacets({ view, since: frame.since })
  const runs = useRuns({ view, since: view.brush?.from ?? frame.since, until: view.brush?.to })
  const toggleLive = () => patch({ live: view.isLive ? '0' : undefined })
  useKeys([{ keys: 'l', label: 'live', run: toggleLive }])
  return (
    <>
      <PageTop title="Runs" detail={describeCount({ view, count: runs.count })}>
        <RunsActions
          range={view.range}
          isLive={view.isLive}
          onRange={(range) => patch({ range, from: undefined, to: undefined }, { push: true })}
          onLive={toggleLive}
        />
      </PageTop>
      <FilterBar
        scope={view.scope}
        conditions={view.conditions}
        words={view.words}
        suggest={(typed) => buildSuggestions({ typed, facets })}
        onScope={(scope) => patch({ scope: scope === 'root' ? undefined : scope })}
        onChange={({ conditions, words }) =>
          patch({ q: formatFilterText({ conditions: [...conditions], words }) }, { push: true })
        }
      />
      <RunsHistogram view={view} frame={frame} patch={patch} />
      <RunsBody view={view} runs={runs} patch={patch} />
    </>
  )
}

type Patch = ReturnType<typeof useUrlState>['patch']
type Frame = ReturnType<typeof toWindow>

function RunsHistogram({ view, frame, patch }: { view: RunsView; frame: Frame; patch: Patch }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery({
    ...trpc.runs.histogram.queryOptions({
      projectId,
      filter: toFilter({ view, since: frame.since, until: frame.until }),
      buckets: histogramBuckets,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Histogram
      buckets={query.data}
      {...frame}
      brush={view.brush}
      onBrush={(brush) => patch({ from: brush?.from.toString(), to: brush?.to?.toString() }, { push: true })}
    />
  )
}

function RunsBody({ view, runs, patch }: { view: RunsView; runs: ReturnType<typeof useRuns>; patch: Patch }) {
  const { all } = runs
  const items = all.data?.pages.flatMap((page) => page.items) ?? []
  if (all.data === undefined) {
    if (all.error === null)
      return <LoadingRows columns={runColumns} rows={14} waitingFor="the list of runs" />
    return (
      <ErrorState title="The runs could not be read" onRetry={() => void all.refetch()}>
        {toErrorMessage(all.error)} What agents send is still taken in.
      </ErrorState>
    )
  }
  const rows = buildTableRows({ ...runs, all: items })
  if (rows.length === 0) return <NoRuns view={view} patch={patch} />
  return (
    <>
      {all.error === null ? null : (
        <ErrorState title="What you see may be old" onRetry={() => void all.refetch()}>
          {toErrorMessage(all.error)}
        </ErrorState>
      )}
      <RunsTable
        rows={rows}
        sort={view.sort}
        onSort={({ by, direction }) =>
          patch({ sort: by === 'start' && direction === 'desc' ? undefined : `${by}.${direction}` })
        }
        onEnd={() => {
          if (all.hasNextPage && !all.isFetchingNextPage) void all.fetchNextPage()
        }}
        foot={
          all.isFetchingNextPage ? (
            <LoadingRows columns={runColumns} rows={3} waitingFor="older runs" />
          ) : all.hasNextPage ? null : (
            <p className="p-4 small t3">That is all of them.</p>
          )
        }
      />
    </>
  )
}

function useFacets({ view, since }: { view: RunsView; since: number }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  // An hour's grain keeps the question, and so the cached answer, the same while one types.
  const from = Math.floor(since / 3_600_000) * 3_600_000
  const query = useQuery({
    ...trpc.runs.facets.queryOptions({ projectId, filter: { scope: view.scope, since: from } }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
  return query.data ?? {}
}

function describeCount({ view, count }: { view: RunsView; count: number | undefined }): string {
  if (count === undefined) return ''
  const range = ranges.find((one) => one.value === view.range)?.label.toLowerCase() ?? ''
  return view.brush === undefined
    ? `${formatCount(count)} in the ${range}`
    : `${formatCount(count)} in the brush`
}
