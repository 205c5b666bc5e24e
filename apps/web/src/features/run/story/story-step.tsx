'use client'

import { memo } from 'react'
import type { ReactNode } from 'react'
import { formatDuration, formatElapsed } from '@clew/domain/format'
import { Icon } from '#ui/icon.tsx'
import { KindIcon } from '#ui/kind-icon.tsx'
import { Cost } from '#ui/numbers.tsx'
import { isOpen } from '@clew/domain/story'
import type { RunNode } from '@clew/domain/story'
import { rowProps } from '../row-props.ts'
import type { StepTelling, StoryMark, StoryPart } from '@clew/domain/story'

export interface StoryStepProps {
  id: string
  node: RunNode
  telling: StepTelling
  nowMs: number
  place: 'first' | 'middle' | 'last'
  isSelected: boolean
  onSelect: (node: RunNode) => void
}

/** One numbered step: its shape on the rail, its sentence, its time and cost. */
export const StoryStep = memo(
  function StoryStep({ id, node, telling, nowMs, place, isSelected, onSelect }: StoryStepProps) {
    return (
      <div
        id={id}
        className="story-step"
        data-place={place}
        aria-level={1}
        {...rowProps({ isSelected, onSelect: () => onSelect(node) })}
      >
        <span className="story-number">{node.step}</span>
        <span className="story-rail">
          <RailMark mark={telling.mark} node={node} />
        </span>
        <div className="story-what">
          <Sentence parts={telling.parts} />
          {telling.note === undefined ? null : (
            <div className="story-note">
              <Sentence parts={telling.note.parts} separator=", " />
            </div>
          )}
        </div>
        <span className="story-numbers">
          <StepTime node={node} nowMs={nowMs} />
          {node.span.cost?.total === undefined || node.span.kind === 'AGENT' ? (
            <span />
          ) : (
            <Cost cost={node.span.cost} currency className="num t3" />
          )}
        </span>
      </div>
    )
  },
  // A closed step does not change with the clock.
  (before, after) =>
    before.telling === after.telling &&
    before.node === after.node &&
    before.isSelected === after.isSelected &&
    before.place === after.place &&
    before.onSelect === after.onSelect &&
    (before.nowMs === after.nowMs || !isOpen(after.node)),
)

function StepTime({ node, nowMs }: { node: RunNode; nowMs: number }) {
  if (isOpen(node)) return <span className="num st-run">{formatElapsed(nowMs - node.startMs)}</span>
  if (node.endMs === undefined) return <span className="num t3">lost</span>
  return (
    <span className="num">{node.span.kind === 'AGENT' ? '' : formatDuration(node.endMs - node.startMs)}</span>
  )
}

/** A status stands on the rail before a kind does. */
export function RailMark({ mark, node }: { mark: StoryMark; node: RunNode }) {
  switch (mark.by) {
    case 'kind':
      return <KindIcon kind={mark.kind} size={15} />
    case 'fail':
      return <Icon name="fail" size={15} className="st-fail" label="Failed" />
    case 'lost':
      return <Icon name="lost" size={15} className="st-warn" label="Lost" />
    case 'running':
      return <Icon name="run" size={15} className="st-run spin" label="Running" />
    case 'waiting':
      return <Icon name="wait" size={15} className="st-warn" label="Waits for a person" />
    case 'handoff':
      return <Icon name="handoff" size={15} className="t2" label="Handoff" />
    case 'retry':
      return (
        <Icon
          name="retry"
          size={15}
          className={`kind ${node.span.kind === 'LLM' ? 'k-llm' : 'k-tool'}`}
          label="Retry"
        />
      )
  }
}

/** The parts of a sentence, in words and shapes. */
export function Sentence({ parts, separator = ' ' }: { parts: readonly StoryPart[]; separator?: string }) {
  return parts.map((part, i) => (
    <span key={i}>
      {i === 0 || startsTight(part)
        ? ''
        : parts[i - 1]?.as === 'text' && part.as === 'duration'
          ? ' '
          : separator}
      <Part part={part} />
    </span>
  ))
}

function Part({ part }: { part: StoryPart }): ReactNode {
  switch (part.as) {
    case 'verb':
      return <b className="story-verb">{part.text}</b>
    case 'code':
      return <code>{part.text}</code>
    case 'quote':
      return <span className="story-quote">“{part.text}”</span>
    case 'aside':
      return <span className="t3">{part.text}</span>
    case 'fail':
      return <span className="story-fail">{part.text}</span>
    case 'prose':
      return <span className="prose">“{part.text}”</span>
    case 'removed':
      return <span className="del">{part.text}</span>
    case 'added':
      return <span className="ins">{part.text}</span>
    case 'duration':
      return formatDuration(part.ms)
    case 'text':
      return part.text
  }
}

function startsTight(part: StoryPart): boolean {
  return part.as === 'text' && (part.text.startsWith(',') || part.text.startsWith(':'))
}
