'use client'

import { useSubscription } from '@trpc/tanstack-react-query'
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { FeedEntry, RunSummary } from '@clew/domain'
import { useTrpc } from './trpc.tsx'
import { useLatest } from './use-latest.ts'
import { useQueryClient } from '@tanstack/react-query'

export interface FeedNews {
  entry: FeedEntry
  /** The runs that changed, as lists show them. */
  runs: RunSummary[]
  /** Too much changed, or the cursor was too old: read again what is on screen. */
  isResync: boolean
}

export type FeedState = 'connecting' | 'live' | 'reconnecting'

type Listener = (news: FeedNews) => void

const FeedContext = createContext<{ listeners: Set<Listener>; state: FeedState } | undefined>(undefined)

/** The project's one stream on this page: browsers allow six connections an origin on HTTP/1.1. */
export function FeedProvider({ projectId, children }: { projectId: string; children: ReactNode }) {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const [listeners] = useState(() => new Set<Listener>())
  const [hasBeenLive, setHasBeenLive] = useState(false)
  const subscription = useSubscription(
    trpc.feed.events.subscriptionOptions(
      { projectId },
      {
        onStarted: () => setHasBeenLive(true),
        onData: (event) => {
          if (event.data.isResync) void cache.invalidateQueries()
          for (const listener of listeners) listener(event.data)
        },
      },
    ),
  )
  const state = subscription.status === 'pending' ? 'live' : hasBeenLive ? 'reconnecting' : 'connecting'
  return <FeedContext.Provider value={{ listeners, state }}>{children}</FeedContext.Provider>
}

/** Calls back with each change of the project's data while the caller is mounted. */
export function useFeed(listener: Listener): void {
  const { listeners } = useFeedContext()
  const latest = useLatest(listener)
  useEffect(() => {
    const forward: Listener = (news) => latest.current(news)
    listeners.add(forward)
    return () => {
      listeners.delete(forward)
    }
  }, [listeners, latest])
}

/** Whether news arrives at this moment. */
export function useFeedState(): FeedState {
  return useFeedContext().state
}

/** The stream's own summaries go first; what is read again follows a little later. */
const restMs = 250

/**
 * Calls back at most every `everyMs` while news arrives, and once more after the last of it. By default only when
 * summaries changed, since lists show nothing else; `span` counts arriving rows, too.
 */
export function useFeedPulse(options: {
  everyMs: number
  isOn?: boolean
  on?: FeedEntry['kind']
  onPulse: () => void
}): void {
  const { everyMs, isOn = true, on = 'summary', onPulse } = options
  const latest = useLatest(onPulse)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const lastAt = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  useFeed(({ entry }) => {
    if (!isOn || timer.current !== undefined) return
    if (on === 'summary' && entry.kind !== 'summary') return
    timer.current = setTimeout(
      () => {
        timer.current = undefined
        lastAt.current = Date.now()
        latest.current()
      },
      Math.max(restMs, everyMs - (Date.now() - lastAt.current)),
    )
  })
}

function useFeedContext(): { listeners: Set<Listener>; state: FeedState } {
  const feed = useContext(FeedContext)
  if (feed === undefined) throw new Error('useFeed needs a FeedProvider above it')
  return feed
}
