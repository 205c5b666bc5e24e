'use client'

import { toDurationMs } from '@clew/domain'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { formatCount } from '#lib/format.ts'
import { useKeys } from '#lib/use-keys.tsx'
import { useProjectPath } from '#shell/project-context.tsx'
import { StatusMark } from '#ui/status.tsx'
import { HeadCell, SortHead } from '#ui/table-cell.tsx'
import { VirtualTable } from '#ui/virtual-table.tsx'
import { runColumns, RunRow } from './run-row.tsx'
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
  const cursor = useRunCursor({ rows, toHref: (traceId) => path(`/runs/${traceId}`) })
  const scaleMs = rows.reduce(
    (longest, row) => (row.type === 'run' ? Math.max(longest, toDurationMs(row.run.durationNs)) : longest),
    0,
  )
  return (
    <VirtualTable
      label="Runs"
      columns={runColumns}
      rows={rows}
      rowKey={(row) => row.key}
      cursor={cursor.index}
      onEnd={props.onEnd}
      foot={props.foot}
      head={
        <>
          <HeadCell />
          <SortHead by="start" sort={sort} onSort={onSort}>
            Started
          </SortHead>
          <HeadCell>Input</HeadCell>
          <HeadCell>Output, or the current step</HeadCell>
          <HeadCell>Agent</HeadCell>
          <HeadCell>First error</HeadCell>
          <HeadCell />
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
      }
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

function GroupRow({ row }: { row: Extract<TableRow, { type: 'group' }> }) {
  const { group, count, shown } = row
  return (
    <div className="tr tr-group" role="row">
      {group === 'rest' ? null : <StatusMark status={group === 'running' ? 'running' : 'warn'} />}
      <span role="cell">
        {group === 'running' ? 'Running' : group === 'failed' ? 'Needs a look' : 'Everything else'}{' '}
        <span className="t3">
          {group === 'running' ? `${formatCount(count)}, pinned while they run` : null}
          {group === 'failed'
            ? count > shown
              ? `${shown} of ${formatCount(count)} failed, newest first`
              : `${formatCount(count)} failed`
            : null}
          {group === 'rest' ? `${formatCount(count)}, newest first` : null}
        </span>
      </span>
    </div>
  )
}

/** The cursor follows its run, not its place: rows that arrive above don't move it to another run. */
function useRunCursor(options: { rows: readonly TableRow[]; toHref: (traceId: string) => string }): {
  index: number | undefined
} {
  const { rows, toHref } = options
  const router = useRouter()
  const [traceId, setTraceId] = useState<string | undefined>(undefined)
  const found = traceId === undefined ? -1 : rows.findIndex((row) => row.key === traceId)
  function step(by: 1 | -1) {
    for (let index = found === -1 && by === -1 ? rows.length : found; ;) {
      index += by
      const row = rows[index]
      if (row === undefined) return
      if (row.type === 'run') {
        setTraceId(row.key)
        return
      }
    }
  }
  useKeys([
    { keys: 'j', label: 'row', legend: true, run: () => step(1) },
    { keys: 'k', label: 'row', legend: true, run: () => step(-1) },
    {
      keys: 'Enter',
      label: 'open',
      legend: true,
      run: () => {
        if (found !== -1 && traceId !== undefined) router.push(toHref(traceId))
      },
    },
  ])
  return { index: found === -1 ? undefined : found }
}
