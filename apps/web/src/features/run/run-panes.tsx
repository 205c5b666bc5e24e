'use client'

import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { LiveRun } from '@clew/domain'
import { formatCount } from '@clew/domain/format'
import { Segmented } from '#ui/segmented.tsx'
import { GraphView } from './graph/graph-view.tsx'
import { Inspector } from './inspector/inspector.tsx'
import { LogView } from './log/log-view.tsx'
import type { RunModel } from '@clew/domain/story'
import { StoryView } from './story/story-view.tsx'
import type { TimeScale } from './timeline/build-time-scale.ts'
import { TimelineView } from './timeline/timeline-view.tsx'
import type { RunPageState, RunView } from './use-run-page.ts'

const viewOptions: readonly { value: RunView; label: string }[] = [
  { value: 'story', label: 'Story' },
  { value: 'timeline', label: 'Timeline' },
  { value: 'graph', label: 'Graph' },
  { value: 'log', label: 'Log' },
]

export interface RunPanesProps {
  run: LiveRun
  model: RunModel
  page: RunPageState
  scale: TimeScale
  nowMs: number
  /** The moment that is pointed at or played. */
  momentMs: number | undefined
  /** What stands beside the choice of views. */
  bar: ReactNode
  by: string
}

/** The projection at the left, what is selected in it at the right. */
export function RunPanes(props: RunPanesProps) {
  const { run, model, page, scale, nowMs, by } = props
  const streamed = useMemo(
    () => new Map([...run.streamed].map(([id, content]) => [id, content.text])),
    [run.streamed],
  )
  const { selected } = page
  return (
    <div className="run-panes">
      <section className="run-pane" aria-label="Projection">
        <div className="run-pane-bar">
          <Segmented
            label="View of the run"
            options={viewOptions}
            value={page.view}
            onChange={page.setView}
          />
          <span className="grow" />
          {props.bar}
          <span className="t3 small tnum whitespace-nowrap">{countOf({ page, model })}</span>
        </div>
        <div className="run-pane-body">
          {page.view === 'story' ? (
            <StoryView model={model} page={page} nowMs={nowMs} streamed={streamed} />
          ) : null}
          {page.view === 'timeline' ? (
            <TimelineView model={model} page={page} scale={scale} nowMs={nowMs} momentMs={props.momentMs} />
          ) : null}
          {page.view === 'graph' ? <GraphView run={run} model={model} page={page} nowMs={nowMs} /> : null}
          {page.view === 'log' ? <LogView run={run} model={model} page={page} /> : null}
        </div>
      </section>
      <section
        className="run-pane run-pane-inspector"
        aria-label="Inspector"
        onPointerDown={() => {
          // Whoever reads here keeps what they read, however the run goes on.
          if (selected !== undefined && !page.isChosen && model.isRunning) page.select(selected)
        }}
      >
        {selected === undefined ? (
          <p className="inspector-section t3">Select a step to see what went in and what came out.</p>
        ) : (
          <Inspector
            node={selected}
            model={model}
            nowMs={nowMs}
            streamed={streamed.get(selected.id)}
            onSelect={page.select}
            by={by}
          />
        )}
      </section>
    </div>
  )
}

function countOf({ page, model }: { page: RunPageState; model: RunModel }): string {
  if (page.view === 'story' || page.view === 'graph') {
    return `${formatCount(model.steps.length)} ${model.steps.length === 1 ? 'step' : 'steps'}`
  }
  if (page.view === 'log') return ''
  const twice = model.duplicateCount === 0 ? '' : `, ${formatCount(model.duplicateCount)} recorded twice`
  return `${formatCount(model.nodes.length)} spans${twice}`
}
