'use client'

import type { SessionSummary } from '@clew/domain'
import { toDurationMs } from '@clew/domain'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { formatCount } from '@clew/domain/format'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeedPulse } from '#lib/use-feed.tsx'
import { PageTop } from '#shell/page-top.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { ListTable } from '#ui/list-table.tsx'
import { Cost, Duration, Time, Tokens } from '#ui/numbers.tsx'
import { EmptyState } from '#ui/states.tsx'
import { StatusMark } from '#ui/status.tsx'
import { Cell, HeadCell, LinkCell } from '#ui/table-cell.tsx'

const columns =
  '16px 96px minmax(160px,1.2fr) minmax(140px,1fr) minmax(80px,150px) minmax(70px,130px) 48px 80px 68px 64px'

/** Chats, the one that moved last on top. */
export function SessionsPage() {
  const trpc = useTrpc()
  const path = useProjectPath()
  const { id: projectId } = useProject()
  const query = useInfiniteQuery({
    ...trpc.sessions.list.infiniteQueryOptions(
      { projectId, limit: 60 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  })
  useFeedPulse({ everyMs: 2500, onPulse: () => void query.refetch() })
  return (
    <>
      <PageTop title="Sessions" detail="chats, the one that moved last on top" />
      <ListBody
        what="sessions"
        columns={columns}
        items={query.data?.pages.flatMap((page) => page.items)}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState title="No run has named a session yet">
            Give <code>agentSpan</code> a <code>sessionId</code>, or send <code>session.id</code>, and the
            turns of a chat stand together here.
          </EmptyState>
        }
      >
        {(sessions) => (
          <ListTable
            label="Sessions"
            columns={columns}
            rows={sessions}
            rowKey={(session) => session.sessionId}
            toHref={(session) => path(`/sessions/${encodeURIComponent(session.sessionId)}`)}
            head={<SessionHead />}
            renderCells={(session, href) => <SessionCells session={session} href={href} />}
            onEnd={() => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
            }}
          />
        )}
      </ListBody>
    </>
  )
}

function SessionHead() {
  return (
    <>
      <HeadCell label="Status" />
      <HeadCell>Last turn</HeadCell>
      <HeadCell>First said</HeadCell>
      <HeadCell>Last answer</HeadCell>
      <HeadCell>Agents</HeadCell>
      <HeadCell>User</HeadCell>
      <HeadCell num>Turns</HeadCell>
      <HeadCell num>From to</HeadCell>
      <HeadCell num>Tokens</HeadCell>
      <HeadCell num>Cost $</HeadCell>
    </>
  )
}

function SessionCells({ session, href }: { session: SessionSummary; href: string }) {
  const { runningCount, errorCount } = session
  return (
    <>
      <Cell>
        <StatusMark status={runningCount > 0 ? 'running' : errorCount > 0 ? 'error' : 'ok'} />
      </Cell>
      <Cell className="t3">
        <Time unixNano={session.lastTimeUnixNano} />
      </Cell>
      <LinkCell href={href}>
        {session.firstInputPreview ?? <span className="mono">{session.sessionId}</span>}
      </LinkCell>
      <Cell className="t2">
        {session.lastOutputPreview ?? <span className="t3">no answer recorded</span>}
      </Cell>
      <Cell className="t2" title={session.agents.join(', ')}>
        {session.agents.join(', ')}
      </Cell>
      <Cell className="t3 mono">{session.userIds.join(', ')}</Cell>
      <Cell num>{formatCount(session.runCount)}</Cell>
      <Cell num>
        <Duration ms={toDurationMs(session.durationNs)} className="num t2" />
      </Cell>
      <Cell num>
        <Tokens usage={session.usage} />
      </Cell>
      <Cell num>
        <Cost cost={session.cost} />
      </Cell>
    </>
  )
}
