'use client'

import { buildExecutionGraph } from '@clew/domain'
import type { Run } from '@clew/domain'
import { useEffect, useMemo, useRef, useState } from 'react'
import { EmptyState } from '#ui/states.tsx'
import type { RunModel } from '@clew/domain/story'
import type { RunPageState } from '../use-run-page.ts'
import { useStepOrder } from '../use-step-order.ts'
import { GraphBox } from './graph-box.tsx'
import { GraphLanes, LaneHeads } from './graph-lanes.tsx'
import { layoutLanes } from './layout-lanes.ts'
import type { LaneLayout, LaneRoute } from './layout-lanes.ts'

export interface GraphViewProps {
  run: Run
  model: RunModel
  page: RunPageState
  nowMs: number
}

const margin = 600

/** Who did what after whom: a lane per agent, one for tools, one for people; time runs down. */
export function GraphView({ run, model, page, nowMs }: GraphViewProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const frame = useFrame(scroller)
  const graph = useMemo(() => buildExecutionGraph({ graphId: run.trace.traceId, spans: run.spans }), [run])
  const layout = useMemo(
    () => layoutLanes({ graph, model, width: Math.max(frame.width - 12, 320) }),
    [graph, model, frame.width],
  )
  const order = useMemo(() => layout.boxes.flatMap((box) => box.node ?? []), [layout])
  useStepOrder({ order, page })
  useKeepInSight({ scroller, layout, id: page.selected?.id })
  const seen = { top: frame.top - margin, bottom: frame.top + frame.height + margin }
  const selectedId = page.selected?.id
  return (
    <div
      ref={setScroller}
      className="run-scroll graph-scroll"
      role="tree"
      aria-label="Execution graph"
      aria-activedescendant={selectedId === undefined ? undefined : `node-${selectedId}`}
      tabIndex={0}
    >
      {layout.boxes.length === 0 ? (
        <EmptyState title="Nothing to draw yet">The first step appears as soon as it starts.</EmptyState>
      ) : (
        <div className="graph-frame" style={{ width: layout.width }}>
          <LaneHeads lanes={layout.lanes} />
          <svg className="graph" width={layout.width} height={layout.height} role="presentation">
            <Arrows />
            <GraphLanes lanes={layout.lanes} height={layout.height - 6} />
            {layout.routes
              .filter((route) => route.bottom > seen.top && route.top < seen.bottom)
              .map((route) => (
                <Edge key={route.id} route={route} isLit={touches(route, selectedId)} />
              ))}
            {layout.boxes
              .filter((box) => box.y + box.height > seen.top && box.y < seen.bottom)
              .map((box) => (
                <GraphBox
                  key={box.id}
                  box={box}
                  nowMs={nowMs}
                  isSelected={box.id === selectedId}
                  onSelect={page.select}
                />
              ))}
          </svg>
        </div>
      )}
    </div>
  )
}

function Edge({ route, isLit }: { route: LaneRoute; isLit: boolean }) {
  return (
    <>
      <path
        className="graph-edge"
        data-lit={isLit}
        d={route.path}
        markerEnd={isLit ? 'url(#graph-arrow-lit)' : 'url(#graph-arrow)'}
      />
      {route.label === undefined ? null : (
        <text className="graph-edge-label" x={route.labelX} y={route.labelY} textAnchor={route.labelAnchor}>
          {route.label}
        </text>
      )}
    </>
  )
}

function Arrows() {
  const arrow = {
    viewBox: '0 0 8 8',
    refX: 4,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    orient: 'auto' as const,
  }
  return (
    <defs>
      <marker id="graph-arrow" markerUnits="userSpaceOnUse" {...arrow}>
        <path className="graph-arrow" d="M0 .8 7.2 4 0 7.2z" />
      </marker>
      <marker id="graph-arrow-lit" markerUnits="userSpaceOnUse" {...arrow}>
        <path className="graph-arrow-lit" d="M0 .8 7.2 4 0 7.2z" />
      </marker>
    </defs>
  )
}

function touches(route: LaneRoute, id: string | undefined): boolean {
  return id !== undefined && (route.id.startsWith(`${id}>`) || route.id.endsWith(`>${id}`))
}

/** What of the graph is in sight; boxes far outside of it are not drawn. */
function useFrame(scroller: HTMLElement | null) {
  const [frame, setFrame] = useState({ width: 900, height: 900, top: 0 })
  useEffect(() => {
    if (scroller === null) return
    const read = () =>
      setFrame({
        width: scroller.clientWidth,
        height: scroller.clientHeight,
        top: Math.floor(scroller.scrollTop / 200) * 200,
      })
    const observer = new ResizeObserver(read)
    observer.observe(scroller)
    scroller.addEventListener('scroll', read, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', read)
    }
  }, [scroller])
  return frame
}

/** Moves the view only when another box is selected that is out of sight. */
function useKeepInSight(args: {
  scroller: HTMLElement | null
  layout: LaneLayout
  id: string | undefined
}): void {
  const { scroller, layout, id } = args
  const shown = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (scroller === null || shown.current === id) return
    shown.current = id
    const box = layout.boxes.find((candidate) => candidate.id === id)
    if (box === undefined) return
    const bottom = box.y + box.height
    if (box.y < scroller.scrollTop + 40) scroller.scrollTo({ top: Math.max(0, box.y - 60) })
    else if (bottom > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTo({ top: bottom - scroller.clientHeight + 40 })
    }
  }, [scroller, layout, id])
}
