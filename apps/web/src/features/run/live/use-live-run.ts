'use client'

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import type { LiveRun, Run, RunStatus } from '@clew/domain'
import { buildRunModel } from '@clew/domain/story'
import { startTransition, useEffect, useMemo, useState } from 'react'
import { isNotFound, toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useFeed } from '#lib/use-feed.tsx'
import { useProject } from '#shell/project-context.tsx'
import { RunFollower } from './run-follower.ts'
import type { ShownRun } from './run-follower.ts'

export interface LiveRunState {
  shown: ShownRun | undefined
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
  const subject = { projectId: project.id, traceId, detail: 'lean' } as const
  const query = useQuery({ ...trpc.runs.get.queryOptions(subject), staleTime: Number.POSITIVE_INFINITY })
  const [live, setLive] = useState<ShownRun | undefined>(undefined)
  // Drawing a long run takes long: as a transition it is drawn in parts, between which the page answers.
  const follower = useMemo(() => new RunFollower((next) => startTransition(() => setLive(next))), [])
  useEffect(() => {
    follower.start()
    return () => follower.stop()
  }, [follower])
  const isOver = live?.run.endReason !== undefined
  const hasStreamed = live !== undefined
  const status = (live?.run.trace ?? query.data?.trace)?.status
  const isBack = useComeback({ traceId, live: live?.run, status })
  const isFollowing =
    query.data !== undefined && (isBack || (!isOver && (status === 'running' || hasStreamed)))
  const subscription = useSubscription(
    trpc.runs.events.subscriptionOptions(isFollowing ? subject : skipToken, {
      onData: (event) => follower.take(event.data),
    }),
  )
  const initial = useMemo(() => (query.data === undefined ? undefined : toShown(query.data)), [query.data])
  return {
    shown: live ?? initial,
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
    const isAboutIt = entry.kind !== 'summary' && entry.traceIds.includes(traceId)
    if (isLost && (isResync || isAboutIt)) setHeardIn(state)
  })
  return isLost && heardIn === state
}

function toShown(read: Run): ShownRun {
  const run: LiveRun = { ...read, seq: -1, streamed: new Map(), taskStatuses: new Map(), taskLines: [] }
  return { run, model: buildRunModel(run) }
}
