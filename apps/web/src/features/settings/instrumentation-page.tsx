'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import Link from 'next/link'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { ErrorState, LoadingRows } from '#ui/states.tsx'
import { SnippetTabs } from '../setup/snippet-tabs.tsx'
import { SenderTable } from './sender-table.tsx'

export type InstrumentationState = inferOutput<Trpc['instrumentation']['get']>

/** Who sends, whether it looks well, and how one more is connected. */
export function InstrumentationPage() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery({
    ...trpc.instrumentation.get.queryOptions({ projectId }),
    refetchInterval: 10_000,
  })
  if (query.data === undefined) {
    return query.error === null ? (
      <LoadingRows columns="1fr 1fr 1fr 2fr" rows={6} waitingFor="the senders" />
    ) : (
      <ErrorState title="The senders could not be read" onRetry={() => void query.refetch()}>
        {toErrorMessage(query.error)} Spans are still accepted.
      </ErrorState>
    )
  }
  return (
    <>
      <SenderTable senders={query.data.senders} />
      <Connect otlpUrl={query.data.otlpUrl} />
    </>
  )
}

function Connect({ otlpUrl }: { otlpUrl: string }) {
  const toPath = useProjectPath()
  return (
    <section aria-labelledby="settings-connect">
      <div className="settings-head">
        <h2 id="settings-connect">Connect an app</h2>
        <span className="grow" />
        <Link className="link" prefetch={false} href={toPath('/settings/keys')}>
          Create a key
        </Link>
      </div>
      <dl className="panel settings-facts">
        <dt>Endpoint</dt>
        <dd className="status">
          <code>{otlpUrl}</code> <CopyButton text={otlpUrl} iconOnly label="Copy the OTLP address" />
        </dd>
        <dt>Speaks</dt>
        <dd>
          <span>
            OTLP over HTTP, protobuf or JSON, at <code>/v1/traces</code> and <code>/v1/logs</code>
          </span>
        </dd>
        <dt>Key</dt>
        <dd>
          <span>
            as <code>x-api-key</code> or <code>Authorization: Bearer</code>; one with the scope ingest
          </span>
        </dd>
      </dl>
      <div className="mt-3.5">
        <SnippetTabs otlpUrl={otlpUrl} />
      </div>
    </section>
  )
}
