'use client'

import type { RunSummary } from '@clew/domain'
import { toDurationMs } from '@clew/domain'
import Link from 'next/link'
import { formatCount } from '@clew/domain/format'
import { titleOfRun } from '@clew/domain/story'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { Cost, Duration, Time } from '#ui/numbers.tsx'
import { Doing } from '#ui/run-row.tsx'
import { EmptyState } from '#ui/states.tsx'
import { StatusMark } from '#ui/status.tsx'
import { buttonClass } from '#ui/button.tsx'
import { Cell, LinkCell } from '#ui/table-cell.tsx'

const columns = '16px 64px minmax(0,1.1fr) minmax(0,1.2fr) minmax(60px,120px) 72px 60px'

/** The latest that ended within the hour. */
export function EndedRuns(props: {
  runs: readonly RunSummary[]
  count: number | undefined
  cursor: number | undefined
}) {
  const { runs, count, cursor } = props
  const path = useProjectPath()
  return (
    <section aria-labelledby="now-ended">
      <div className="section-head">
        <h2 id="now-ended">Just ended</h2>
        <span className="t3">{count === undefined ? '' : `${formatCount(count)} runs in the last hour`}</span>
        <span className="grow" />
        <Link className="link small" href={path('/runs')}>
          All runs
        </Link>
      </div>
      <div className="panel" role="table" aria-labelledby="now-ended">
        {runs.length === 0 ? <NothingEnded /> : null}
        {runs.map((run, index) => (
          <div
            key={run.traceId}
            className="tr tr-link"
            role="row"
            data-cursor={index === cursor}
            style={{ gridTemplateColumns: columns }}
          >
            <Cell>
              <StatusMark status={run.status} />
            </Cell>
            <Cell className="t3">
              <Time unixNano={run.startTimeUnixNano} as="clock" />
            </Cell>
            <LinkCell href={path(`/runs/${run.traceId}`)}>{titleOfRun(run)}</LinkCell>
            <Cell className="t2">
              <Doing run={run} />
            </Cell>
            <Cell className="t2">{run.agents[0]}</Cell>
            <Cell num>
              <Duration ms={toDurationMs(run.durationNs)} />
            </Cell>
            <Cell num>
              <Cost cost={run.cost} />
            </Cell>
          </div>
        ))}
      </div>
    </section>
  )
}

function NothingEnded() {
  const { slug } = useProject()
  const path = useProjectPath()
  return (
    <EmptyState
      title="Nothing ended in the last hour"
      actions={
        <>
          <Link className={buttonClass({})} href={path('/runs?range=30d')}>
            Look at the last 30 days
          </Link>
          <Link className={buttonClass({ variant: 'ghost' })} href={`/setup?project=${slug}`}>
            Send a span
          </Link>
        </>
      }
    />
  )
}
