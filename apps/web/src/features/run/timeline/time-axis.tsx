'use client'

import { formatDuration } from '@clew/domain/format'
import type { Fold, Tick, TimeScale } from './build-time-scale.ts'

/** The axis in time since the start, with each fold labelled. */
export function TimeAxis({ scale, ticks }: { scale: TimeScale; ticks: readonly Tick[] }) {
  const labelled = pickLabelled(scale.folds)
  return (
    <div className="timeline-axis">
      <span className="label">Span</span>
      <div className="timeline-area">
        {ticks
          .filter((tick) => isFree({ tick, labelled }))
          .map((tick) => (
            <span key={tick.ms} className="timeline-tick" style={{ left: percent(tick.at) }}>
              {formatTick(tick.ms, scale.totalMs)}
            </span>
          ))}
        {labelled.map((fold) => (
          <span
            key={fold.from}
            className="timeline-fold-label"
            style={{ left: percent((fold.from + fold.to) / 2) }}
            title="Nothing but waiting, folded"
          >
            {formatDuration(fold.endMs - fold.startMs)} folded
          </span>
        ))}
      </div>
    </div>
  )
}

/** Lines and folds behind the rows; they stay while rows scroll. */
export function TimeGrid(props: { scale: TimeScale; ticks: readonly Tick[]; momentMs: number | undefined }) {
  const { scale, ticks, momentMs } = props
  return (
    <div className="timeline-under" aria-hidden="true">
      <div className="timeline-area">
        {ticks.map((tick) => (
          <i key={tick.ms} className="timeline-gridline" style={{ left: percent(tick.at) }} />
        ))}
        {scale.folds.map((fold) => (
          <i
            key={fold.from}
            className="timeline-fold"
            style={{ left: percent(fold.from), width: percent(fold.to - fold.from) }}
          />
        ))}
        {momentMs === undefined ? null : (
          <i className="timeline-moment" style={{ left: percent(scale.toFraction(momentMs)) }} />
        )}
      </div>
    </div>
  )
}

/** A part of the width for CSS. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(3)}%`
}

const labelRoom = 0.085
/** Two labels nearer than this would cover each other. */
const foldLabelRoom = 0.16

/** The longest waits get their labels; shorter ones beside them keep the hatch alone. */
function pickLabelled(folds: readonly Fold[]): readonly Fold[] {
  const picked: Fold[] = []
  for (const fold of folds.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs))) {
    if (picked.every((other) => Math.abs(other.from - fold.from) >= foldLabelRoom)) picked.push(fold)
  }
  return picked
}

/** A tick keeps its line but not its label where a fold's label or the axis' end needs the room. */
function isFree({ tick, labelled }: { tick: Tick; labelled: readonly Fold[] }): boolean {
  if (tick.at > 1 - labelRoom / 2) return false
  return labelled.every((fold) => {
    const middle = (fold.from + fold.to) / 2
    return tick.at + labelRoom / 2 < middle - labelRoom || tick.at > middle + labelRoom
  })
}

function formatTick(ms: number, totalMs: number): string {
  if (ms === 0) return '0'
  if (totalMs < 2000) return `${Math.round(ms * 100) / 100} ms`
  if (totalMs < 120_000) return `${Math.round(ms / 10) / 100} s`
  const minutes = Math.floor(ms / 60_000)
  const seconds = Math.round((ms % 60_000) / 1000)
  if (minutes < 60) return seconds === 0 ? `${minutes} m` : `${minutes} m ${seconds}`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60}`
}
