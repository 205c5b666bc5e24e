'use client'

import { formatClock, formatDuration, formatElapsed, formatMoney } from '@clew/domain/format'
import { Icon } from '#ui/icon.tsx'
import { agentLabel, endOf, findRunningLeaf, isOpen, nodeLabel } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import type { StoryEntry } from '@clew/domain/story'

const askLength = 900

/** What was asked, at the head of the rail. */
export function StoryAsk({ text }: { text: string }) {
  return (
    <div className="story-step story-ask" role="presentation" data-place="first">
      <span className="story-number" />
      <span className="story-rail">
        <Icon name="message" size={15} className="t2" label="Asked" />
      </span>
      <div className="story-what">
        <span className="prose">
          “{text.length > askLength ? `${text.slice(0, askLength).trimEnd()}…` : text}”
        </span>
      </div>
    </div>
  )
}

/** Who takes over: introduced with version, time and cost once, by name alone when coming back. */
export function StoryChapter(props: {
  entry: Extract<StoryEntry, { type: 'chapter' }>
  nowMs: number
  isTop: boolean
}) {
  const { entry, nowMs, isTop } = props
  const { agent } = entry
  const { span } = agent
  const money = span.cost === undefined ? undefined : formatMoney(span.cost)
  const elapsed = endOf(agent, nowMs) - agent.startMs
  const facts = [
    span.agent?.role,
    span.agent?.version,
    agent.parent?.agent === undefined
      ? undefined
      : isOpen(agent)
        ? formatElapsed(elapsed)
        : formatDuration(elapsed),
    agent.parent?.agent === undefined ? undefined : money,
  ]
  return (
    <div className="story-chapter" data-place={isTop ? 'first' : 'middle'} role="presentation">
      <b>{agentLabel(agent)}</b>
      {entry.isReturn ? null : <span>{facts.filter((fact) => fact !== undefined).join(', ')}</span>}
    </div>
  )
}

/** How it ended, or what it is doing. */
export function StoryEnded({ model, nowMs }: { model: RunModel; nowMs: number }) {
  const { trace } = model
  if (model.isRunning) {
    const leaf = findRunningLeaf(model)
    return (
      <div className="story-ended" role="presentation">
        {leaf === undefined
          ? 'Still running.'
          : `Still running: ${nodeLabel(leaf)} for ${formatElapsed(nowMs - leaf.startMs)}.`}
      </div>
    )
  }
  return (
    <div className="story-ended" role="presentation">
      {trace.status === 'lost'
        ? `Lost: its sender went away after ${formatClock(model.startEpochMs + model.lastMs)}, without an end.`
        : `Ended ${formatClock(model.startEpochMs + model.lastMs)}.`}
      {trace.outcome === undefined ? null : (
        <>
          {' '}
          Outcome <code>{trace.outcome}</code>.
        </>
      )}
      {trace.stopReason === undefined ? null : (
        <>
          {' '}
          Stop reason <code>{trace.stopReason}</code>.
        </>
      )}
    </div>
  )
}
