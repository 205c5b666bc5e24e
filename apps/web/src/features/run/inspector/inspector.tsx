'use client'

import { useState } from 'react'
import { formatDuration, formatElapsed, formatMoney } from '@clew/domain/format'
import { Icon } from '#ui/icon.tsx'
import { KindIcon } from '#ui/kind-icon.tsx'
import { ErrorState } from '#ui/states.tsx'
import { StatusPill } from '#ui/status.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { useSpanDetail } from '../live/use-span-detail.ts'
import { agentLabel, endOf, isOpen, nodeLabel } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import { InputTab } from './input-tab.tsx'
import { listCalledTools, listOfferedTools } from './list-tools.ts'
import { NotesTab } from './notes-tab.tsx'
import { OutputTab } from './output-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import type { InspectorTabProps } from './overview-tab.tsx'
import { RawTab } from './raw-tab.tsx'
import { ToolsTab } from './tools-tab.tsx'

type TabName = 'overview' | 'input' | 'output' | 'tools' | 'raw' | 'notes'

export interface InspectorProps {
  node: RunNode
  model: RunModel
  nowMs: number
  streamed: string | undefined
  onSelect: (node: RunNode) => void
  /** Who is looking, for notes. */
  by: string
}

/** Everything about one span; the payload is fetched when the span is looked at. */
export function Inspector({ node, model, nowMs, streamed, onSelect, by }: InspectorProps) {
  const [tab, setTab] = useState<TabName>('overview')
  const detail = useSpanDetail(node)
  const span = detail.span ?? node.span
  const props: InspectorTabProps = {
    node,
    span,
    isWhole: detail.span !== undefined,
    model,
    nowMs,
    streamed,
    onSelect,
  }
  const toolCount = countTools(props)
  return (
    <div className="inspector">
      <InspectorHead node={node} nowMs={nowMs} />
      <Tabs<TabName>
        label="Of this span"
        value={tab}
        onChange={setTab}
        panelClassName="inspector-panel"
        tabs={[
          { value: 'overview', label: 'Overview' },
          { value: 'input', label: 'Input' },
          { value: 'output', label: 'Output' },
          { value: 'tools', label: 'Tools', count: toolCount === 0 ? undefined : toolCount },
          { value: 'raw', label: 'Raw + provenance' },
          { value: 'notes', label: 'Notes' },
        ]}
      >
        {detail.problem === undefined ? null : (
          <ErrorState title="The payload could not be read" onRetry={detail.retry}>
            {detail.problem} What stands below comes from the run’s previews.
          </ErrorState>
        )}
        <div key={node.id}>
          <Panel tab={tab} props={props} by={by} />
        </div>
      </Tabs>
    </div>
  )
}

function Panel({ tab, props, by }: { tab: TabName; props: InspectorTabProps; by: string }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab {...props} />
    case 'input':
      return <InputTab {...props} />
    case 'output':
      return <OutputTab {...props} />
    case 'tools':
      return <ToolsTab {...props} />
    case 'raw':
      return <RawTab {...props} />
    case 'notes':
      return <NotesTab {...props} by={by} />
  }
}

function InspectorHead({ node, nowMs }: { node: RunNode; nowMs: number }) {
  const lasted = endOf(node, nowMs) - node.startMs
  const agent = node.agent === undefined || node.agent === node ? undefined : agentLabel(node.agent)
  const place = [node.step === undefined ? undefined : `step ${node.step}`, agent].filter(
    (part) => part !== undefined,
  )
  const money = node.span.cost === undefined ? undefined : formatMoney(node.span.cost)
  const isMono = node.span.kind === 'TOOL'
  return (
    <header className="inspector-head">
      {node.isFailed ? (
        <Icon name="fail" className="st-fail" />
      ) : (
        <KindIcon kind={node.span.kind} size={16} />
      )}
      <h2 className={isMono ? 'mono clip' : 'clip'} title={node.span.name}>
        {nodeLabel(node)}
      </h2>
      <span className="t3 small whitespace-nowrap">{place.join(', ')}</span>
      <span className="grow" />
      {node.isFailed ? <StatusPill status="error" /> : null}
      {node.span.state === 'lost' ? <StatusPill status="lost" /> : null}
      {isOpen(node) ? (
        <span className="num small st-run">{formatElapsed(lasted)}</span>
      ) : (
        <span className="num small t2">
          {formatDuration(lasted)}
          {money === undefined ? '' : `\u2002${money}`}
        </span>
      )}
    </header>
  )
}

function countTools({ span, model }: InspectorTabProps): number {
  if (span.kind !== 'LLM') return 0
  return listOfferedTools(span).length || listCalledTools({ span, model }).length
}
