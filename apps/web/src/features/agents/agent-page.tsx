'use client'

import type { AgentCallEdge, AgentSummary, RunSummary } from '@clew/domain'
import { toDurationMs } from '@clew/domain'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatAmount, formatCount, formatDuration, formatPercent, totalTokens } from '@clew/domain/format'
import { useTimeRange } from '#lib/time-range.ts'
import { isNotFound, toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useFeedPulse } from '#lib/use-feed.tsx'
import { useKeys } from '#lib/use-keys.tsx'
import { useRowCursor } from '#lib/use-row-cursor.ts'
import { PageTop } from '#shell/page-top.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { Button, buttonClass } from '#ui/button.tsx'
import { Tag } from '#ui/chip.tsx'
import { Icon } from '#ui/icon.tsx'
import { runColumns, RunRow } from '#ui/run-row.tsx'
import { EmptyState, ErrorState, LoadingRows } from '#ui/states.tsx'
import { HeadCell } from '#ui/table-cell.tsx'
import { TimeRangeMenu } from '#ui/time-range-menu.tsx'
import { useRouter } from 'next/navigation'
import { toEndedWell } from './ended-well.ts'
import { CallGraph } from './call-graph.tsx'

/** One agent: its numbers, whom and what it calls, and its latest runs. */
export function AgentPage({ name }: { name: string }) {
  const { range, since, setRange } = useTimeRange('7d')
  const trpc = useTrpc()
  const path = useProjectPath()
  const router = useRouter()
  const { id: projectId } = useProject()
  const query = useQuery({
    ...trpc.agents.get.queryOptions({ projectId, name, since }),
    placeholderData: keepPreviousData,
  })
  useFeedPulse({ everyMs: 4000, onPulse: () => void query.refetch() })
  useKeys([{ keys: 'Escape', label: 'agents', legend: true, run: () => router.push(path('/agents')) }])
  return (
    <>
      <PageTop
        parent={{ href: path('/agents'), label: 'Agents' }}
        title={
          <>
            <Icon name="agent" className="kind k-agent" />
            <span className="clip">{name}</span>
          </>
        }
        detail={query.data?.agent.agentId}
      >
        <TimeRangeMenu range={range} onChange={setRange} />
      </PageTop>
      {query.data === undefined ? (
        query.error === null ? (
          <LoadingRows columns="1fr 1fr 1fr 1fr" waitingFor="the agent" />
        ) : isNotFound(query.error) ? (
          <EmptyState
            title={`“${name}” did not run in this window`}
            actions={
              <>
                <Button onClick={() => setRange('90d')}>Widen to 90 days</Button>
                <Link className={buttonClass({ variant: 'ghost' })} href={path('/agents')}>
                  All agents
                </Link>
              </>
            }
          />
        ) : (
          <ErrorState title="The agent could not be read" onRetry={() => void query.refetch()}>
            {toErrorMessage(query.error)}
          </ErrorState>
        )
      ) : (
        <AgentBody {...query.data} />
      )}
    </>
  )
}

function AgentBody(props: {
  agent: AgentSummary
  edges: readonly AgentCallEdge[]
  recentRuns: readonly RunSummary[]
}) {
  const { agent, edges, recentRuns } = props
  return (
    <>
      <AgentFigures agent={agent} />
      <div className="page-scroll">
        <section aria-label="Calls" className="agents-graph-section">
          <CallGraph name={agent.name} edges={edges} />
        </section>
        <AgentParts agent={agent} />
        <RecentRuns runs={recentRuns} />
      </div>
    </>
  )
}

function AgentFigures({ agent }: { agent: AgentSummary }) {
  const tokens = totalTokens(agent.usage)
  const ended = agent.runCount - agent.runningCount
  const endedWell = toEndedWell(agent)
  return (
    <dl className="agents-figures">
      <Figure
        label="Runs"
        value={formatCount(agent.runCount)}
        note={agent.runningCount === 0 ? undefined : `${formatCount(agent.runningCount)} running`}
      />
      <Figure
        label="Ended well"
        value={endedWell === undefined ? undefined : formatPercent(endedWell)}
        unit="%"
        note={`${formatCount(agent.errorCount)} of ${formatCount(ended)} failed`}
      />
      <Figure
        label="Success"
        value={agent.successRate === undefined ? undefined : formatPercent(agent.successRate)}
        unit="%"
        note="by span.setOutcome(…)"
      />
      <Figure
        label="p95"
        value={agent.durationMsP95 === undefined ? undefined : formatDuration(agent.durationMsP95)}
        note={agent.durationMsP50 === undefined ? undefined : `p50 ${formatDuration(agent.durationMsP50)}`}
      />
      <Figure
        label="Cost per success"
        value={agent.costPerSuccess === undefined ? undefined : formatAmount(agent.costPerSuccess)}
        unit="$"
        note={agent.cost?.total === undefined ? undefined : `${formatAmount(agent.cost.total)} in all`}
      />
      <Figure
        label="Tokens"
        value={tokens === undefined ? undefined : formatCount(tokens)}
        note={`in ${formatCount(agent.spanCount)} spans`}
      />
    </dl>
  )
}

function Figure(props: {
  label: string
  value: string | undefined
  unit?: string
  note?: string | undefined
}) {
  return (
    <div>
      <dt className="label">{props.label}</dt>
      <dd>
        {props.value === undefined ? (
          <span className="t3">not recorded</span>
        ) : (
          <span className="figure">
            {props.value}
            {props.unit === undefined ? null : <small>{props.unit}</small>}
          </span>
        )}
        <span className="block small t3">{props.note}</span>
      </dd>
    </div>
  )
}

function AgentParts({ agent }: { agent: AgentSummary }) {
  const parts = [
    ['Versions', agent.versions],
    ['Models', agent.models],
    ['Tools', agent.tools],
  ] as const
  return (
    <dl className="agents-parts">
      {parts.map(([label, values]) => (
        <div key={label}>
          <dt className="label">{label}</dt>
          <dd className="flex flex-wrap gap-1">
            {values.length === 0 ? (
              <span className="t3">not recorded</span>
            ) : (
              values.map((value) => <Tag key={value}>{value}</Tag>)
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function RecentRuns({ runs }: { runs: readonly RunSummary[] }) {
  const path = useProjectPath()
  const toHref = (run: RunSummary) => path(`/runs/${run.traceId}`)
  const cursor = useRowCursor({ rows: runs, rowKey: (run) => run.traceId, toHref })
  const scaleMs = Math.max(0, ...runs.map((run) => toDurationMs(run.durationNs)))
  return (
    <div role="table" aria-label="Latest runs">
      <div className="tr tr-head border-t" role="row" style={{ gridTemplateColumns: runColumns }}>
        <HeadCell label="Status" />
        <HeadCell>Started</HeadCell>
        <HeadCell>Input</HeadCell>
        <HeadCell>Output, or the current step</HeadCell>
        <HeadCell>Agents</HeadCell>
        <HeadCell>First error</HeadCell>
        <HeadCell label="Duration, drawn" />
        <HeadCell num>Duration</HeadCell>
        <HeadCell num>Tokens</HeadCell>
        <HeadCell num>Cost $</HeadCell>
      </div>
      {runs.map((run, index) => (
        <RunRow
          key={run.traceId}
          run={run}
          href={toHref(run)}
          isCursor={cursor.index === index}
          scaleMs={scaleMs}
        />
      ))}
    </div>
  )
}
