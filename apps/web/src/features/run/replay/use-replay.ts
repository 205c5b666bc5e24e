'use client'

import { RunReplay } from '@clew/domain'
import type { LiveRun } from '@clew/domain'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

export const replaySpeeds = [1, 2, 4, 8, 16, 32] as const
export type ReplaySpeed = (typeof replaySpeeds)[number]

export interface Replay {
  /** Milliseconds after the run's start; undefined while the run is shown as it ended. */
  atMs: number | undefined
  isPlaying: boolean
  speed: ReplaySpeed
  /** From the start when it stands at the end, or outside of a replay. */
  play: () => void
  pause: () => void
  seek: (ms: number) => void
  setSpeed: (speed: ReplaySpeed) => void
  leave: () => void
  /** The run as it stood at that moment, or as it is. */
  run: LiveRun
}

/** A long run is drawn again less often, so that the page stays quick. */
const frameMs = (spanCount: number) => (spanCount > 5000 ? 500 : spanCount > 1000 ? 200 : 50)
const keepMs = 400

/** Plays a finished run again; the moment stands in the URL, so that it can be sent to somebody. */
export function useReplay(options: {
  run: LiveRun
  totalMs: number
  momentMs: number | undefined
  setMoment: (ms: number | undefined) => void
}): Replay {
  const { run, totalMs, momentMs, setMoment } = options
  const canReplay = run.trace.status !== 'running'
  const [playhead, setPlayhead] = useState<number | undefined>(undefined)
  const [speed, setSpeed] = useState<ReplaySpeed>(1)
  const isPlaying = playhead !== undefined
  const replay = useMemo(() => (canReplay ? new RunReplay(run) : undefined), [run, canReplay])
  const atMs = canReplay ? clamp(playhead ?? momentMs, totalMs) : undefined
  const keep = useKeep(setMoment)
  usePlay({
    isPlaying,
    speed,
    everyMs: frameMs(run.spans.length),
    onAdvance: (byMs) => {
      const next = (playhead ?? 0) + byMs
      if (next >= totalMs) {
        setPlayhead(undefined)
        keep(totalMs, true)
      } else {
        setPlayhead(next)
        keep(next, false)
      }
    },
  })
  const shown = useMemo(
    () => (replay === undefined || atMs === undefined ? run : replay.at(atMs)),
    [replay, atMs, run],
  )
  return {
    atMs,
    isPlaying,
    speed,
    play: () => {
      const from = atMs === undefined || atMs >= totalMs ? 0 : atMs
      setPlayhead(from)
      keep(from, true)
    },
    pause: () => {
      setPlayhead(undefined)
      if (playhead !== undefined) keep(playhead, true)
    },
    seek: (ms) => {
      if (isPlaying) setPlayhead(ms)
      keep(clamp(ms, totalMs) ?? 0, true)
    },
    setSpeed,
    leave: () => {
      setPlayhead(undefined)
      setMoment(undefined)
    },
    run: shown,
  }
}

function clamp(ms: number | undefined, totalMs: number): number | undefined {
  return ms === undefined ? undefined : Math.min(Math.max(0, ms), totalMs)
}

/** Browsers limit how often the URL may change, so a playing moment is kept now and then. */
function useKeep(setMoment: (ms: number) => void): (ms: number, atOnce: boolean) => void {
  const keptAt = useRef(0)
  return useCallback(
    (ms, atOnce) => {
      const now = performance.now()
      if (!atOnce && now - keptAt.current < keepMs) return
      keptAt.current = now
      setMoment(ms)
    },
    [setMoment],
  )
}

function usePlay(options: {
  isPlaying: boolean
  speed: number
  everyMs: number
  onAdvance: (byMs: number) => void
}): void {
  const { isPlaying, speed, everyMs, onAdvance } = options
  const advance = useRef(onAdvance)
  useEffect(() => {
    advance.current = onAdvance
  })
  useEffect(() => {
    if (!isPlaying) return
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      advance.current((now - last) * speed)
      last = now
    }, everyMs)
    return () => clearInterval(timer)
  }, [isPlaying, speed, everyMs])
}
