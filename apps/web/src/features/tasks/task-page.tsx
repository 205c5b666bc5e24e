'use client'

import type { Task, TaskTimings } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useTrpc, isNotFound, toErrorMessage } from '#lib/trpc.tsx'
import { useUrlState } from '#lib/url-state.ts'
import { useFeed, useFeedPulse } from '#lib/use-feed.tsx'
import { useKeys } from '#lib/use-keys.tsx'
import { PageTop } from '#shell/page-top.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { buttonClass } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Duration, Elapsed, Time } from '#ui/numbers.tsx'
import { EmptyState, ErrorState, LoadingRows } from '#ui/states.tsx'
import { StatusPill } from '#ui/status.tsx'
import { PhaseBar } from './phase-bar.tsx'
import { TaskLogList } from './task-logs.tsx'
import { TaskSide } from './task-side.tsx'
import { isOpen } from './task-state.ts'

/** One task: how it stands, its phases to scale, its log, what went in and what came out. */
export function TaskPage({ taskId }: { taskId: string }) {
  const path = useProjectPath()
  const router = useRouter()
  const { task, timings, logs } = useTask(taskId)
  useKeys([{ keys: 'Escape', label: 'tasks', legend: true, run: () => router.push(path('/tasks')) }])
  const parent = { href: path('/tasks'), label: 'Tasks' }
  if (task.data === undefined) {
    return (
      <>
        <PageTop parent={parent} title={taskId} />
        {task.error === null ? (
          <LoadingRows columns="1fr 1fr 1fr 1fr" waitingFor="the task" />
        ) : isNotFound(task.error) ? (
          <EmptyState title="There is no such task">
            It may have been deleted with its run, as the project’s retention says.
          </EmptyState>
        ) : (
          <ErrorState title="The task could not be read" onRetry={() => void task.refetch()}>
            {toErrorMessage(task.error)}
          </ErrorState>
        )}
      </>
    )
  }
  return (
    <>
      <PageTop
        parent={parent}
        title={
          <>
            <StatusPill status={task.data.status} />
            <span className="clip">{task.data.name}</span>
          </>
        }
        detail={<code>{task.data.id}</code>}
      >
        <CopyButton text={task.data.id} label="Copy id" />
        <Link className={buttonClass({})} href={path(`/runs/${task.data.traceId}`)}>
          Run <Icon name="right" size={14} />
        </Link>
      </PageTop>
      <TaskFacts task={task.data} timings={timings.data} />
      <div className="tasks-panes">
        <TaskLogList logs={logs.data?.logs ?? []} isOpen={isOpen(task.data.status)} />
        <TaskSide task={task.data} timings={timings.data} />
      </div>
    </>
  )
}

function TaskFacts({ task, timings }: { task: Task; timings: TaskTimings | undefined }) {
  const start = task.startedAt ?? task.createdAt
  return (
    <div className="tasks-facts">
      <div className="flex flex-wrap items-center gap-4 text-control t2">
        <span className="status">
          <Icon name="clock" size={14} /> <Time unixNano={toUnixNano(Date.parse(start))} />
        </span>
        {isOpen(task.status) ? (
          <Elapsed since={toUnixNano(Date.parse(start))} className="tnum med" />
        ) : (
          <Duration ms={task.durationMs} className="tnum med" />
        )}
        {task.type === undefined ? null : (
          <span>
            <span className="t3">type</span> {task.type}
          </span>
        )}
        {task.derived ? <span className="t3">No task() reported it; it stands for a root run.</span> : null}
        {task.error === undefined ? null : (
          <span className="status st-fail">
            <Icon name="fail" size={14} /> <span className="clip">{task.error}</span>
          </span>
        )}
      </div>
      {timings === undefined ? <div className="tasks-phases" /> : <PhaseBar timings={timings} />}
    </div>
  )
}

/** The task with its timings and logs, read again as its run moves. */
function useTask(taskId: string) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const { params } = useUrlState()
  const run = params.get('run')
  const of = { projectId, taskId, ...(run === null ? {} : { traceId: run }) }
  const task = useQuery(trpc.tasks.get.queryOptions(of))
  const timings = useQuery(trpc.tasks.timings.queryOptions(of))
  const logs = useQuery(trpc.tasks.logs.queryOptions(of))
  const traceId = task.data?.traceId
  const touched = useTouched(traceId)
  useFeedPulse({
    everyMs: 600,
    on: 'span',
    onPulse: () => {
      if (!touched()) return
      void task.refetch()
      void timings.refetch()
      void logs.refetch()
    },
  })
  return { task, timings, logs }
}

/** Whether the run was among the news since the last time one asked. */
function useTouched(traceId: string | undefined): () => boolean {
  const isTouched = useRef(false)
  useFeed(({ entry }) => {
    if (traceId !== undefined && entry.traceIds.includes(traceId)) isTouched.current = true
  })
  return () => {
    const was = isTouched.current
    isTouched.current = false
    return was
  }
}
