'use client'

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { reduceRun } from '@clew/domain'
import type { LiveRun, Run, RunEvent, RunStatus } from '@clew/domain'
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isNotFound, toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useFeed } from '#lib/use-feed.tsx'
import { useProject } from '#shell/project-context.tsx'

export interface LiveRunState {
  run: LiveRun | undefined
  isMissing: boolean
  problem: string | undefined
  retry: () => void
  /** True while a running run's stream is away and comes back by itself. */
  isReconnecting: boolean
}

/**
 * A run that keeps up with itself: read once, then followed through the one event model while it runs. A run that
 * has ended opens no stream; one that was lost is followed again when its sender is heard of.
 */
export function useLiveRun(traceId: string): LiveRunState {
  const trpc = useTrpc()
  const project = useProject()
  const subject = { projectId: project.id, traceId }
  const query = useQuery({ ...trpc.runs.get.queryOptions(subject), staleTime: Number.POSITIVE_INFINITY })
  const [live, setLive] = useState<LiveRun | undefined>(undefined)
  const takeIn = useEventBatches(setLive)
  const isOver = live?.endReason !== undefined
  const isRunning = (live?.trace ?? query.data?.trace)?.status === 'running'
  const hasStreamed = live !== undefined
  const isBack = useComeback({ traceId, live, status: (live?.trace ?? query.data?.trace)?.status })
  const isFollowing = query.data !== undefined && (isBack || (!isOver && (isRunning || hasStreamed)))
  const subscription = useSubscription(
    trpc.runs.events.subscriptionOptions(isFollowing ? subject : skipToken, {
      onData: (event) => takeIn(event.data),
    }),
  )
  const initial = useMemo(() => (query.data === undefined ? undefined : toLiveRun(query.data)), [query.data])
  return {
    run: live ?? initial,
    isMissing: isNotFound(query.error),
    problem: query.isError && !isNotFound(query.error) ? toErrorMessage(query.error) : undefined,
    retry: () => void query.refetch(),
    isReconnecting: isFollowing && hasStreamed && subscription.status === 'connecting',
  }
}

/** True from the first news of a lost run until its stream has said how it stands. */
function useComeback(of: {
  traceId: string
  live: LiveRun | undefined
  status: RunStatus | undefined
}): boolean {
  const { traceId, live, status } = of
  const state = live ?? 'read'
  const [heardIn, setHeardIn] = useState<LiveRun | 'read' | undefined>(undefined)
  const isLost = live === undefined ? status === 'lost' : live.endReason === 'lost'
  useFeed(({ entry, isResync }) => {
    if (isLost && (isResync || (entry.kind === 'span' && entry.traceIds.includes(traceId)))) setHeardIn(state)
  })
  return isLost && heardIn === state
}

function toLiveRun(run: Run): LiveRun {
  return { ...run, seq: -1, streamed: new Map(), taskStatuses: new Map(), taskLines: [] }
}

/** Events that arrive within one frame are taken in at once: a burst costs one rendering. */
function useEventBatches(setLive: (update: (state: LiveRun | undefined) => LiveRun | undefined) => void) {
  const pending = useRef<RunEvent[]>([])
  const frame = useRef<number | undefined>(undefined)
  useEffect(
    () => () => {
      if (frame.current !== undefined) cancelAnimationFrame(frame.current)
    },
    [],
  )
  return useCallback(
    (event: RunEvent) => {
      pending.current.push(event)
      frame.current ??= requestAnimationFrame(() => {
        frame.current = undefined
        const events = pending.current
        pending.current = []
        // A long run takes long to draw: as a transition it is drawn in parts, between which the page answers.
        startTransition(() => setLive((state) => reduceRun(state, events)))
      })
    },
    [setLive],
  )
}
