'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { describeCondition, formatFilterText } from '@clew/domain/filter-text'
import { formatMoment } from '@clew/domain/format'
import { useTrpc } from '#lib/trpc.tsx'
import type { UrlPatch } from '#lib/url-state.ts'
import { useProject } from '#shell/project-context.tsx'
import { Button, buttonClass } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { EmptyState } from '#ui/states.tsx'
import { toEpochMs } from '@clew/domain'
import { ranges } from './runs-url.ts'
import type { RunsView } from './runs-url.ts'

/** Why the list is empty, and the two shortest ways out of it. */
export function NoRuns({ view, patch }: { view: RunsView; patch: (changes: UrlPatch) => void }) {
  const newest = useNewestRun()
  const { slug } = useProject()
  if (newest === undefined) return null
  if (newest === null) {
    return (
      <EmptyState
        title="Nothing has arrived in this project yet"
        actions={
          <Link className={buttonClass({ variant: 'primary' })} href={`/setup?project=${slug}`}>
            Send a first span
          </Link>
        }
      >
        An agent needs the address, a key, and two lines of code.
      </EmptyState>
    )
  }
  const range = ranges.find((one) => one.value === view.range)?.label.toLowerCase() ?? ''
  const isFiltered = view.conditions.length > 0 || view.words !== ''
  return (
    <EmptyState
      title={
        <span className="inline-flex flex-wrap items-center justify-center gap-1">
          No run {isFiltered ? 'matches' : ''}
          {view.conditions.map((condition) => (
            <Chip
              key={formatFilterText({ conditions: [condition], words: '' })}
              {...describeCondition(condition)}
            />
          ))}
          {view.words === '' ? null : `“${view.words}”`} in{' '}
          {view.brush === undefined ? `the ${range}` : 'the brush'}
        </span>
      }
      actions={
        <>
          {isFiltered ? <Button onClick={() => patch({ q: undefined })}>Drop the filter</Button> : null}
          {view.brush === undefined ? null : (
            <Button onClick={() => patch({ from: undefined, to: undefined })}>Leave the brush</Button>
          )}
          {view.range === '90d' ? null : (
            <Button variant="ghost" onClick={() => patch({ range: '90d', from: undefined, to: undefined })}>
              Widen to 90 days
            </Button>
          )}
        </>
      }
    >
      The newest run of the project began {formatMoment(toEpochMs(newest))}.
    </EmptyState>
  )
}

/** Start of the project's newest run, null when there is none, undefined while unknown. */
function useNewestRun(): string | null | undefined {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery(trpc.runs.list.queryOptions({ projectId, filter: { scope: 'root' }, limit: 1 }))
  return query.data === undefined ? undefined : (query.data.items[0]?.startTimeUnixNano ?? null)
}
