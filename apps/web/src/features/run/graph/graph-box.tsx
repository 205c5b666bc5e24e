'use client'

import { memo } from 'react'
import { formatDuration, formatElapsed } from '@clew/domain/format'
import { Icon } from '#ui/icon.tsx'
import { KindIcon } from '#ui/kind-icon.tsx'
import { isOpen, nodeLabel } from '@clew/domain/story'
import type { RunNode } from '@clew/domain/story'
import type { LaneBox } from './layout-lanes.ts'

export interface GraphBoxProps {
  box: LaneBox
  nowMs: number
  isSelected: boolean
  onSelect: (node: RunNode) => void
}

/** One step in its lane. */
export const GraphBox = memo(
  function GraphBox({ box, nowMs, isSelected, onSelect }: GraphBoxProps) {
    const { node } = box
    return (
      <g
        id={`node-${box.id}`}
        className="graph-box"
        role={node === undefined ? 'presentation' : 'treeitem'}
        aria-selected={node === undefined ? undefined : isSelected}
        data-status={statusOf(node)}
        onClick={() => {
          if (node !== undefined) onSelect(node)
        }}
      >
        {node?.step === undefined ? null : (
          <text className="graph-box-number" x={box.x + 1} y={box.y - 3}>
            {node.step}
          </text>
        )}
        <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={4} />
        <foreignObject x={box.x} y={box.y} width={box.width} height={box.height}>
          <div className="graph-box-content">
            {node === undefined ? <Asked /> : <BoxContent node={node} nowMs={nowMs} />}
          </div>
        </foreignObject>
      </g>
    )
  },
  (before, after) =>
    before.box === after.box &&
    before.isSelected === after.isSelected &&
    before.onSelect === after.onSelect &&
    (before.nowMs === after.nowMs || after.box.node === undefined || !isOpen(after.box.node)),
)

function Asked() {
  return (
    <>
      <Icon name="message" size={14} className="t2" />
      <span>Asked</span>
    </>
  )
}

function BoxContent({ node, nowMs }: { node: RunNode; nowMs: number }) {
  const label = node.span.kind === 'APPROVAL' ? (node.span.approval?.by ?? 'A person') : nodeLabel(node)
  return (
    <>
      <BoxIcon node={node} />
      <span className={node.span.kind === 'TOOL' ? 'clip mono' : 'clip'} title={node.span.name}>
        {label}
      </span>
      {isOpen(node) ? (
        <span className="num st-run">{formatElapsed(nowMs - node.startMs)}</span>
      ) : node.endMs === undefined ? null : (
        <span className="num">{formatDuration(node.endMs - node.startMs)}</span>
      )}
    </>
  )
}

function BoxIcon({ node }: { node: RunNode }) {
  const status = statusOf(node)
  if (status === 'failed') return <Icon name="fail" size={14} className="st-fail" label="Failed" />
  if (status === 'running') return <Icon name="run" size={14} className="st-run spin" label="Running" />
  if (status === 'waiting')
    return <Icon name="wait" size={14} className="st-warn" label="Waits for a person" />
  if ((node.span.retry?.attempt ?? 1) > 1)
    return <Icon name="retry" size={14} className="kind k-tool" label="Retry" />
  return <KindIcon kind={node.span.kind} />
}

function statusOf(node: RunNode | undefined): 'failed' | 'running' | 'waiting' | 'done' {
  if (node?.isFailed === true) return 'failed'
  if (node === undefined || !isOpen(node)) return 'done'
  return node.span.kind === 'APPROVAL' ? 'waiting' : 'running'
}
