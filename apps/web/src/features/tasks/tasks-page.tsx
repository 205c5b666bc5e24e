'use client'

import type { Task } from '@clew/domain'
import { toUnixNano } from '@clew/domain'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTrpc } from '#lib/trpc.tsx'
import { useFeedPulse } from '#lib/use-feed.tsx'
import { PageTop } from '#shell/page-top.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { ListTable } from '#ui/list-table.tsx'
import { Duration, Elapsed, Time } from '#ui/numbers.tsx'
import { EmptyState } from '#ui/states.tsx'
import { StatusMark, statusLabel } from '#ui/status.tsx'
import { Cell, HeadCell, LinkCell } from '#ui/table-cell.tsx'
import { isOpen, toTaskPath } from './task-state.ts'

const columns =
  '16px 96px 96px minmax(140px,.5fr) minmax(80px,130px) minmax(160px,1.2fr) minmax(140px,1.2fr) 84px'

/** What was asked for and how far it is; a run that no `task()` reported stands for itself. */
export function TasksPage() {
  const trpc = useTrpc()
  const path = useProjectPath()
  const { id: projectId } = useProject()
  const query = useInfiniteQuery({
    ...trpc.tasks.list.infiniteQueryOptions(
      { projectId, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  })
  useFeedPulse({ everyMs: 2500, onPulse: () => void query.refetch() })
  return (
    <>
      <PageTop title="Tasks" detail="newest first" />
      <ListBody
        what="tasks"
        columns={columns}
        items={query.data?.pages.flatMap((page) => page.items)}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState title="No task has been reported yet">
            Wrap a job in <code>task()</code> and its status, phases and logs stand here while it works.
          </EmptyState>
        }
      >
        {(tasks) => (
          <ListTable
            label="Tasks"
            columns={columns}
            rows={tasks}
            rowKey={(task) => `${task.traceId} ${task.spanId}`}
            toHref={(task) => path(toTaskPath(task))}
            head={
              <>
                <HeadCell label="Mark" />
                <HeadCell>Status</HeadCell>
                <HeadCell>Created</HeadCell>
                <HeadCell>Task</HeadCell>
                <HeadCell>Type</HeadCell>
                <HeadCell>Input</HeadCell>
                <HeadCell>Output, or the error</HeadCell>
                <HeadCell num>Duration</HeadCell>
              </>
            }
            renderCells={(task, href) => <TaskCells task={task} href={href} />}
            onEnd={() => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
            }}
          />
        )}
      </ListBody>
    </>
  )
}

function TaskCells({ task, href }: { task: Task; href: string }) {
  return (
    <>
      <Cell>
        <StatusMark status={task.status} />
      </Cell>
      <Cell className="t2">{statusLabel(task.status)}</Cell>
      <Cell className="t3">
        <Time unixNano={toUnixNano(Date.parse(task.createdAt))} />
      </Cell>
      <LinkCell href={href}>{task.name}</LinkCell>
      <Cell className="t2">{task.derived ? <span className="t3">a run</span> : task.type}</Cell>
      <Cell className="t2">{task.input}</Cell>
      <Cell className={task.error === undefined ? 't2' : 'st-fail'}>{task.error ?? task.output}</Cell>
      <Cell num>
        {isOpen(task.status) && task.startedAt !== undefined ? (
          <Elapsed since={toUnixNano(Date.parse(task.startedAt))} />
        ) : (
          <Duration ms={task.durationMs} />
        )}
      </Cell>
    </>
  )
}
