'use client'

import type { AgentSummary } from '@clew/domain'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatAmount, formatCount, formatPercent } from '@clew/domain/format'
import { useTimeRange } from '#lib/time-range.ts'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeedPulse } from '#lib/use-feed.tsx'
import { PageTop } from '#shell/page-top.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { buttonClass } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { ListTable } from '#ui/list-table.tsx'
import { Cost, Duration, NotRecorded, Time, Tokens } from '#ui/numbers.tsx'
import { EmptyState } from '#ui/states.tsx'
import { Cell, HeadCell, LinkCell } from '#ui/table-cell.tsx'
import { TimeRangeMenu } from '#ui/time-range-menu.tsx'
import { toEndedWell } from './ended-well.ts'
import { ShareBar } from './share-bar.tsx'

const columns =
  '16px minmax(180px,1.3fr) minmax(100px,1fr) 56px 68px 72px 50px 64px 66px 68px 76px 60px 80px 80px'

/** Every agent that ran: how often, how well, how fast, for how much. */
export function AgentsPage() {
  const { range, label, since, setRange } = useTimeRange('7d')
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery({
    ...trpc.agents.list.queryOptions({ projectId, since }),
    placeholderData: keepPreviousData,
  })
  useFeedPulse({ everyMs: 4000, onPulse: () => void query.refetch() })
  const agents = query.data
  return (
    <>
      <PageTop
        title="Agents"
        detail={agents === undefined ? '' : `${formatCount(agents.length)} in the ${label.toLowerCase()}`}
      >
        <TimeRangeMenu range={range} onChange={setRange} />
      </PageTop>
      <ListBody
        what="agents"
        columns={columns}
        items={query.data}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<NoAgents label={label} />}
      >
        {(items) => <AgentTable agents={items} />}
      </ListBody>
    </>
  )
}

function AgentTable({ agents }: { agents: readonly AgentSummary[] }) {
  const path = useProjectPath()
  return (
    <ListTable
      label="Agents"
      columns={columns}
      rows={agents}
      rowKey={(agent) => agent.name}
      toHref={(agent) => path(`/agents/${encodeURIComponent(agent.name)}`)}
      head={
        <>
          <HeadCell label="Kind" />
          <HeadCell>Agent</HeadCell>
          <HeadCell>Models</HeadCell>
          <HeadCell num>Runs</HeadCell>
          <HeadCell num>Running</HeadCell>
          <HeadCell>Ended well</HeadCell>
          <HeadCell num>%</HeadCell>
          <HeadCell num>Success %</HeadCell>
          <HeadCell num>p50</HeadCell>
          <HeadCell num>p95</HeadCell>
          <HeadCell num>Tokens</HeadCell>
          <HeadCell num>Cost $</HeadCell>
          <HeadCell num>$ a success</HeadCell>
          <HeadCell num>Last seen</HeadCell>
        </>
      }
      renderCells={(agent, href) => <AgentCells agent={agent} href={href} />}
    />
  )
}

function AgentCells({ agent, href }: { agent: AgentSummary; href: string }) {
  const { successRate } = agent
  const endedWell = toEndedWell(agent)
  return (
    <>
      <Icon name="agent" size={14} className="kind k-agent" />
      <LinkCell href={href}>
        <span className="med">{agent.name}</span>{' '}
        <span className="t3" title={agent.versions.join(', ')}>
          {shorten(agent.versions)}
        </span>
      </LinkCell>
      <Cell className="t2" title={agent.models.join(', ')}>
        {shorten(agent.models)}
      </Cell>
      <Cell num>{formatCount(agent.runCount)}</Cell>
      <Cell num className={agent.runningCount > 0 ? 'st-run' : 't3'}>
        {formatCount(agent.runningCount)}
      </Cell>
      <span role="cell">{endedWell === undefined ? null : <ShareBar share={endedWell} />}</span>
      <Cell num>
        {endedWell === undefined ? <NotRecorded title="Nothing has ended" /> : formatPercent(endedWell)}
      </Cell>
      <Cell num className="t2">
        {successRate === undefined ? (
          <NotRecorded title="No outcome was recorded" />
        ) : (
          formatPercent(successRate)
        )}
      </Cell>
      <Cell num>
        <Duration ms={agent.durationMsP50} className="num t2" />
      </Cell>
      <Cell num>
        <Duration ms={agent.durationMsP95} />
      </Cell>
      <Cell num>
        <Tokens usage={agent.usage} />
      </Cell>
      <Cell num>
        <Cost cost={agent.cost} />
      </Cell>
      <Cell num className="t2">
        {agent.costPerSuccess === undefined ? <NotRecorded /> : formatAmount(agent.costPerSuccess)}
      </Cell>
      <Cell num className="t3">
        <Time unixNano={agent.lastSeenUnixNano} as="ago" />
      </Cell>
    </>
  )
}

/** The first of a list and how many more there are. */
function shorten(values: readonly string[]): string {
  const [first] = values
  if (first === undefined) return ''
  return values.length === 1 ? first : `${first} +${values.length - 1}`
}

function NoAgents({ label }: { label: string }) {
  const path = useProjectPath()
  return (
    <EmptyState
      title={`No agent ran in the ${label.toLowerCase()}`}
      actions={
        <Link className={buttonClass({})} href={path('/runs')}>
          See all runs
        </Link>
      }
    >
      An agent shows here once a span carries its name, such as those of <code>agentSpan</code>.
    </EmptyState>
  )
}
