'use client'

import { useMemo } from 'react'
import { formatCount, formatMoney } from '@clew/domain/format'
import type { RunModel } from '@clew/domain/story'
import { buildStrips } from './build-strips.ts'
import type { ContextBar, Strips } from './build-strips.ts'
import type { TimeScale } from './build-time-scale.ts'

const width = 1000
const height = 36

/** What each call had in front of it, and what had been spent, on the axis above. */
export function TimelineStrips({
  model,
  scale,
  nowMs,
}: {
  model: RunModel
  scale: TimeScale
  nowMs: number
}) {
  const strips = useMemo(() => buildStrips(model, nowMs), [model, nowMs])
  return (
    <>
      {strips.context.length === 0 ? null : (
        <div className="timeline-strip">
          <span className="label">Context, tokens</span>
          <div className="timeline-area">
            <ContextStrip strips={strips} scale={scale} />
            <span className="timeline-strip-value">{formatCount(strips.contextMax)}</span>
          </div>
        </div>
      )}
      {strips.spend.length === 0 ? null : (
        <div className="timeline-strip">
          <span className="label">Spent</span>
          <div className="timeline-area">
            <svg
              viewBox={`0 0 ${width} ${height}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={spendLabel(strips)}
            >
              <path className="timeline-spend" d={spendPath(strips, scale)} />
            </svg>
            <span className="timeline-strip-value">
              {formatMoney({ total: strips.spendTotal, currency: strips.currency })}
            </span>
          </div>
        </div>
      )}
    </>
  )
}

function ContextStrip({ strips, scale }: { strips: Strips; scale: TimeScale }) {
  const label = `Context per model call, at most ${formatCount(strips.contextMax)} tokens`
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {toColumns(strips.context, scale).map((column) => {
        const tall = (column.tokens / strips.contextMax) * (height - 4)
        return (
          <rect
            key={column.id}
            className="timeline-context"
            x={column.from}
            y={height - tall}
            width={column.width}
            height={tall}
          />
        )
      })}
    </svg>
  )
}

const columnsAtMost = 400

/** Single calls while they can be told apart, else the largest context of each stretch. */
function toColumns(bars: readonly ContextBar[], scale: TimeScale) {
  if (bars.length <= columnsAtMost) {
    return bars.map((bar) => {
      const from = scale.toFraction(bar.startMs) * width
      return {
        id: bar.id,
        tokens: bar.tokens,
        from,
        width: Math.max(scale.toFraction(bar.endMs) * width - from, 1),
      }
    })
  }
  const most = new Map<number, number>()
  for (const bar of bars) {
    const column = Math.floor(scale.toFraction(bar.startMs) * (columnsAtMost - 1))
    most.set(column, Math.max(most.get(column) ?? 0, bar.tokens))
  }
  const step = width / columnsAtMost
  return [...most].map(([column, tokens]) => ({
    id: String(column),
    tokens,
    from: column * step,
    width: step,
  }))
}

function spendPath(strips: Strips, scale: TimeScale): string {
  const toY = (total: number) => height - 2 - (total / strips.spendTotal) * (height - 6)
  const steps = strips.spend.map(
    (point) => `H${(scale.toFraction(point.ms) * width).toFixed(1)}V${toY(point.total).toFixed(1)}`,
  )
  return `M0 ${height - 2}${steps.join('')}H${width}`
}

function spendLabel(strips: Strips): string {
  return `Spent in all: ${formatMoney({ total: strips.spendTotal, currency: strips.currency }) ?? ''}`
}
