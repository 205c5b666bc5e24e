'use client'

import { formatCount } from '@clew/domain/format'
import { useProjectPath } from '#shell/project-context.tsx'
import { Icon } from '#ui/icon.tsx'
import { Time } from '#ui/numbers.tsx'
import { Cell, HeadCell, LinkCell } from '#ui/table-cell.tsx'
import type { ErrorGroup } from './measure-runs.ts'

const columns = '16px minmax(0,1fr) 84px 44px 84px'
const shownMax = 6

/** What failed first in causal order, grouped; a first error, not yet a cause. */
export function FirstErrors({ groups }: { groups: readonly ErrorGroup[] }) {
  const path = useProjectPath()
  if (groups.length === 0) return null
  return (
    <section aria-labelledby="now-errors">
      <div className="section-head">
        <h2 id="now-errors">Needs a look</h2>
        <span className="t3">failed runs by their first error in causal order</span>
      </div>
      <div className="panel" role="table" aria-labelledby="now-errors">
        <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
          <HeadCell label="Status" />
          <HeadCell>First error</HeadCell>
          <HeadCell>Last hour</HeadCell>
          <HeadCell num>Runs</HeadCell>
          <HeadCell num>Last seen</HeadCell>
        </div>
        {groups.slice(0, shownMax).map((group) => (
          <div key={group.key} className="tr tr-link" role="row" style={{ gridTemplateColumns: columns }}>
            <Cell>
              <Icon name="fail" size={14} className="st-fail" />
            </Cell>
            <LinkCell href={path(`/runs/${group.lastTraceId}`)}>
              <code>{group.name}</code> <span className="t2">{group.message}</span>
            </LinkCell>
            <Cell>
              <Bins bins={group.bins} />
            </Cell>
            <Cell num>{formatCount(group.count)}</Cell>
            <Cell num className="t3">
              <Time unixNano={group.lastUnixNano} as="ago" />
            </Cell>
          </div>
        ))}
      </div>
    </section>
  )
}

function Bins({ bins }: { bins: readonly number[] }) {
  const top = Math.max(1, ...bins)
  return (
    <span className="now-bins" aria-hidden="true">
      {bins.map((count, index) => (
        <i key={index} style={{ height: count === 0 ? 1 : Math.max(3, (count / top) * 14) }} />
      ))}
    </span>
  )
}
