'use client'

import type { AgentCallEdge } from '@clew/domain'
import Link from 'next/link'
import { formatCount, formatDuration, formatPercent } from '@clew/domain/format'
import { useProjectPath } from '#shell/project-context.tsx'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon.tsx'
import { EmptyState } from '#ui/states.tsx'
import { layoutCalls, nodeHeight, nodeWidth } from './layout-calls.ts'
import type { CallLink, CallNode, CallNodeKind } from './layout-calls.ts'

const icons: Readonly<Record<CallNodeKind, IconName>> = { agent: 'agent', tool: 'tool', model: 'llm' }
const hues: Readonly<Record<CallNodeKind, string>> = { agent: 'k-agent', tool: 'k-tool', model: 'k-llm' }
const errorShareMax = 0.05

/** Who calls what: the line's width is the number of calls; red ones fail too often. */
export function CallGraph({ name, edges }: { name: string; edges: readonly AgentCallEdge[] }) {
  if (edges.length === 0) {
    return (
      <EmptyState title="It called nothing in this window">
        Calls of tools, models and other agents show here.
      </EmptyState>
    )
  }
  const layout = layoutCalls({ name, edges })
  const most = Math.max(...edges.map((edge) => edge.callCount))
  return (
    <>
      <div className="agents-graph">
        <div className="relative mx-auto" style={{ width: layout.width, height: layout.height }}>
          <svg
            width={layout.width}
            height={layout.height}
            className="absolute overflow-visible"
            aria-hidden="true"
          >
            {layout.links.map((link) => (
              <path
                key={link.key}
                d={toPath(link)}
                className={fails(link.edge) ? 'agents-link is-failing' : 'agents-link'}
                style={{ strokeWidth: 1.25 + 2 * (link.edge.callCount / most) }}
              />
            ))}
          </svg>
          {layout.links.map((link) => (
            <LinkLabel key={link.key} link={link} />
          ))}
          <ul>
            {layout.nodes.map((node) => (
              <li key={node.id}>
                <GraphNode
                  node={node}
                  isSubject={node.kind === 'agent' && node.name === name}
                  edges={edges}
                />
              </li>
            ))}
          </ul>
        </div>
      </div>
      <p className="agents-legend small t3">
        Line width and the upper figure are calls.
        {layout.hiddenCount === 0 ? null : (
          <span>{formatCount(layout.hiddenCount)} more, called less often, are left out.</span>
        )}
        {edges.some(fails) ? (
          <span className="status st-fail">
            <Icon name="fail" size={14} /> above 5% errors
          </span>
        ) : null}
      </p>
    </>
  )
}

function GraphNode(props: { node: CallNode; isSubject: boolean; edges: readonly AgentCallEdge[] }) {
  const { node, isSubject, edges } = props
  const path = useProjectPath()
  const into = edges.filter(
    (edge) =>
      edge.to === node.name &&
      (node.kind === 'agent' ? edge.kind === 'agent' || edge.kind === 'handoff' : edge.kind === node.kind),
  )
  const calls = into.reduce((sum, edge) => sum + edge.callCount, 0)
  const errors = into.reduce((sum, edge) => sum + edge.errorCount, 0)
  const inner = (
    <>
      <Icon name={icons[node.kind]} size={14} className={`kind ${hues[node.kind]}`} />
      <span className={node.kind === 'tool' ? 'mono clip' : 'clip'}>{node.name}</span>
      <span />
      <span className="small t3 tnum clip">
        {calls === 0
          ? 'starts here'
          : errors === 0
            ? `${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`
            : `${formatPercent(errors / calls)}% err`}
      </span>
    </>
  )
  const className = `agents-node${isSubject ? ' is-subject' : ''}${into.some(fails) ? ' is-failing' : ''}`
  const style = { left: node.x, top: node.y, width: nodeWidth, height: nodeHeight }
  if (node.kind === 'agent' && !isSubject) {
    return (
      <Link className={className} style={style} href={path(`/agents/${encodeURIComponent(node.name)}`)}>
        {inner}
      </Link>
    )
  }
  const field = node.kind === 'agent' ? 'agent' : node.kind
  return (
    <Link
      className={className}
      style={style}
      href={path(`/runs?scope=any&range=7d&q=${encodeURIComponent(`${field}:"${node.name}"`)}`)}
    >
      {inner}
    </Link>
  )
}

function LinkLabel({ link }: { link: CallLink }) {
  if (link.isBack) return null
  const { edge, from, to } = link
  const isFailing = fails(edge)
  return (
    <span
      className={isFailing ? 'agents-link-label st-fail' : 'agents-link-label t3'}
      style={{ left: to.x - 8, top: to.y + nodeHeight / 2 }}
      title={`${from.name} to ${to.name}`}
    >
      <span>{formatCount(edge.callCount)}</span>
      <span>
        {isFailing
          ? `${formatPercent(edge.errorCount / edge.callCount)}% fail`
          : edge.durationMsP50 === undefined
            ? ''
            : `p50 ${formatDuration(edge.durationMsP50)}`}
      </span>
    </span>
  )
}

function fails(edge: AgentCallEdge): boolean {
  return edge.callCount > 0 && edge.errorCount / edge.callCount > errorShareMax
}

function toPath({ from, to, isBack }: CallLink): string {
  const middle = nodeHeight / 2
  if (isBack) {
    const x = from.x + nodeWidth / 2
    const back = to.x + nodeWidth / 2
    return `M${x + 20} ${from.y}C${x + 20} ${from.y - 26} ${back - 20} ${to.y - 26} ${back - 20} ${to.y}`
  }
  const [x1, y1, x2, y2] = [from.x + nodeWidth, from.y + middle, to.x, to.y + middle]
  const bend = Math.min(48, (x2 - x1) / 2)
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x1} ${y2} ${x1 + bend} ${y2}L${x2} ${y2}`
}
