'use client'

import { toUnixNano } from '@clew/domain'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import { useTrpc, useTrpcClient } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { Time } from '#ui/numbers.tsx'
import { EmptyState } from '#ui/states.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import { describeDetail } from './describe-detail.ts'

const firstPage: string | undefined = undefined
const columns = '112px minmax(140px,1fr) minmax(120px,170px) minmax(120px,1fr) minmax(140px,1.6fr)'

/** Who changed what, newest first; nobody can change this list. */
export function AuditPage() {
  const trpc = useTrpc()
  const client = useTrpcClient()
  const query = useInfiniteQuery({
    queryKey: trpc.audit.list.infiniteQueryKey(),
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query(
        { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
  })
  return (
    <section aria-labelledby="settings-audit">
      <div className="settings-head">
        <h2 id="settings-audit">Audit</h2>
        <span className="t3">every change of the organisation, newest first</span>
      </div>
      <div className="panel">
        <ListBody
          what="audit entries"
          columns={columns}
          items={query.data?.pages.flatMap((page) => page.items)}
          error={query.error}
          onRetry={() => void query.refetch()}
          empty={<EmptyState title="Nothing was changed yet" />}
        >
          {(entries) => <AuditTable entries={entries} />}
        </ListBody>
      </div>
      {query.hasNextPage ? (
        <div className="mt-3">
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Older entries
          </Button>
        </div>
      ) : null}
    </section>
  )
}

type AuditEntry = inferOutput<Trpc['audit']['list']>['items'][number]
const actorIcons = { key: 'key', person: 'approval', system: 'clew' } as const

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <div role="table" aria-labelledby="settings-audit">
      <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
        <HeadCell>When</HeadCell>
        <HeadCell>Who</HeadCell>
        <HeadCell>Did</HeadCell>
        <HeadCell>To</HeadCell>
        <HeadCell>In detail</HeadCell>
      </div>
      <div role="rowgroup">
        {entries.map((entry) => (
          <div key={entry.id} className="tr" role="row" style={{ gridTemplateColumns: columns }}>
            <Cell className="t2">
              <Time unixNano={toUnixNano(Date.parse(entry.at))} />
            </Cell>
            <Cell>
              <span className="status">
                <Icon name={actorIcons[entry.actor.kind]} size={14} className="t3" />
                {entry.actor.label}
              </span>
            </Cell>
            <Cell className="mono">{entry.action}</Cell>
            <Cell className="t2">{entry.target.label ?? entry.target.id}</Cell>
            <Cell className="t3 mono" title={describeDetail(entry.detail)}>
              {describeDetail(entry.detail)}
            </Cell>
          </div>
        ))}
      </div>
    </div>
  )
}
