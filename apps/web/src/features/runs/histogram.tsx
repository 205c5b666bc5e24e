'use client'

import { toEpochMs } from '@clew/domain'
import { useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { formatClock, formatCount, formatDate } from '@clew/domain/format'
import { describeBrush, toBins } from './histogram-bins.ts'
import type { Bin } from './histogram-bins.ts'
import type { Brush } from './runs-url.ts'

export interface HistogramBucket {
  startUnixNano: string
  total: number
  failed: number
  running: number
}

const height = 54

/** Runs over time by status; dragging over it chooses a part of the window. */
export function Histogram(props: {
  /** Undefined while unknown. */
  buckets: readonly HistogramBucket[] | undefined
  since: number
  until: number
  stepMs: number
  brush: Brush | undefined
  onBrush: (brush: Brush | undefined) => void
}) {
  const { since, until, stepMs, brush, onBrush } = props
  const bins = toBins({
    buckets: (props.buckets ?? []).map((bucket) => ({ ...bucket, startMs: toEpochMs(bucket.startUnixNano) })),
    since,
    until,
    stepMs,
  })
  const drag = useBrushDrag({ since, until, stepMs, onBrush })
  const shown = drag.brush ?? brush
  const toShare = (ms: number) => Math.min(1, Math.max(0, (ms - since) / (until - since)))
  return (
    <figure className="runs-hist" aria-label="Runs over time by status">
      <figcaption>
        {props.buckets === undefined ? null : (
          <HistogramCaption bins={bins} brush={shown} stepMs={stepMs} onClear={() => onBrush(undefined)} />
        )}
      </figcaption>
      <div className="runs-hist-plot" {...drag.handlers}>
        <HistogramBars bins={bins} />
        {shown === undefined ? null : (
          <>
            <div className="runs-hist-shade" style={{ left: 0, width: percent(toShare(shown.from)) }} />
            <div
              className="runs-hist-shade"
              style={{ right: 0, width: percent(1 - toShare(shown.to ?? until)) }}
            />
            <div
              className={shown.to === undefined ? 'runs-hist-brush is-open' : 'runs-hist-brush'}
              style={{ left: percent(toShare(shown.from)), right: percent(1 - toShare(shown.to ?? until)) }}
            />
          </>
        )}
      </div>
      <HistogramAxis since={since} until={until} />
    </figure>
  )
}

function HistogramBars({ bins }: { bins: readonly Bin[] }) {
  const top = Math.max(1, ...bins.map((bin) => bin.total))
  const scale = (count: number) => (count === 0 ? 0 : Math.max(1.5, (count / top) * (height - 6)))
  return (
    <svg viewBox={`0 0 ${bins.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {bins.map((bin, index) => {
        const failed = scale(bin.failed)
        const running = scale(bin.running)
        const rest = scale(Math.max(0, bin.total - bin.failed - bin.running))
        return (
          <g key={bin.startMs}>
            <rect x={index} width="0.88" y={height - failed} height={failed} className="runs-hist-failed" />
            <rect
              x={index}
              width="0.88"
              y={height - failed - rest}
              height={rest}
              className="runs-hist-rest"
            />
            <rect
              x={index}
              width="0.88"
              y={height - failed - rest - running}
              height={running}
              className="runs-hist-running"
            />
          </g>
        )
      })}
    </svg>
  )
}

function HistogramCaption(props: {
  bins: readonly Bin[]
  brush: Brush | undefined
  stepMs: number
  onClear: () => void
}) {
  const { bins, brush, stepMs, onClear } = props
  const { total, failed, timesUsual } = describeBrush({ bins, brush, stepMs })
  return (
    <>
      {brush === undefined ? null : (
        <b className="tnum">
          {formatEdge(brush.from)} – {brush.to === undefined ? 'now' : formatEdge(brush.to)}{' '}
        </b>
      )}
      <span className="tnum">{formatCount(total)} runs</span>
      {failed === 0 ? (
        <span className="t3">, none failed</span>
      ) : (
        <span className="st-fail">, {formatCount(failed)} failed</span>
      )}
      {timesUsual === undefined ? null : (
        <span className="t2">, {timesUsual} times the rate outside of it</span>
      )}
      {brush === undefined ? null : (
        <button type="button" className="link ml-2" onClick={onClear}>
          Show all
        </button>
      )}
    </>
  )
}

function HistogramAxis({ since, until }: { since: number; until: number }) {
  const isLong = until - since > 2 * 86_400_000
  const ticks = Array.from({ length: 7 }, (_, index) => since + ((until - since) * index) / 6)
  return (
    <div className="runs-hist-axis" aria-hidden="true">
      {ticks.map((ms) => (
        <span key={ms}>{isLong ? formatDate(ms) : formatClock(ms).slice(0, 5)}</span>
      ))}
    </div>
  )
}

/** Dragging chooses whole steps; a drag that ends at the right edge stays open towards now. A click clears. */
function useBrushDrag(options: {
  since: number
  until: number
  stepMs: number
  onBrush: (brush: Brush | undefined) => void
}) {
  const { since, until, stepMs, onBrush } = options
  const anchor = useRef<number | undefined>(undefined)
  const [brush, setBrush] = useState<Brush | undefined>(undefined)
  function toMs(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    return since + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * (until - since)
  }
  function toBrush(event: PointerEvent<HTMLElement>): Brush | undefined {
    if (anchor.current === undefined) return undefined
    const at = toMs(event)
    if (Math.abs(at - anchor.current) < stepMs / 2) return undefined
    const from = since + Math.floor((Math.min(at, anchor.current) - since) / stepMs) * stepMs
    const to = since + Math.ceil((Math.max(at, anchor.current) - since) / stepMs) * stepMs
    return to >= until ? { from } : { from, to }
  }
  return {
    brush,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return
        anchor.current = toMs(event)
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (anchor.current !== undefined) setBrush(toBrush(event))
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        onBrush(toBrush(event))
        anchor.current = undefined
        setBrush(undefined)
      },
    },
  }
}

function formatEdge(ms: number): string {
  const clock = formatClock(ms).slice(0, 5)
  return new Date(ms).toDateString() === new Date().toDateString() ? clock : `${formatDate(ms)} ${clock}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`
}
