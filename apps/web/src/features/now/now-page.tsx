'use client'

import { formatClock } from '@clew/domain/format'
import { toErrorMessage } from '#lib/trpc.tsx'
import { useNow } from '#lib/use-now.ts'
import { useRowCursor } from '#lib/use-row-cursor.ts'
import { PageTop } from '#shell/page-top.tsx'
import { useProjectPath } from '#shell/project-context.tsx'
import { ErrorState, LoadingRows } from '#ui/states.tsx'
import { Boards } from './boards.tsx'
import { EndedRuns } from './ended-runs.tsx'
import { FirstErrors } from './first-errors.tsx'
import { groupFirstErrors, measureRuns } from './measure-runs.ts'
import { RunningRuns } from './running-runs.tsx'
import { useNowRuns } from './use-now-runs.ts'

const endedMax = 12
const runningMax = 8

/** What runs this second, how the last hour went, what failed first, and what just ended. */
export function NowPage() {
  const now = useNowRuns()
  const path = useProjectPath()
  const running = (now.running ?? []).slice(0, runningMax)
  const lastHour = now.lastHour ?? []
  const ended = lastHour.filter((run) => run.status !== 'running').slice(0, endedMax)
  const { index } = useRowCursor({
    rows: [...running, ...ended],
    rowKey: (run) => run.traceId,
    toHref: (run) => path(`/runs/${run.traceId}`),
  })
  const isLoading = now.running === undefined && now.error === null
  return (
    <>
      <PageTop title="Now" detail={<Clock />} />
      <div className="page-scroll">
        {now.error === null ? null : (
          <ErrorState title="What runs could not be read" onRetry={now.retry}>
            {toErrorMessage(now.error)} What agents send is still taken in.
          </ErrorState>
        )}
        {isLoading ? (
          <LoadingRows columns="1.25fr 1fr 1fr 80px 60px" waitingFor="what runs" />
        ) : (
          <div className="now">
            <RunningRuns runs={running} count={now.running?.length ?? 0} cursor={index} />
            <Boards
              measures={measureRuns(lastHour)}
              figures={now.figures}
              sampled={lastHour.length}
              count={now.count}
            />
            <FirstErrors
              groups={groupFirstErrors({
                runs: lastHour,
                sinceMs: now.sinceMs,
                untilMs: now.untilMs,
                binCount: 12,
              })}
            />
            <EndedRuns
              runs={ended}
              count={now.count}
              cursor={index === undefined ? undefined : index - running.length}
            />
          </div>
        )}
      </div>
    </>
  )
}

function Clock() {
  const now = useNow(1000)
  return <span suppressHydrationWarning>{formatClock(now)}</span>
}
