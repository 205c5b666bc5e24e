'use client'

import type { Task, TaskTimings } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import { useQuery } from '@tanstack/react-query'
import { formatClock, formatDuration } from '@clew/domain/format'
import { useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Elapsed } from '#ui/numbers.tsx'
import { Payload } from '#ui/payload.tsx'
import { StatusMark } from '#ui/status.tsx'
import { isOpen } from './task-state.ts'

/** Timings, input and output beside the log. */
export function TaskSide({ task, timings }: { task: Task; timings: TaskTimings | undefined }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const span = useQuery(
    trpc.runs.span.queryOptions({ projectId, traceId: task.traceId, spanId: task.spanId }),
  )
  const input = span.data?.input ?? task.input
  const output = span.data?.output ?? task.output
  return (
    <aside className="tasks-side" aria-label="Timings, input and output">
      <section>
        <h2 className="label">Timings</h2>
        <TimingList timings={timings} isTaskOpen={isOpen(task.status)} />
      </section>
      <section>
        <h2 className="label">Input</h2>
        {input === undefined ? (
          <p className="t3">not recorded</p>
        ) : (
          <Payload text={input} mime={span.data?.inputMime} />
        )}
      </section>
      <section>
        <h2 className="label">{isOpen(task.status) ? 'Output so far' : 'Output'}</h2>
        {output === undefined ? (
          <p className="t3">{isOpen(task.status) ? 'nothing yet' : 'not recorded'}</p>
        ) : (
          <Payload text={output} mime={span.data?.outputMime} />
        )}
      </section>
      {task.error === undefined ? null : (
        <section>
          <h2 className="label">Error</h2>
          <Payload text={task.error} mime="text/plain" />
        </section>
      )}
    </aside>
  )
}

function TimingList({ timings, isTaskOpen }: { timings: TaskTimings | undefined; isTaskOpen: boolean }) {
  const events = timings?.events ?? []
  if (events.length === 0)
    return <p className="t3">{timings === undefined ? '' : 'No status was reported.'}</p>
  return (
    <ol>
      {events.map((event, index) => {
        const isLast = index === events.length - 1
        return (
          <li key={`${event.status}${event.at}`} className="tasks-timing">
            <StatusMark status={isLast ? event.status : 'unset'} />
            <span>{event.status.replaceAll('_', ' ')}</span>
            <time className="num t3" dateTime={event.at}>
              {formatClock(Date.parse(event.at), 'ms')}
            </time>
            {isLast && isTaskOpen ? (
              <Elapsed since={toUnixNano(Date.parse(event.at))} />
            ) : (
              <span className="num">
                {event.durationMs === undefined || isLast ? '' : formatDuration(event.durationMs)}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
