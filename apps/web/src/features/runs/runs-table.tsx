'use client'

import { toDurationMs } from '@clew/domain'
import type { ReactNode } from 'react'
import { formatCount } from '@clew/domain/format'
import { useRowCursor } from '#lib/use-row-cursor.ts'
import { useProjectPath } from '#shell/project-context.tsx'
import { StatusMark } from '#ui/status.tsx'
import { HeadCell, SortHead } from '#ui/table-cell.tsx'
import { VirtualTable } from '#ui/virtual-table.tsx'
import { runColumns, RunRow } from '#ui/run-row.tsx'
import type { RunSort } from './runs-url.ts'
import type { TableRow } from './table-rows.ts'

/** The runs, a keyboard cursor in them, and their sections. */
export function RunsTable(props: {
  rows: readonly TableRow[]
  sort: RunSort
  onSort: (sort: RunSort) => void
  onEnd: () => void
  foot: ReactNode
}) {
  const { rows, sort, onSort } = props
  const path = useProjectPath()
  const cursor = useRowCursor({
    rows,
    rowKey: (row) => row.key,
    toHref: (row) => (row.type === 'run' ? path(`/runs/${row.run.traceId}`) : undefined),
  })
  const scaleMs = toScale(rows)
  return (
    <VirtualTable
      label="Runs"
      columns={runColumns}
      rows={rows}
      rowKey={(row) => row.key}
      cursor={cursor.index}
      onEnd={props.onEnd}
      foot={props.foot}
      head={<RunsHead sort={sort} onSort={onSort} />}
      renderRow={(row, index) =>
        row.type === 'group' ? (
          <GroupRow row={row} />
        ) : (
          <RunRow
            run={row.run}
            href={path(`/runs/${row.run.traceId}`)}
            isCursor={index === cursor.index}
            scaleMs={scaleMs}
          />
        )
      }
    />
  )
}

function RunsHead({ sort, onSort }: { sort: RunSort; onSort: (sort: RunSort) => void }) {
  return (
    <>
      <HeadCell label="Status" />
      <SortHead by="start" sort={sort} onSort={onSort}>
        Started
      </SortHead>
      <HeadCell>Input</HeadCell>
      <HeadCell>Output, or the current step</HeadCell>
      <HeadCell>Agent</HeadCell>
      <HeadCell>First error</HeadCell>
      <HeadCell label="Duration, drawn" />
      <SortHead by="duration" sort={sort} onSort={onSort} num>
        Duration
      </SortHead>
      <SortHead by="tokens" sort={sort} onSort={onSort} num>
        Tokens
      </SortHead>
      <SortHead by="cost" sort={sort} onSort={onSort} num>
        Cost $
      </SortHead>
    </>
  )
}

/**
 * All bars share one scale. It ends where nine in ten runs have ended, so that a single long one does not
 * flatten the rest; what lies beyond fills its cell.
 */
function toScale(rows: readonly TableRow[]): number {
  const durations = rows
    .flatMap((row) =>
      row.type === 'run' && row.run.status !== 'running' ? [toDurationMs(row.run.durationNs)] : [],
    )
    .toSorted((a, b) => a - b)
  return durations[Math.ceil(durations.length * 0.9) - 1] ?? 0
}

function GroupRow({ row }: { row: Extract<TableRow, { type: 'group' }> }) {
  const { group, count, shown } = row
  return (
    <div className="tr tr-group" role="row">
      <span role="cell" className="status">
        {group === 'rest' ? null : <StatusMark status={group === 'running' ? 'running' : 'warn'} />}
        {group === 'running' ? 'Running' : group === 'failed' ? 'Needs a look' : 'Everything else'}{' '}
        <span className="t3">
          {group === 'running' ? `${describeShare({ shown, count })}, pinned while they run` : null}
          {group === 'failed' ? `${describeShare({ shown, count })} failed, newest first` : null}
          {group === 'rest' ? `${formatCount(count)}, newest first` : null}
        </span>
      </span>
    </div>
  )
}

function describeShare({ shown, count }: { shown: number; count: number }): string {
  return count > shown ? `${shown} of ${formatCount(count)}` : formatCount(count)
}
