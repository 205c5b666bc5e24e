'use client'

import { RunReplay } from '@clew/domain'
import type { LiveRun } from '@clew/domain'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

export const replaySpeeds = [1, 2, 4, 8, 16, 32] as const
export type ReplaySpeed = (typeof replaySpeeds)[number]

export interface Replay {
  /** Milliseconds after the run's start; undefined while the run is shown as it ended. */
  atMs: number | undefined
  /** The last moment that it can show, in whole milliseconds. */
  endMs: number
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

/**
 * Plays a finished run again; the moment stands in the URL, so that it can be sent to somebody. The URL follows a
 * little later, so the moment is held here until both say the same: a slider that is handed an older value in the
 * middle of a key press takes that for the person's choice.
 */
export function useReplay(options: {
  run: LiveRun
  totalMs: number
  momentMs: number | undefined
  setMoment: (ms: number | undefined) => void
}): Replay {
  const { run, totalMs, momentMs, setMoment } = options
  const canReplay = run.trace.status !== 'running'
  const endMs = Math.ceil(totalMs)
  const [held, setHeld] = useState<number | undefined>(undefined)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<ReplaySpeed>(1)
  if (!isPlaying && held !== undefined && held === momentMs) setHeld(undefined)
  const replay = useMemo(() => (canReplay ? new RunReplay(run) : undefined), [run, canReplay])
  const atMs = canReplay ? clamp(held ?? momentMs, endMs) : undefined
  const keep = useKeep(setMoment)
  const goTo = (ms: number) => {
    const moment = Math.round(Math.min(Math.max(0, ms), endMs))
    setHeld(moment)
    keep(moment)
  }
  usePlay({
    isPlaying,
    speed,
    everyMs: frameMs(run.spans.length),
    onAdvance: (byMs) => {
      const next = (atMs ?? 0) + byMs
      if (next >= endMs) setPlaying(false)
      goTo(next)
    },
  })
  const shown = useMemo(
    () => (replay === undefined || atMs === undefined ? run : replay.at(atMs)),
    [replay, atMs, run],
  )
  return {
    atMs,
    endMs,
    isPlaying,
    speed,
    play: () => {
      goTo(atMs === undefined || atMs >= endMs ? 0 : atMs)
      setPlaying(true)
    },
    pause: () => setPlaying(false),
    seek: goTo,
    setSpeed,
    leave: () => {
      setPlaying(false)
      setHeld(undefined)
      keep(undefined)
    },
    run: shown,
  }
}

function clamp(ms: number | undefined, endMs: number): number | undefined {
  return ms === undefined ? undefined : Math.min(ms, endMs)
}

/** Browsers limit how often the URL may change: the first moment is kept at once, later ones now and then. */
function useKeep(setMoment: (ms: number | undefined) => void): (ms: number | undefined) => void {
  const keptAt = useRef(Number.NEGATIVE_INFINITY)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (ms) => {
      clearTimeout(timer.current)
      const set = () => {
        keptAt.current = performance.now()
        setMoment(ms)
      }
      const restMs = ms === undefined ? 0 : keptAt.current + keepMs - performance.now()
      if (restMs <= 0) set()
      else timer.current = setTimeout(set, restMs)
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
