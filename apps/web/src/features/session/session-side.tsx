'use client'

import Link from 'next/link'
import { formatCount } from '@clew/domain/format'
import { useProjectPath } from '#shell/project-context.tsx'
import { Icon } from '#ui/icon.tsx'
import { nodeLabel, shorten } from '@clew/domain/story'
import type { Turn } from './build-chat.ts'

/** How the context grew from turn to turn, and what went wrong where. */
export function SessionSide({ turns }: { turns: readonly Turn[] }) {
  return (
    <aside className="session-side" aria-label="About this session">
      <ContextByTurn turns={turns} />
      <Findings turns={turns} />
    </aside>
  )
}

function ContextByTurn({ turns }: { turns: readonly Turn[] }) {
  const toPath = useProjectPath()
  const known = turns.filter((turn) => turn.contextTokens !== undefined).slice(-12)
  const most = Math.max(1, ...known.map((turn) => turn.contextTokens ?? 0))
  if (known.length === 0) return null
  return (
    <section>
      <h2 className="label">Context, tokens a turn</h2>
      <div className="session-context">
        {known.map((turn) => (
          <Link
            key={turn.traceId}
            prefetch={false}
            href={toPath(`/runs/${turn.traceId}`)}
            title={`Turn ${turn.number}`}
          >
            <span>{formatCount(turn.contextTokens ?? 0)}</span>
            <i style={{ height: Math.max(2, ((turn.contextTokens ?? 0) / most) * 44) }} />
          </Link>
        ))}
      </div>
    </section>
  )
}

function Findings({ turns }: { turns: readonly Turn[] }) {
  const toPath = useProjectPath()
  const failed = turns.flatMap((turn) =>
    turn.firstError === undefined ? [] : [{ turn, error: turn.firstError }],
  )
  return (
    <section>
      <h2 className="label">First errors</h2>
      {failed.length === 0 ? (
        <p className="t3 mt-1">None in this session.</p>
      ) : (
        <ul className="session-findings">
          {failed.map(({ turn, error }) => (
            <li key={turn.traceId}>
              <Link prefetch={false} href={toPath(`/runs/${turn.traceId}?span=${error.id}`)}>
                <Icon
                  name={turn.status === 'error' ? 'fail' : 'warn'}
                  className={turn.status === 'error' ? 'st-fail' : 'st-warn'}
                />
                <span>
                  {nodeLabel(error)}:{' '}
                  {shorten(error.span.errorMessage ?? error.span.statusMessage ?? 'failed', 90)}{' '}
                  <span className="t3">
                    turn {turn.number}
                    {error.step === undefined ? '' : `, step ${error.step}`}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
