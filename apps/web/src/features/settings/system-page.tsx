'use client'

import { toEpochMs } from '@clew/domain'
import { useQuery } from '@tanstack/react-query'
import { formatBytes, formatCount, formatDate, formatDuration } from '#lib/format.ts'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { ErrorState, LoadingRows } from '#ui/states.tsx'
import { StatusMark } from '#ui/status.tsx'

/** How the server is, where it listens, and what the project holds. */
export function SystemPage() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery({ ...trpc.system.status.queryOptions({ projectId }), refetchInterval: 10_000 })
  if (query.data === undefined) {
    return query.error === null ? (
      <LoadingRows columns="1fr 2fr" rows={6} waitingFor="the server" />
    ) : (
      <ErrorState title="The server did not say how it is" onRetry={() => void query.refetch()}>
        {toErrorMessage(query.error)}
      </ErrorState>
    )
  }
  const { usage, ...status } = query.data
  return (
    <>
      <section aria-labelledby="settings-system">
        <div className="settings-head">
          <h2 id="settings-system">Server</h2>
          <span className="t3">
            Clew {status.version} on Node {status.nodeVersion.replace('v', '')}
          </span>
        </div>
        <dl className="panel settings-facts">
          <dt>Store</dt>
          <dd className="status">
            <StatusMark status={status.isStoreUp ? 'ok' : 'error'} />
            {status.isStoreUp ? 'answers' : 'does not answer; spans wait in the spool'}
          </dd>
          <dt>Up for</dt>
          <dd>{formatDuration(status.uptimeSeconds * 1000)}</dd>
          <dt>Memory</dt>
          <dd>{formatBytes(status.memoryBytes)}</dd>
          <dt>Web and API</dt>
          <dd className="status">
            <code>{status.publicUrl}</code>{' '}
            <CopyButton text={status.publicUrl} iconOnly label="Copy the address" />
          </dd>
          <dt>OTLP</dt>
          <dd className="status">
            <code>{status.otlpUrl}</code>{' '}
            <CopyButton text={status.otlpUrl} iconOnly label="Copy the OTLP address" />
          </dd>
          {status.dataDir === undefined ? null : (
            <>
              <dt>Data</dt>
              <dd>
                <code>{status.dataDir}</code>
              </dd>
            </>
          )}
        </dl>
      </section>
      <section aria-labelledby="settings-usage">
        <div className="settings-head">
          <h2 id="settings-usage">This project holds</h2>
        </div>
        <dl className="panel settings-facts">
          <dt>Runs</dt>
          <dd>{formatCount(usage.runCount)}</dd>
          <dt>Spans</dt>
          <dd>{formatCount(usage.spanCount)}</dd>
          <dt>Log records</dt>
          <dd>{formatCount(usage.logCount)}</dd>
          <dt>On disk</dt>
          <dd>{formatBytes(usage.bytes)}</dd>
          <dt>Oldest</dt>
          <dd>
            {usage.oldestUnixNano === undefined ? 'nothing yet' : formatDate(toEpochMs(usage.oldestUnixNano))}
          </dd>
        </dl>
      </section>
    </>
  )
}
