'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import type { SessionSummary } from '@clew/domain'
import { formatCount, formatDuration } from '@clew/domain/format'
import { isNotFound, toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { readChoice, useUrlState } from '#lib/url-state.ts'
import { useFeedPulse } from '#lib/use-feed.tsx'
import { useKeys } from '#lib/use-keys.tsx'
import { PageTop } from '#shell/page-top.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { buttonClass } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Cost, Tokens } from '#ui/numbers.tsx'
import { EmptyState, ErrorState, LoadingRows } from '#ui/states.tsx'
import { buildChat } from './build-chat.ts'
import type { Turn } from './build-chat.ts'
import { ChatTurn } from './chat-turn.tsx'
import { SessionSide } from './session-side.tsx'

const liveMs = 1000

/** A chat as it happened, with a gutter that leads to its runs; grows while it goes on. */
export function SessionPage({ sessionId }: { sessionId: string }) {
  const trpc = useTrpc()
  const project = useProject()
  const toPath = useProjectPath()
  const query = useQuery(trpc.sessions.get.queryOptions({ projectId: project.id, sessionId }))
  useFeedPulse({ everyMs: liveMs, onPulse: () => void query.refetch() })
  const turns = useMemo(() => buildChat(query.data?.runs ?? []), [query.data])
  const parent = { href: toPath('/sessions'), label: 'Sessions' }
  if (query.data === undefined) {
    return (
      <>
        <PageTop parent={parent} title={<span className="mono clip">{sessionId}</span>} />
        <SessionState error={query.error} onRetry={() => void query.refetch()} sessionId={sessionId} />
      </>
    )
  }
  return (
    <>
      <PageTop
        parent={parent}
        title={<span className="clip">{titleOf(turns, sessionId)}</span>}
        detail={<span className="mono small">{sessionId}</span>}
      />
      <SessionFacts session={query.data.session} turns={turns} />
      <Chat turns={turns} runCount={query.data.session.runCount} />
    </>
  )
}

function Chat({ turns, runCount }: { turns: readonly Turn[]; runCount: number }) {
  const { cursor, setCursor } = useTurnKeys(turns)
  const hidden = runCount - turns.length
  return (
    <div className="session">
      <div
        className="session-chat"
        role="feed"
        aria-label="Chat"
        aria-busy={turns.some((turn) => turn.model.isRunning)}
      >
        {hidden > 0 ? <p className="t3 small">{formatCount(hidden)} earlier turns are not shown.</p> : null}
        {turns.map((turn) => (
          <ChatTurn
            key={turn.traceId}
            turn={turn}
            isCursor={turn.number === cursor}
            onPoint={() => setCursor(turn.number)}
          />
        ))}
      </div>
      <SessionSide turns={turns} />
    </div>
  )
}

function useTurnKeys(turns: readonly Turn[]) {
  const { params, patch } = useUrlState()
  const router = useRouter()
  const toPath = useProjectPath()
  const cursor = Number(
    readChoice({ params, name: 'turn', allowed: turns.map((turn) => String(turn.number)), fallback: '0' }),
  )
  const setCursor = (number: number) => {
    patch({ turn: String(number) })
    document.getElementById(`turn-${number}`)?.scrollIntoView({ block: 'nearest' })
  }
  const move = (by: 1 | -1) => {
    const next = cursor === 0 ? (by === 1 ? 1 : turns.length) : cursor + by
    if (next >= 1 && next <= turns.length) setCursor(next)
  }
  const toError = (by: 1 | -1) => {
    const failed = turns.filter((turn) => turn.firstError !== undefined)
    const next =
      by === 1 ? failed.find((turn) => turn.number > cursor) : failed.findLast((turn) => turn.number < cursor)
    const target = next ?? (by === 1 ? failed[0] : failed.at(-1))
    if (target !== undefined) setCursor(target.number)
  }
  useKeys([
    { keys: 'j', label: 'turn', legend: true, run: () => move(1) },
    { keys: 'k', label: 'turn', legend: true, run: () => move(-1) },
    {
      keys: 'Enter',
      label: 'open the run',
      legend: true,
      run: () => {
        const turn = turns.find((one) => one.number === cursor)
        if (turn !== undefined) router.push(toPath(`/runs/${turn.traceId}`))
      },
    },
    { keys: 'n', label: 'error', legend: true, run: () => toError(1) },
    { keys: 'N', label: 'error', legend: true, run: () => toError(-1) },
    { keys: 'Escape', label: 'sessions', legend: true, run: () => router.push(toPath('/sessions')) },
  ])
  return { cursor, setCursor }
}

function SessionFacts({ session, turns }: { session: SessionSummary; turns: readonly Turn[] }) {
  const failed = turns.filter((turn) => turn.status === 'error').length
  const [userId] = session.userIds
  return (
    <div className="session-facts">
      <span>
        {formatCount(session.runCount)} {session.runCount === 1 ? 'turn' : 'turns'}
      </span>
      <span>{formatDuration(Number(BigInt(session.durationNs) / 1_000_000n))}</span>
      <span>
        <Tokens usage={session.usage} className="t2" /> tokens
      </span>
      <Cost cost={session.cost} currency className="t2" />
      {userId === undefined ? null : (
        <span>
          <span className="t3">user</span> <span className="mono">{userId}</span>
        </span>
      )}
      {session.runningCount > 0 ? (
        <span className="status st-run">
          <Icon name="run" size={14} className="spin" /> {session.runningCount} running
        </span>
      ) : null}
      {failed > 0 ? (
        <span className="status st-fail">
          <Icon name="fail" size={14} /> {failed} failed
        </span>
      ) : null}
    </div>
  )
}

function SessionState(props: { error: unknown; onRetry: () => void; sessionId: string }) {
  const toPath = useProjectPath()
  if (isNotFound(props.error)) {
    return (
      <EmptyState
        title="No such session"
        actions={
          <a className={buttonClass({})} href={toPath('/sessions')}>
            All sessions
          </a>
        }
      >
        Nothing of session <code>{props.sessionId}</code> is kept here.
      </EmptyState>
    )
  }
  if (props.error !== null) {
    return (
      <ErrorState title="The session could not be read" onRetry={props.onRetry}>
        {toErrorMessage(props.error)} Spans are still accepted.
      </ErrorState>
    )
  }
  return <LoadingRows columns="156px 1fr" rows={8} waitingFor="the runs of this session" />
}

function titleOf(turns: readonly Turn[], sessionId: string): string {
  return turns.find((turn) => turn.asked !== undefined)?.asked?.text ?? sessionId
}
