'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { formatClock } from '@clew/domain/format'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useNow } from '#lib/use-now.ts'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon.tsx'

const pollMs = 1000
const restMs = 900

/** Waits for the first span and opens its run; meanwhile it tells what the server has seen. */
export function WaitingForSpan(props: { projectId: string; slug: string; otlpUrl: string; since: number }) {
  const { projectId, slug, otlpUrl, since } = props
  const query = useFirstSpan({ projectId, since })
  const traceId = query.data?.traceId
  useOpenRun({ slug, traceId })
  return (
    <>
      <div className="setup-waiting" role="status" data-state={traceId === undefined ? 'waiting' : 'arrived'}>
        {traceId === undefined ? (
          <Icon name="run" className="st-run spin" />
        ) : (
          <Icon name="ok" className="st-ok" />
        )}
        <div className="grow">
          <div className="med">
            {traceId === undefined ? 'Waiting for the first span' : 'The first span is here'}
          </div>
          <div className="small t3">
            {traceId === undefined
              ? `Listening on ${describeAddress(otlpUrl)}. This page opens the run by itself.`
              : 'Opening its run.'}
          </div>
        </div>
        {traceId === undefined ? <Waited since={since} /> : null}
      </div>
      <SeenList query={query} />
    </>
  )
}

function useFirstSpan({ projectId, since }: { projectId: string; since: number }) {
  const trpc = useTrpc()
  return useQuery({
    ...trpc.setup.firstSpan.queryOptions({ projectId, since }),
    refetchInterval: (current) => (current.state.data?.traceId === undefined ? pollMs : false),
    refetchIntervalInBackground: true,
  })
}

/** What the server has seen so far, a refused key included. */
function SeenList({ query }: { query: ReturnType<typeof useFirstSpan> }) {
  const { data, error, dataUpdatedAt } = query
  const refusals = data?.refusals ?? []
  const hasArrived = data?.traceId !== undefined
  return (
    <ul className="setup-seen">
      {error === null ? (
        <Seen icon="ok" tone="st-ok" at={dataUpdatedAt === 0 ? '' : formatClock(dataUpdatedAt)}>
          {data === undefined ? 'Asking the store' : 'The store answers'}
        </Seen>
      ) : (
        <Seen icon="fail" tone="st-fail" at="">
          {toErrorMessage(error)} Trying again.
        </Seen>
      )}
      {refusals.slice(0, 3).map((refusal) => (
        <Seen
          key={`${refusal.at}${refusal.hint}`}
          icon="warn"
          tone="st-warn"
          at={formatClock(Date.parse(refusal.at))}
        >
          A request came with {refusalWords[refusal.code]}, ending in <code>…{refusal.hint}</code>, and was
          refused
        </Seen>
      ))}
      {!hasArrived ? (
        <Seen icon="wait" tone="st-off" at="not yet">
          A request with your key
        </Seen>
      ) : (
        <Seen icon="ok" tone="st-ok" at={formatClock(data?.receivedAtMs ?? dataUpdatedAt)}>
          A request with your key
        </Seen>
      )}
    </ul>
  )
}

const refusalWords = {
  'unknown-key': 'an unknown key',
  'revoked-key': 'a revoked key',
  'expired-key': 'an expired key',
  forbidden: 'a key that may not send spans',
} as const

function Seen(props: { icon: IconName; tone: string; at: string; children: React.ReactNode }) {
  return (
    <li>
      <Icon name={props.icon} size={14} className={props.tone} />
      <span className={props.icon === 'wait' ? 't3' : undefined}>{props.children}</span>
      <span className="num t3">{props.at}</span>
    </li>
  )
}

function Waited({ since }: { since: number }) {
  const seconds = Math.max(0, Math.floor((useNow(1000) - since) / 1000))
  return (
    <span className="num t3" aria-hidden="true">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}

/** Leaves a moment to see that it has arrived. */
function useOpenRun({ slug, traceId }: { slug: string; traceId: string | undefined }): void {
  const router = useRouter()
  useEffect(() => {
    if (traceId === undefined) return
    const timer = setTimeout(() => router.push(`/p/${slug}/runs/${traceId}`), restMs)
    return () => clearTimeout(timer)
  }, [traceId, slug, router])
}

function describeAddress(otlpUrl: string): string {
  const otlp = new URL(otlpUrl).host
  const here = window.location.host
  return otlp === here ? otlp : `${otlp} and ${here}`
}
