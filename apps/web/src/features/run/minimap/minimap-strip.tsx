'use client'

import { useMemo } from 'react'
import type { PointerEvent } from 'react'
import { formatDuration } from '@clew/domain/format'
import { kindClass } from '#ui/kind-icon.tsx'
import { endOf } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import type { TimeScale } from '../timeline/build-time-scale.ts'
import { buildMinimap } from './build-minimap.ts'

const width = 1000
const height = 26

export interface MinimapStripProps {
  model: RunModel
  scale: TimeScale
  nowMs: number
  selected: RunNode | undefined
  momentMs: number | undefined
  onMoment: (ms: number) => void
}

/** The whole run in a strip; a press goes to that moment. */
export function MinimapStrip({ model, scale, nowMs, selected, momentMs, onMoment }: MinimapStripProps) {
  const minimap = useMemo(() => buildMinimap({ model, scale, nowMs }), [model, scale, nowMs])
  const pitch = height / minimap.levels
  const barHeight = pitch - 2
  const label = `${formatDuration(nowMs)}, ${model.nodes.length.toLocaleString('en')} spans${minimap.isDensity ? ', drawn as density' : ''}`
  function point(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    onMoment(scale.toMs((event.clientX - box.left) / box.width))
  }
  return (
    <div className="run-minimap" title={minimap.isDensity ? label : undefined}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`The run at a glance: ${label}`}
        onPointerDown={point}
      >
        {minimap.bars.map((bar, i) => (
          <rect
            key={i}
            className={`run-minimap-bar ${kindClass(bar.kind)}`}
            x={bar.from * width}
            y={bar.level * pitch + 1}
            width={Math.max(bar.to * width - bar.from * width, 1)}
            height={barHeight}
            opacity={bar.isOpen ? 0.6 : bar.density}
          />
        ))}
        <Tears scale={scale} />
        {minimap.failures.map((failure, i) => (
          <rect
            key={i}
            className="run-minimap-failure"
            x={Math.min(failure.at * width - 1, width - 2)}
            y={failure.level * pitch}
            width={2}
            height={pitch}
          />
        ))}
        {selected === undefined ? null : <Selection node={selected} scale={scale} nowMs={nowMs} />}
      </svg>
      {momentMs === undefined ? null : (
        <i
          className="run-minimap-cursor"
          style={{ left: `calc(16px + (100% - 32px) * ${scale.toFraction(momentMs)})` }}
        />
      )}
    </div>
  )
}

/** Where waiting was folded, the strip is torn. */
function Tears({ scale }: { scale: TimeScale }) {
  return scale.folds.map((fold) => {
    const x = ((fold.from + fold.to) / 2) * width
    return (
      <g key={fold.from}>
        <rect className="run-minimap-fold" x={x - 8} y={-2} width={16} height={height + 4} />
        <path className="run-minimap-tear" d={`M${x - 3} -2v${height + 4}m6 0v-${height + 4}`} />
      </g>
    )
  })
}

function Selection({ node, scale, nowMs }: { node: RunNode; scale: TimeScale; nowMs: number }) {
  const from = scale.toFraction(node.startMs) * width
  const to = scale.toFraction(endOf(node, nowMs)) * width
  return (
    <rect
      className="run-minimap-selection"
      x={from - 1}
      y={-2}
      width={Math.max(to - from, 2) + 2}
      height={height + 2}
    />
  )
}
