'use client'

import { useCallback, useMemo } from 'react'
import type { RunModel } from '@clew/domain/story'
import { RowWindow } from '../row-window.tsx'
import type { RunPageState } from '../use-run-page.ts'
import { useStepOrder } from '../use-step-order.ts'
import { buildRows } from './build-rows.ts'
import { buildTicks } from './build-time-scale.ts'
import type { TimeScale } from './build-time-scale.ts'
import { TimeAxis, TimeGrid } from './time-axis.tsx'
import { TimelineRow } from './timeline-row.tsx'
import { TimelineStrips } from './timeline-strips.tsx'

export interface TimelineViewProps {
  model: RunModel
  page: RunPageState
  scale: TimeScale
  nowMs: number
  momentMs: number | undefined
}

/** Tree and bars on one axis, with context and spend below it. */
export function TimelineView({ model, page, scale, nowMs, momentMs }: TimelineViewProps) {
  const rows = useMemo(() => buildRows(model, page.folded), [model, page.folded])
  const order = useMemo(() => rows.map((row) => row.node), [rows])
  const ticks = useMemo(() => buildTicks(scale), [scale])
  useStepOrder({ order, page })
  const cursor = page.selected === undefined ? -1 : order.indexOf(page.selected)
  const rowKey = useCallback((i: number) => rows[i]?.node.id ?? String(i), [rows])
  return (
    <div className="timeline">
      <TimeAxis scale={scale} ticks={ticks} />
      <div className="timeline-body">
        <TimeGrid scale={scale} ticks={ticks} momentMs={momentMs} />
        <RowWindow
          label="Timeline"
          count={rows.length}
          rowKey={rowKey}
          estimate={estimateRow}
          cursor={cursor === -1 ? undefined : cursor}
          activeId={page.selected === undefined ? undefined : `bar-${page.selected.id}`}
          isGrowing={model.isRunning}
          startsAtTail={!page.isChosen}
          renderRow={(i) => {
            const row = rows[i]
            return row === undefined ? null : (
              <TimelineRow
                row={row}
                scale={scale}
                nowMs={nowMs}
                isSelected={row.node === page.selected}
                onSelect={page.select}
                onFold={page.setFolded}
              />
            )
          }}
        />
      </div>
      <TimelineStrips model={model} scale={scale} nowMs={nowMs} />
    </div>
  )
}

function estimateRow(): number {
  return 28
}
