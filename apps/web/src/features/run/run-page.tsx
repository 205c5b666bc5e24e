'use client'

import { useMemo } from 'react'
import type { LiveRun } from '@clew/domain'
import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeed } from '#lib/use-feed.tsx'
import { useProjectPath } from '#shell/project-context.tsx'
import { buttonClass } from '#ui/button.tsx'
import { EmptyState, ErrorState, LoadingRows } from '#ui/states.tsx'
import { useLiveRun } from './live/use-live-run.ts'
import { useNeighbour } from './live/use-neighbour.ts'
import { MinimapStrip } from './minimap/minimap-strip.tsx'
import { buildRunModel } from '@clew/domain/story'
import { RunHeader } from './run-header.tsx'
import { RunPanes } from './run-panes.tsx'
import { buildTimeScale } from './timeline/build-time-scale.ts'
import { findGaps } from './timeline/find-gaps.ts'
import { useRunClock, useRunPage } from './use-run-page.ts'
import { useRunKeys } from './use-run-keys.ts'
import { VerdictStrip } from './verdict-strip.tsx'

/** The page of one run, live while it runs. */
export function RunPage({ traceId }: { traceId: string }) {
  const state = useLiveRun(traceId)
  const toPath = useProjectPath()
  useFeed(({ entry }) => {
    if (state.isMissing && entry.traceIds.includes(traceId)) state.retry()
  })
  if (state.run !== undefined) return <LoadedRun run={state.run} isReconnecting={state.isReconnecting} />
  if (state.problem !== undefined) {
    return (
      <ErrorState title="The run could not be read" onRetry={state.retry}>
        {state.problem} Spans are still accepted.
      </ErrorState>
    )
  }
  if (state.isMissing) {
    return (
      <EmptyState
        title="No such run"
        actions={
          <a className={buttonClass({})} href={toPath('/runs')}>
            All runs
          </a>
        }
      >
        Nothing of trace <code>{traceId}</code> is kept here. If its first span is still on its way, this page
        opens by itself; if it is older than the project keeps data, it is gone.
      </EmptyState>
    )
  }
  return <LoadingRun />
}

function LoadedRun({ run, isReconnecting }: { run: LiveRun; isReconnecting: boolean }) {
  const model = useMemo(() => buildRunModel(run), [run])
  const page = useRunPage(model)
  const nowMs = useRunClock(model)
  const scale = useMemo(
    () => buildTimeScale({ totalMs: nowMs, gaps: findGaps(model, nowMs) }),
    [model, nowMs],
  )
  const goToNeighbour = useNeighbour(run.trace)
  useRunKeys({ page, onNeighbour: goToNeighbour })
  const by = useReader()
  return (
    <div className="run-page">
      <RunHeader
        model={model}
        page={page}
        nowMs={nowMs}
        isReconnecting={isReconnecting}
        onNeighbour={goToNeighbour}
      />
      <VerdictStrip model={model} page={page} nowMs={nowMs} />
      <MinimapStrip
        model={model}
        scale={scale}
        nowMs={nowMs}
        selected={page.selected}
        momentMs={page.momentMs}
        onMoment={(ms) => goToMoment({ ms, page, model })}
      />
      <RunPanes run={run} model={model} page={page} scale={scale} nowMs={nowMs} by={by} />
    </div>
  )
}

/** A press on the minimap selects the step that was under way at that moment. */
function goToMoment(args: {
  ms: number
  page: ReturnType<typeof useRunPage>
  model: ReturnType<typeof buildRunModel>
}): void {
  const { ms, page, model } = args
  page.setMoment(ms)
  const under = model.steps.findLast((node) => node.startMs <= ms)
  if (under !== undefined) page.select(under)
}

function useReader(): string {
  const trpc = useTrpc()
  const me = useQuery(trpc.me.get.queryOptions())
  return me.data?.person.name ?? me.data?.person.email ?? 'a person'
}

function LoadingRun() {
  return (
    <div className="run-page" aria-busy="true">
      <header className="run-head">
        <div className="run-head-line" style={{ height: 26 }}>
          <i className="skeleton" style={{ width: 320 }} />
        </div>
        <div className="run-facts">
          <i className="skeleton" style={{ width: 520 }} />
        </div>
      </header>
      <div className="run-minimap" />
      <LoadingRows columns="24px 1fr 62px 64px" rows={12} waitingFor="the spans of this run" />
    </div>
  )
}
