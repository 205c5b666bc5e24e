import { toUnixNano } from '@clew/domain'
import { formatBytes } from '@clew/domain/format'
import type { inferOutput } from '@trpc/tanstack-react-query'
import type { Trpc } from '#lib/trpc.tsx'
import { Button } from '#ui/button.tsx'
import { Tag } from '#ui/chip.tsx'
import { Icon } from '#ui/icon.tsx'
import { Time } from '#ui/numbers.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'

export type ApiKey = inferOutput<Trpc['keys']['list']>[number]

export const keyColumns = 'minmax(110px,1fr) 66px minmax(112px,160px) minmax(110px,1fr) 88px 100px 136px'

interface KeyActions {
  onLimit: (key: ApiKey) => void
  onRevoke: (key: ApiKey) => void
}

/** One row a key; those that work no more stay as a record, greyed. */
export function KeyTable({ keys, ...actions }: { keys: readonly ApiKey[] } & KeyActions) {
  const usable = keys.filter((key) => stateOf(key) === 'usable')
  const past = keys.filter((key) => stateOf(key) !== 'usable')
  return (
    <div role="table" aria-label="Keys">
      <div className="tr tr-head" role="row" style={{ gridTemplateColumns: keyColumns }}>
        <HeadCell>Name</HeadCell>
        <HeadCell>Ends in</HeadCell>
        <HeadCell>May</HeadCell>
        <HeadCell>Created</HeadCell>
        <HeadCell>Last used</HeadCell>
        <HeadCell>Ends</HeadCell>
        <HeadCell label="Actions" />
      </div>
      <div role="rowgroup">
        {[...usable, ...past].map((key) => (
          <KeyRow key={key.id} apiKey={key} {...actions} />
        ))}
      </div>
    </div>
  )
}

function KeyRow({ apiKey, onLimit, onRevoke }: { apiKey: ApiKey } & KeyActions) {
  const state = stateOf(apiKey)
  const isUsable = state === 'usable'
  return (
    <div
      className="tr settings-key"
      role="row"
      style={{ gridTemplateColumns: keyColumns }}
      data-key={apiKey.id}
    >
      <Cell className={isUsable ? 'med' : 't3'}>{apiKey.name}</Cell>
      <Cell className="t3 mono">…{apiKey.hint}</Cell>
      <span role="cell" className="flex flex-wrap gap-1">
        {apiKey.scopes.map((scope) => (
          <Tag key={scope}>{scope}</Tag>
        ))}
        {limitsOf(apiKey).map((limit) => (
          <Tag key={limit}>{limit}</Tag>
        ))}
      </span>
      <Cell className="t2">
        <Moment iso={apiKey.createdAt} /> <span className="t3">by {apiKey.createdBy}</span>
      </Cell>
      <Cell className="t2">
        {apiKey.lastUsedAt === undefined ? (
          <span className="t3">never</span>
        ) : (
          <Time unixNano={toUnixNano(Date.parse(apiKey.lastUsedAt))} as="ago" />
        )}
      </Cell>
      <Cell className={isUsable ? 't2' : 't3'}>
        {apiKey.revokedAt !== undefined ? (
          <span className="status">
            <Icon name="off" size={14} /> revoked <Moment iso={apiKey.revokedAt} />
          </span>
        ) : apiKey.expiresAt === undefined ? (
          <span className="t3">never</span>
        ) : (
          <span className="status">
            {isUsable ? null : <Icon name="off" size={14} />}
            {isUsable ? '' : 'expired'} <Moment iso={apiKey.expiresAt} />
          </span>
        )}
      </Cell>
      <span role="cell" className="num">
        {isUsable && apiKey.scopes.includes('ingest') ? (
          <Button variant="ghost" onClick={() => onLimit(apiKey)} aria-label={`Limits of ${apiKey.name}`}>
            Limits
          </Button>
        ) : null}
        {isUsable ? (
          <Button variant="ghost" onClick={() => onRevoke(apiKey)} aria-label={`Revoke ${apiKey.name}`}>
            Revoke
          </Button>
        ) : null}
      </span>
    </div>
  )
}

function limitsOf({ limits }: ApiKey): string[] {
  const { requestsPerMinute: requests, bytesPerMinute: bytes, bodyBytesMax: body } = limits
  return [
    ...(requests === undefined ? [] : [`${requests} requests/min`]),
    ...(bytes === undefined ? [] : [`${formatBytes(bytes)}/min`]),
    ...(body === undefined ? [] : [`bodies to ${formatBytes(body)}`]),
  ]
}

function stateOf(key: ApiKey): 'usable' | 'revoked' | 'expired' {
  if (key.revokedAt !== undefined) return 'revoked'
  return key.expiresAt !== undefined && Date.parse(key.expiresAt) <= Date.now() ? 'expired' : 'usable'
}

function Moment({ iso }: { iso: string }) {
  return <Time unixNano={toUnixNano(Date.parse(iso))} />
}
