import { toUnixNano } from '@clew/domain'
import { formatCount } from '@clew/domain/format'
import { Tag } from '#ui/chip.tsx'
import { Time } from '#ui/numbers.tsx'
import { EmptyState } from '#ui/states.tsx'
import { StatusMark } from '#ui/status.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import type { InstrumentationState } from './instrumentation-page.tsx'

type Sender = InstrumentationState['senders'][number]

const columns = '20px minmax(110px,1fr) minmax(150px,1fr) minmax(120px,1fr) 76px 116px'

/** One row a service and SDK; what is wrong with one stands below it, with what to do. */
export function SenderTable({ senders }: { senders: readonly Sender[] }) {
  return (
    <section aria-labelledby="settings-senders">
      <div className="settings-head">
        <h2 id="settings-senders">Who sends</h2>
        <span className="t3">within seven days, the latest first</span>
      </div>
      {senders.length === 0 ? (
        <div className="panel">
          <EmptyState title="Nothing has been sent yet">
            Connect an app as below: it stands here as soon as its first span is stored.
          </EmptyState>
        </div>
      ) : (
        <div className="panel" role="table" aria-labelledby="settings-senders">
          <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
            <HeadCell label="Looks" />
            <HeadCell>Service</HeadCell>
            <HeadCell>Sends with</HeadCell>
            <HeadCell>Tells in</HeadCell>
            <HeadCell num>Spans</HeadCell>
            <HeadCell>Last</HeadCell>
          </div>
          {senders.map((sender) => (
            <SenderRow key={`${sender.serviceName} ${sender.sdkName} ${sender.sdkVersion}`} sender={sender} />
          ))}
        </div>
      )}
    </section>
  )
}

function SenderRow({ sender }: { sender: Sender }) {
  const { health } = sender
  const isWell = health.status === 'ok'
  return (
    <div role="rowgroup" data-sender={sender.serviceName}>
      <div
        className="tr"
        role="row"
        style={{ gridTemplateColumns: columns, ...(isWell ? {} : { borderBottom: 0 }) }}
      >
        <span role="cell">
          <StatusMark status={isWell ? 'ok' : 'warn'} label={isWell ? 'Well' : 'Needs a look'} />
        </span>
        <Cell className="med">{sender.serviceName === '' ? 'without a name' : sender.serviceName}</Cell>
        <Cell className="t2">{sdkOf(sender)}</Cell>
        <span role="cell" className="flex gap-1 clip">
          {sender.dialects.map((dialect) => (
            <Tag key={dialect}>{dialect}</Tag>
          ))}
        </span>
        <Cell num title={health.detail}>
          {formatCount(sender.spanCount)}
        </Cell>
        <Cell className="t2">
          <Time unixNano={toUnixNano(sender.lastReceivedAtMs)} />
        </Cell>
      </div>
      {isWell ? null : (
        <div role="row" className="sender-trouble">
          <span role="cell">
            {health.detail}
            {health.advice === undefined ? null : <span className="t3">. {health.advice}</span>}
          </span>
        </div>
      )}
    </div>
  )
}

function sdkOf({ sdkName, sdkVersion, sdkLanguage }: Sender): string {
  if (sdkName === '') return 'does not say'
  const name = sdkName === 'opentelemetry' ? 'OpenTelemetry' : sdkName
  const version = sdkVersion === '' ? '' : ` ${sdkVersion}`
  return `${name}${version}${sdkLanguage === '' ? '' : `, ${sdkLanguage}`}`
}
