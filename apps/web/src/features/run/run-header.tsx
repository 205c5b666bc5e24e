'use client'

import Link from 'next/link'
import { useProjectPath } from '#shell/project-context.tsx'
import { ThemeMenu } from '#shell/theme-menu.tsx'
import {
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
  formatElapsed,
  totalTokens,
} from '@clew/domain/format'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Icon } from '#ui/icon.tsx'
import { KindIcon } from '#ui/kind-icon.tsx'
import { Cost, Tokens } from '#ui/numbers.tsx'
import { Tag } from '#ui/chip.tsx'
import { StatusPill } from '#ui/status.tsx'
import { Doing } from './doing.tsx'
import { ExportMenu } from './export-menu.tsx'
import { agentLabel, measureWaiting, titleOf } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import type { RunPageState } from './use-run-page.ts'

export interface RunHeaderProps {
  model: RunModel
  page: RunPageState
  nowMs: number
  /** Set while the stream of a running run is away. */
  isReconnecting: boolean
  /** True while a finished run is shown as it stood before its end. */
  isPast: boolean
  onNeighbour: (which: 'older' | 'newer') => void
}

/** Status, goal and the figures of the run; stays put in every projection. */
export function RunHeader(props: RunHeaderProps) {
  const { model, isPast, onNeighbour } = props
  const title = titleOf(model)
  return (
    <header className="run-head">
      <div className="run-head-line">
        {isPast ? <Tag>As it stood</Tag> : <StatusPill status={model.trace.status} />}
        <h1 className="clip" title={title}>
          {title}
        </h1>
        <span className="grow" />
        <Button
          variant="ghost"
          square
          aria-label="Older run"
          title="Older run  ["
          onClick={() => onNeighbour('older')}
        >
          <Icon name="left" size={14} />
        </Button>
        <Button
          variant="ghost"
          square
          aria-label="Newer run"
          title="Newer run  ]"
          onClick={() => onNeighbour('newer')}
        >
          <Icon name="right" size={14} />
        </Button>
        <ExportMenu traceId={model.trace.traceId} />
        <ThemeMenu />
      </div>
      <RunFacts {...props} />
    </header>
  )
}

function RunFacts({ model, page, nowMs, isReconnecting }: RunHeaderProps) {
  const { trace } = model
  const waitedMs = measureWaiting(model, nowMs)
  const root = model.roots[0]?.agent
  const agent = root === undefined ? trace.agents[0] : agentLabel(root)
  const version = trace.agentVersion ?? root?.span.agent?.version
  return (
    <div className="run-facts">
      {agent === undefined ? null : (
        <span>
          <KindIcon kind="AGENT" /> {agent}
          {version === undefined ? null : <span className="t3">@{version}</span>}
        </span>
      )}
      <span>
        <Icon name="clock" size={14} className="t3" /> {formatClock(model.startEpochMs)},{' '}
        {formatDate(model.startEpochMs)}
      </span>
      <span>
        {model.isRunning ? formatElapsed(nowMs) : formatDuration(nowMs)}
        {waitedMs > 0 ? <span className="t3">of which {formatDuration(waitedMs)} a person</span> : null}
      </span>
      {totalTokens(trace.usage) === undefined ? null : (
        <span>
          <Tokens usage={trace.usage} className="t2" /> tokens
        </span>
      )}
      {trace.cost?.total === undefined ? null : <Cost cost={trace.cost} currency className="t2" />}
      <UnpricedFact models={trace.unpricedModels} />
      <span>
        {formatCount(trace.spanCount)} {trace.spanCount === 1 ? 'span' : 'spans'}
      </span>
      <SessionFact sessionIds={trace.sessionIds} />
      {model.isRunning && page.errors.length > 0 ? <Doing model={model} page={page} nowMs={nowMs} /> : null}
      {isReconnecting ? <span className="st-warn">reconnecting</span> : null}
      <span className="run-id t3 mono" title={trace.traceId}>
        {trace.traceId.slice(0, 8)}
        <CopyButton text={trace.traceId} label="Copy the trace id" iconOnly />
      </span>
    </div>
  )
}

/** What the cost leaves out, and where to mend it. */
function UnpricedFact({ models }: { models: readonly string[] }) {
  const toPath = useProjectPath()
  if (models.length === 0) return null
  return (
    <Link className="link" prefetch={false} href={toPath('/settings/prices')} title={models.join(', ')}>
      no price for {models.length === 1 ? models[0] : `${models.length} models`}
    </Link>
  )
}

function SessionFact({ sessionIds }: { sessionIds: readonly string[] }) {
  const toPath = useProjectPath()
  const [first] = sessionIds
  if (first === undefined) return null
  return (
    <span>
      <span className="t3">session</span>
      <Link
        className="link clip"
        style={{ maxWidth: 160 }}
        prefetch={false}
        href={toPath(`/sessions/${encodeURIComponent(first)}`)}
      >
        {first}
      </Link>
      {sessionIds.length > 1 ? <span className="t3">and {sessionIds.length - 1} more</span> : null}
    </span>
  )
}
