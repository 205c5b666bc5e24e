'use client'

import { memo } from 'react'
import { formatDuration, formatElapsed } from '@clew/domain/format'
import { Icon } from '#ui/icon.tsx'
import { KindIcon, kindClass } from '#ui/kind-icon.tsx'
import { Tag } from '#ui/chip.tsx'
import { endOf, isOpen, nodeLabel } from '@clew/domain/story'
import type { RunNode } from '@clew/domain/story'
import { rowProps } from '../row-props.ts'
import type { TimelineRow as Row } from './build-rows.ts'
import type { TimeScale } from './build-time-scale.ts'
import { percent } from './time-axis.tsx'

export interface TimelineRowProps {
  row: Row
  scale: TimeScale
  nowMs: number
  isSelected: boolean
  onSelect: (node: RunNode) => void
  onFold: (node: RunNode, isFolded: boolean) => void
}

const indent = 16
const deepest = 10

/** One span: its place in the tree, its bar, its time. */
export const TimelineRow = memo(function TimelineRow(props: TimelineRowProps) {
  const { row, isSelected, onSelect, onFold } = props
  const { node } = row
  const hasChildren = node.children.length > 0
  return (
    <div
      id={`bar-${node.id}`}
      className="timeline-row"
      aria-level={node.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblingCount}
      aria-expanded={hasChildren ? !row.isFolded : undefined}
      {...rowProps({ isSelected, onSelect: () => onSelect(node) })}
    >
      <div className="timeline-name" style={{ paddingLeft: 8 + Math.min(node.depth, deepest) * indent }}>
        {hasChildren ? (
          <button
            type="button"
            className="timeline-twist"
            tabIndex={-1}
            aria-label={row.isFolded ? 'Open' : 'Fold'}
            onClick={(event) => {
              event.stopPropagation()
              onFold(node, !row.isFolded)
            }}
          >
            <Icon name={row.isFolded ? 'right' : 'down'} size={12} />
          </button>
        ) : (
          <span className="timeline-twist" />
        )}
        <RowIcon node={node} />
        <span className={nameClass(node)} title={node.span.name}>
          {nodeLabel(node)}
        </span>
        {(node.span.retry?.attempt ?? 1) > 1 ? <Tag>{ordinal(node.span.retry?.attempt ?? 1)} try</Tag> : null}
        {row.isFolded ? <Tag>{node.children.length.toLocaleString('en')}</Tag> : null}
        {row.hiddenFailures === 0 ? null : (
          <span className="status small st-fail">
            <Icon name="fail" size={12} label="Failed inside" /> {row.hiddenFailures.toLocaleString('en')}
          </span>
        )}
        <span className="num">{node.step}</span>
      </div>
      <TimelineBar {...props} />
    </div>
  )
}, isSameRow)

/** A closed span does not change with the clock as long as the scale does not. */
function isSameRow(before: TimelineRowProps, after: TimelineRowProps): boolean {
  return (
    before.row.node === after.row.node &&
    before.row.isFolded === after.row.isFolded &&
    before.row.siblingCount === after.row.siblingCount &&
    before.row.hiddenFailures === after.row.hiddenFailures &&
    before.isSelected === after.isSelected &&
    before.scale === after.scale &&
    before.onSelect === after.onSelect &&
    before.onFold === after.onFold &&
    (before.nowMs === after.nowMs || !isOpen(after.row.node))
  )
}

function TimelineBar({ row, scale, nowMs, isSelected }: TimelineRowProps) {
  const { node } = row
  const open = isOpen(node)
  const end = endOf(node, nowMs)
  const from = scale.toFraction(node.startMs)
  const to = scale.toFraction(end)
  const width = to - from
  const isContainer = node.span.kind === 'AGENT' || (node.span.kind === 'CHAIN' && node.children.length > 0)
  const firstWords = node.span.timeToFirstTokenMs
  const classes = ['bar', 'timeline-bar', kindClass(node.span.kind)]
  if (open || node.endMs === undefined) classes.push('bar-open')
  if (width < 0.01) classes.push('timeline-bar-narrow')
  return (
    <div className="timeline-area">
      <i
        className={classes.join(' ')}
        data-container={isContainer}
        data-failed={node.isFailed}
        data-selected={isSelected}
        style={{ left: percent(from), width: percent(width) }}
      >
        {firstWords === undefined || width < 0.02 ? null : (
          <u
            className="timeline-first-words"
            style={{ left: percent((scale.toFraction(node.startMs + firstWords) - from) / width) }}
          />
        )}
      </i>
      <span className="timeline-value" style={valuePlace({ from, to })}>
        {firstWords === undefined || width < 0.02 ? null : (
          <span className="t3">first words {formatDuration(firstWords)}&ensp;</span>
        )}
        {open ? (
          <span className="st-run">{formatElapsed(end - node.startMs)}</span>
        ) : node.endMs === undefined ? (
          'lost'
        ) : (
          formatDuration(end - node.startMs)
        )}
      </span>
    </div>
  )
}

/** The figure stands after the bar, before it where the bar ends near the edge, and for the longest above it. */
function valuePlace({ from, to }: { from: number; to: number }): {
  left?: string
  right?: string
  display?: string
} {
  if (to < 0.84) return { left: percent(to) }
  if (from > 0.2) return { right: percent(1 - from) }
  return { left: '100%' }
}

function RowIcon({ node }: { node: RunNode }) {
  if (node.isFailed) return <Icon name="fail" size={14} className="st-fail" label="Failed" />
  if (node.span.state === 'lost') return <Icon name="lost" size={14} className="st-warn" label="Lost" />
  if (isOpen(node) && node.children.length === 0) {
    const waits = node.span.kind === 'APPROVAL'
    return waits ? (
      <Icon name="wait" size={14} className="st-warn" label="Waits for a person" />
    ) : (
      <Icon name="run" size={14} className="st-run spin" label="Running" />
    )
  }
  return <KindIcon kind={node.span.kind} size={14} />
}

function nameClass(node: RunNode): string {
  if (node.span.kind === 'AGENT') return 'clip med'
  return node.span.kind === 'TOOL' ? 'clip mono' : 'clip'
}

function ordinal(count: number): string {
  return count === 2 ? '2nd' : count === 3 ? '3rd' : `${count}th`
}
