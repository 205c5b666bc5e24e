import { toUnixNano } from '@clew/domain'
import type { inferOutput } from '@trpc/tanstack-react-query'
import type { Trpc } from '#lib/trpc.tsx'
import { Time } from '#ui/numbers.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import { formatDays } from './format-days.ts'

const columns = '160px 140px 160px 1fr 1fr'

/** Who kept what for how long, newest first. */
export function PolicyHistory({ history }: { history: inferOutput<Trpc['retention']['get']>['history'] }) {
  if (history.length === 0) return null
  return (
    <section aria-labelledby="settings-history">
      <div className="settings-head">
        <h2 id="settings-history">History</h2>
        <span className="t3">every policy that was in force</span>
      </div>
      <div className="panel" role="table" aria-labelledby="settings-history">
        <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
          <HeadCell>In force from</HeadCell>
          <HeadCell>Runs and spans</HeadCell>
          <HeadCell>Inputs and outputs</HeadCell>
          <HeadCell>May be read by</HeadCell>
          <HeadCell>Set by</HeadCell>
        </div>
        {history.map((policy) => (
          <div key={policy.inForceFrom} className="tr" role="row" style={{ gridTemplateColumns: columns }}>
            <Cell className="t2">
              {Date.parse(policy.inForceFrom) <= 0 ? (
                'the beginning'
              ) : (
                <Time unixNano={toUnixNano(Date.parse(policy.inForceFrom))} />
              )}
            </Cell>
            <Cell>{formatDays(policy.metadataDays)}</Cell>
            <Cell>{formatDays(policy.contentDays)}</Cell>
            <Cell className="t2">
              {policy.contentAccess === 'readers' ? 'everyone who may read runs' : 'nobody'}
            </Cell>
            <Cell className="t2">{policy.setBy}</Cell>
          </div>
        ))}
      </div>
    </section>
  )
}
