'use client'

import Link from 'next/link'
import { formatClock, formatDuration, formatElapsed, formatMoney } from '@clew/domain/format'
import { useNow } from '#lib/use-now.ts'
import { useProjectPath } from '#shell/project-context.tsx'
import { StatusMark } from '#ui/status.tsx'
import { nodeLabel } from '@clew/domain/story'
import { RailMark, Sentence } from '../run/story/story-step.tsx'
import type { ChatAct, Said, Turn } from './build-chat.ts'
import { useWholeText } from './use-whole-text.ts'

/** What was asked and what came back, with the run's figures in the gutter. */
export function ChatTurn(props: { turn: Turn; isCursor: boolean; onPoint: () => void }) {
  const { turn, isCursor, onPoint } = props
  return (
    <article
      id={`turn-${turn.number}`}
      className="session-turn"
      data-cursor={isCursor}
      aria-label={`Turn ${turn.number}`}
      onPointerDown={onPoint}
    >
      {turn.asked === undefined ? null : (
        <div className="session-said" data-by="user">
          <div className="session-who">
            <b>User</b>
            <span className="t3 tnum">{formatClock(turn.asked.atEpochMs)}</span>
          </div>
          <Words said={turn.asked} field="input" />
        </div>
      )}
      <TurnCard turn={turn} />
      <div className="session-said" data-by="agent">
        <div className="session-who">
          <b>{turn.agent}</b>
          {turn.answered === undefined ? null : (
            <span className="t3 tnum">{formatClock(turn.answered.atEpochMs)}</span>
          )}
        </div>
        <Acts turn={turn} />
        {turn.answered === undefined ? (
          <NoAnswer turn={turn} />
        ) : (
          <Words said={turn.answered} field="output" />
        )}
      </div>
    </article>
  )
}

/** The gutter: turn, time, cost and what went wrong; leads to the run. */
function TurnCard({ turn }: { turn: Turn }) {
  const toPath = useProjectPath()
  const { cost } = turn.model.trace
  const money = cost === undefined ? undefined : formatMoney(cost)
  const error = turn.firstError
  const step = error?.step === undefined ? '' : `?span=${error.id}`
  return (
    <Link className="session-card" prefetch={false} href={toPath(`/runs/${turn.traceId}${step}`)}>
      <span className="flex items-center justify-between">
        Turn {turn.number} <StatusMark status={turn.status} size={14} />
      </span>
      <span className="t2 tnum">
        <TurnTime turn={turn} />
        {money === undefined ? '' : `\u2002${money}`}
      </span>
      {error === undefined ? null : (
        <span className={turn.status === 'error' ? 'st-fail' : 'st-warn'}>
          First error: {error.step === undefined ? '' : `step ${error.step}, `}
          {nodeLabel(error)}
        </span>
      )}
    </Link>
  )
}

function TurnTime({ turn }: { turn: Turn }) {
  return turn.model.isRunning ? (
    <Ticking sinceEpochMs={turn.model.startEpochMs} />
  ) : (
    formatDuration(turn.model.lastMs)
  )
}

function Ticking({ sinceEpochMs }: { sinceEpochMs: number }) {
  const now = useNow(200)
  return <span className="st-run">{formatElapsed(now - sinceEpochMs)}</span>
}

function Acts({ turn }: { turn: Turn }) {
  const toPath = useProjectPath()
  if (turn.acts.length === 0) return null
  return (
    <ul className="session-acts">
      {turn.acts.map((act) => (
        <Act key={act.node.id} act={act} href={toPath(`/runs/${turn.traceId}?span=${act.node.id}`)} />
      ))}
      {turn.furtherActs === 0 ? null : (
        <li>
          <span />
          <Link className="t3" prefetch={false} href={toPath(`/runs/${turn.traceId}`)}>
            and {turn.furtherActs} more
          </Link>
        </li>
      )}
    </ul>
  )
}

function Act({ act, href }: { act: ChatAct; href: string }) {
  const { node, telling } = act
  return (
    <li>
      <RailMark mark={telling.mark} node={node} />
      <Link className="clip" prefetch={false} href={href}>
        <Sentence parts={telling.parts} />
      </Link>
      <span className="num t3">
        {node.endMs === undefined ? '' : formatDuration(node.endMs - node.startMs)}
      </span>
    </li>
  )
}

function NoAnswer({ turn }: { turn: Turn }) {
  if (turn.model.isRunning) {
    const leaf = turn.runningLeaf
    return <p className="t3">{leaf === undefined ? 'At work.' : `At work: ${nodeLabel(leaf)}.`}</p>
  }
  return (
    <p className="t3">
      {turn.status === 'error' ? 'Failed before it could answer.' : 'No answer was recorded.'}
    </p>
  )
}

function Words({ said, field }: { said: Said; field: 'input' | 'output' }) {
  const whole = useWholeText({ said, field })
  return <p className="prose session-text">{whole}</p>
}
