'use client'

import { useCallback, useMemo } from 'react'
import { formatCount } from '@clew/domain/format'
import { EmptyState } from '#ui/states.tsx'
import type { RunModel, RunNode } from '@clew/domain/story'
import { RowWindow } from '../row-window.tsx'
import type { RunPageState } from '../use-run-page.ts'
import { useStepOrder } from '../use-step-order.ts'
import { buildStory } from '@clew/domain/story'
import type { StoryEntry, StreamedText } from '@clew/domain/story'
import { StoryAsk, StoryChapter, StoryEnded } from './story-frame.tsx'
import { StoryStep } from './story-step.tsx'

export interface StoryViewProps {
  model: RunModel
  page: RunPageState
  nowMs: number
  streamed: StreamedText
}

/** The run told in verbs, a chapter per agent. */
export function StoryView({ model, page, nowMs, streamed }: StoryViewProps) {
  const entries = useMemo(() => buildStory(model, streamed), [model, streamed])
  const order = useMemo(
    () => entries.flatMap((entry) => (entry.type === 'step' ? [entry.node] : [])),
    [entries],
  )
  useStepOrder({ order, page })
  const cursor = useMemo(
    () => entries.findIndex((entry) => entry.type === 'step' && entry.node === page.selected),
    [entries, page.selected],
  )
  const rowKey = useCallback((i: number) => keyOf(entries[i], i), [entries])
  if (order.length === 0) return <EmptyStory isRunning={model.isRunning} spanCount={model.nodes.length} />
  const lastStep = order.at(-1)
  return (
    <div className="story" data-many={order.length > 9999}>
      <RowWindow
        label="Story, step by step"
        count={entries.length + 1}
        rowKey={rowKey}
        estimate={(i) => (entries[i]?.type === 'ask' ? 60 : 30)}
        cursor={cursor === -1 ? undefined : cursor}
        activeId={page.selected === undefined ? undefined : rowId(page.selected)}
        isGrowing={model.isRunning}
        startsAtTail={!page.isChosen}
        renderRow={(i) => {
          const entry = entries[i]
          if (entry === undefined) return <StoryEnded model={model} nowMs={nowMs} />
          if (entry.type === 'ask') return <StoryAsk text={entry.text} />
          if (entry.type === 'chapter') return <StoryChapter entry={entry} nowMs={nowMs} isTop={i === 0} />
          return (
            <StoryStep
              id={rowId(entry.node)}
              node={entry.node}
              telling={entry.telling}
              nowMs={nowMs}
              place={placeOf({ i, isLast: entry.node === lastStep && !model.isRunning })}
              isSelected={entry.node === page.selected}
              onSelect={page.select}
            />
          )
        }}
      />
    </div>
  )
}

function EmptyStory({ isRunning, spanCount }: { isRunning: boolean; spanCount: number }) {
  return (
    <EmptyState title={isRunning ? 'It has only just begun' : 'Nothing to tell'}>
      {isRunning
        ? 'The first step appears here as soon as it starts.'
        : `None of its ${formatCount(spanCount)} spans says what it stands for. The timeline shows them as they are.`}
    </EmptyState>
  )
}

function placeOf({ i, isLast }: { i: number; isLast: boolean }): 'first' | 'last' | 'middle' {
  if (i === 0) return 'first'
  return isLast ? 'last' : 'middle'
}

function rowId(node: RunNode): string {
  return `step-${node.id}`
}

function keyOf(entry: StoryEntry | undefined, i: number): string {
  if (entry === undefined) return 'ended'
  if (entry.type === 'ask') return 'ask'
  return entry.type === 'chapter' ? `chapter-${entry.agent.id}-${i}` : entry.node.id
}
