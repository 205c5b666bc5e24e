'use client'

import { toEpochMs } from '@clew/domain'
import type { RetentionDays } from '@clew/domain'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatCount, formatDate } from '@clew/domain/format'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Icon } from '#ui/icon.tsx'

/** Asks the store what the policy would delete, were it in force now. */
export function usePreview(policy: { metadataDays: RetentionDays; contentDays: RetentionDays }) {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const { metadataDays, contentDays } = policy
  return useQuery({
    ...trpc.retention.preview.queryOptions({ projectId, metadataDays, contentDays }),
    placeholderData: keepPreviousData,
    staleTime: 5000,
  })
}

/** What would go, in three figures. */
export function RetentionPreview(props: { preview: ReturnType<typeof usePreview>; isChanged: boolean }) {
  const { data, error, isPlaceholderData } = props.preview
  if (error !== null) return <p className="mt-3 status st-fail">{toErrorMessage(error)}</p>
  if (data === undefined) return <p className="mt-3 t3">Counting what it would delete.</p>
  const { spanCount, runCount, contentCount, oldestUnixNano } = data
  const isHarmless = spanCount === 0 && contentCount === 0
  return (
    <div className={isPlaceholderData ? 'settings-preview is-stale' : 'settings-preview'} aria-live="polite">
      <p className="status">
        <Icon name={isHarmless ? 'ok' : 'warn'} size={14} className={isHarmless ? 'st-ok' : 'st-warn'} />
        {isHarmless
          ? 'It deletes nothing that is stored now.'
          : props.isChanged
            ? 'Applied now, it deletes'
            : 'Due to go with the next sweep'}
      </p>
      {isHarmless ? null : (
        <dl className="panel settings-preview-figures">
          <div>
            <dt className="label">Spans</dt>
            <dd className="figure">{formatCount(spanCount)}</dd>
          </div>
          <div>
            <dt className="label">Runs</dt>
            <dd className="figure">{formatCount(runCount)}</dd>
          </div>
          <div>
            <dt className="label">Inputs and outputs of</dt>
            <dd className="figure">
              {formatCount(contentCount)}
              <small>spans</small>
            </dd>
          </div>
          <div>
            <dt className="label">The oldest from</dt>
            <dd className="figure">
              {oldestUnixNano === undefined ? '–' : formatDate(toEpochMs(oldestUnixNano))}
            </dd>
          </div>
        </dl>
      )}
    </div>
  )
}
