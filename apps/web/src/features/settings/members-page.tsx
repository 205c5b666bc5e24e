'use client'

import { toUnixNano } from '@clew/domain'
import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '#lib/trpc.tsx'
import { ListBody } from '#ui/list-body.tsx'
import { Time } from '#ui/numbers.tsx'
import { EmptyState } from '#ui/states.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'

const columns = 'minmax(120px,1fr) minmax(160px,1.4fr) 100px 140px'

/** Who may see this organisation, and as what. */
export function MembersPage() {
  const trpc = useTrpc()
  const query = useQuery(trpc.members.list.queryOptions())
  return (
    <section aria-labelledby="settings-members">
      <div className="settings-head">
        <h2 id="settings-members">Members</h2>
        <span className="t3">of the organisation, in all of its projects</span>
      </div>
      <div className="panel">
        <ListBody
          what="members"
          columns={columns}
          items={query.data}
          error={query.error}
          onRetry={() => void query.refetch()}
          empty={<EmptyState title="Nobody is a member" />}
        >
          {(members) => (
            <div role="table" aria-labelledby="settings-members">
              <div className="tr tr-head" role="row" style={{ gridTemplateColumns: columns }}>
                <HeadCell>Name</HeadCell>
                <HeadCell>E-mail</HeadCell>
                <HeadCell>Role</HeadCell>
                <HeadCell>Since</HeadCell>
              </div>
              <div role="rowgroup">
                {members.map((member) => (
                  <div key={member.id} className="tr" role="row" style={{ gridTemplateColumns: columns }}>
                    <Cell className="med">{member.name}</Cell>
                    <Cell className="t2">{member.email}</Cell>
                    <Cell>{member.role}</Cell>
                    <Cell className="t2">
                      <Time unixNano={toUnixNano(Date.parse(member.joinedAt))} />
                    </Cell>
                  </div>
                ))}
              </div>
            </div>
          )}
        </ListBody>
      </div>
    </section>
  )
}
