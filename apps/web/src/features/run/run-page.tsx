'use client'

import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeed } from '#lib/use-feed.tsx'
import { useProjectPath } from '#shell/project-context.tsx'
import { buttonClass } from '#ui/button.tsx'
import { EmptyState, ErrorState, LoadingRows } from '#ui/states.tsx'
import type { ShownRun } from './live/run-follower.ts'
import { useLiveRun } from './live/use-live-run.ts'
import { useNeighbour } from './live/use-neighbour.ts'
import { MinimapStrip } from './minimap/minimap-strip.tsx'
import { buildRunModel } from '@clew/domain/story'
import { ReplayBar } from './replay/replay-bar.tsx'
import { useReplay } from './replay/use-replay.ts'
import { RunHeader } from './run-header.tsx'
import { RunPanes } from './run-panes.tsx'
import { buildTimeScale } from './timeline/build-time-scale.ts'
import { findBusy, findGaps } from './timeline/find-gaps.ts'
import { useMoment, useRunClock, useRunPage } from './use-run-page.ts'
import { useRunKeys } from './use-run-keys.ts'
import { VerdictStrip } from './verdict-strip.tsx'

/** The page of one run, live while it runs. */
export function RunPage({ traceId }: { traceId: string }) {
  const state = useLiveRun(traceId)
  const toPath = useProjectPath()
  useFeed(({ entry }) => {
    if (state.isMissing && entry.traceIds.includes(traceId)) state.retry()
  })
  if (state.shown !== undefined) return <LoadedRun {...state.shown} isReconnecting={state.isReconnecting} />
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

function LoadedRun({ run, model: whole, isReconnecting }: ShownRun & { isReconnecting: boolean }) {
  const { momentMs, setMoment } = useMoment()
  const clockMs = useRunClock(whole)
  const replay = useReplay({ run, totalMs: whole.lastMs, momentMs, setMoment })
  const model = useMemo(
    () => (replay.run === run ? whole : buildRunModel(replay.run)),
    [replay.run, run, whole],
  )
  const page = useRunPage(model)
  const nowMs = replay.atMs ?? clockMs
  // The scale is that of the whole run, so that nothing moves while it is played again.
  const busy = useMemo(() => findBusy(whole), [whole])
  const scale = useMemo(
    () => buildTimeScale({ totalMs: clockMs, gaps: findGaps(busy, clockMs) }),
    [busy, clockMs],
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
        isPast={model.isRunning && !whole.isRunning}
        onNeighbour={goToNeighbour}
      />
      <VerdictStrip model={model} page={page} nowMs={nowMs} />
      <MinimapStrip
        model={whole}
        scale={scale}
        nowMs={clockMs}
        selected={page.selected === undefined ? undefined : whole.byId.get(page.selected.id)}
        momentMs={replay.atMs ?? momentMs}
        onMoment={(ms) => {
          replay.seek(ms)
          const under = whole.steps.findLast((node) => node.startMs <= ms)
          if (under !== undefined) page.select(under)
        }}
      />
      <RunPanes
        run={replay.run}
        model={model}
        page={page}
        scale={scale}
        nowMs={nowMs}
        momentMs={replay.atMs ?? momentMs}
        bar={whole.isRunning ? null : <ReplayBar replay={replay} totalMs={whole.lastMs} />}
        by={by}
      />
    </div>
  )
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
