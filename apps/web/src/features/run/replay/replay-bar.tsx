'use client'

import { formatElapsed, formatDuration } from '@clew/domain/format'
import { useKeys } from '#lib/use-keys.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { replaySpeeds } from './use-replay.ts'
import type { Replay, ReplaySpeed } from './use-replay.ts'

/** An arrow key moves by a thousandth of the run, and by no less than a millisecond. */
const stepsMax = 1000

/** Plays a finished run again: play and pause, the moment, how fast, and the way back to its end. */
export function ReplayBar({ replay, totalMs }: { replay: Replay; totalMs: number }) {
  const { atMs, endMs, isPlaying } = replay
  const steps = Math.max(1, Math.min(stepsMax, endMs))
  const toggle = isPlaying ? replay.pause : replay.play
  const isOn = atMs !== undefined
  useKeys([
    { keys: 'p', label: isPlaying ? 'pause' : 'replay', legend: true, run: toggle },
    ...(isOn ? [{ keys: 'Escape', label: 'leave the replay', run: replay.leave }] : []),
  ])
  if (!isOn) {
    return (
      <Button variant="ghost" onClick={replay.play} title="Watch it happen again  p">
        <Icon name="play" size={14} /> Replay
      </Button>
    )
  }
  return (
    <div className="run-replay" role="group" aria-label="Replay">
      <Button
        variant="ghost"
        square
        onClick={toggle}
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title={`${isPlaying ? 'Pause' : 'Play'}  p`}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} size={14} />
      </Button>
      <input
        type="range"
        aria-label="Moment"
        aria-valuetext={`${formatElapsed(atMs)} of ${formatDuration(totalMs)}`}
        min={0}
        max={steps}
        value={Math.round((atMs / Math.max(1, endMs)) * steps)}
        onChange={(event) => replay.seek((Number(event.target.value) / steps) * endMs)}
      />
      <span className="tnum small t2 run-replay-at">
        {formatElapsed(atMs)} <span className="t3">of {formatDuration(totalMs)}</span>
      </span>
      <select
        aria-label="Speed"
        className="run-replay-speed"
        value={replay.speed}
        onChange={(event) => replay.setSpeed(toSpeed(event.target.value))}
      >
        {replaySpeeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </select>
      <Button variant="ghost" onClick={replay.leave} title="Back to how it ended  Esc">
        To the end
      </Button>
    </div>
  )
}

function toSpeed(text: string): ReplaySpeed {
  return replaySpeeds.find((speed) => String(speed) === text) ?? 1
}
