'use client'

import { toEpochMs } from '@clew/domain'
import { formatBytes, formatCount, formatDate, formatDuration } from '@clew/domain/format'
import { useQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import { Fragment } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { ErrorState, LoadingRows } from '#ui/states.tsx'
import { DoctorFindings } from './doctor-findings.tsx'

/** What is wrong and what to do about it, where the server listens, and what the project holds. */
export function SystemPage() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery({ ...trpc.system.status.queryOptions({ projectId }), refetchInterval: 10_000 })
  return (
    <>
      <DoctorFindings />
      {query.data !== undefined ? (
        <>
          <ServerFacts status={query.data} />
          {query.data.usage === undefined ? null : <UsageFacts usage={query.data.usage} />}
        </>
      ) : query.error === null ? (
        <LoadingRows columns="1fr 2fr" rows={6} waitingFor="the server" />
      ) : (
        <ErrorState title="The server did not say where it listens" onRetry={() => void query.refetch()}>
          {toErrorMessage(query.error)}
        </ErrorState>
      )}
    </>
  )
}

type Status = inferOutput<Trpc['system']['status']>

function ServerFacts({ status }: { status: Status }) {
  return (
    <section aria-labelledby="settings-system">
      <div className="settings-head">
        <h2 id="settings-system">Server</h2>
        <span className="t3">
          Clew {status.version} on Node {status.nodeVersion.replace('v', '')}
        </span>
      </div>
      <dl className="panel settings-facts">
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
  )
}

function UsageFacts({ usage }: { usage: NonNullable<Status['usage']> }) {
  const facts = [
    ['Runs', formatCount(usage.runCount)],
    ['Spans', formatCount(usage.spanCount)],
    ['Log records', formatCount(usage.logCount)],
    ['On disk', formatBytes(usage.bytes)],
    [
      'Oldest',
      usage.oldestUnixNano === undefined ? 'nothing yet' : formatDate(toEpochMs(usage.oldestUnixNano)),
    ],
  ] as const
  return (
    <section aria-labelledby="settings-usage">
      <div className="settings-head">
        <h2 id="settings-usage">This project holds</h2>
      </div>
      <dl className="panel settings-facts">
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}
