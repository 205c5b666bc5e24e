'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { ErrorState, LoadingRows } from '#ui/states.tsx'
import { StatusMark, StatusPill } from '#ui/status.tsx'
import type { Status } from '#ui/status.tsx'

type Report = inferOutput<Trpc['system']['doctor']>
type Finding = Report['checks'][number]

const order: readonly Finding['status'][] = ['failed', 'warning', 'waiting', 'ok']

const looks: Readonly<Record<Finding['status'], { mark: Status; label: string; verdict: string }>> = {
  failed: { mark: 'failed', label: 'Wrong', verdict: 'Something is wrong' },
  warning: { mark: 'warn', label: 'Needs a look', verdict: 'Something needs a look' },
  waiting: { mark: 'pending', label: 'Nothing yet', verdict: 'All is well' },
  ok: { mark: 'ok', label: 'Well', verdict: 'All is well' },
}

/** What the doctor found, what is wrong first, each with what to do about it. */
export function DoctorFindings() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery({ ...trpc.system.doctor.queryOptions({ projectId }), refetchInterval: 10_000 })
  return (
    <section aria-labelledby="settings-health">
      <div className="settings-head">
        <h2 id="settings-health">Health</h2>
        {query.data === undefined ? null : <Verdict status={query.data.status} />}
      </div>
      {query.error === null ? null : (
        <ErrorState title="The server does not say how it is" onRetry={() => void query.refetch()}>
          {toErrorMessage(query.error)}
        </ErrorState>
      )}
      {query.data === undefined ? (
        query.error === null && <LoadingRows columns="1fr 4fr" rows={10} waitingFor="the server" />
      ) : (
        <ul className="panel doctor">
          {sortFindings(query.data.checks).map((finding) => (
            <FindingRow key={finding.name} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Verdict({ status }: { status: Finding['status'] }) {
  const { mark, verdict } = looks[status]
  return <StatusPill status={status === 'waiting' ? 'ok' : mark} label={verdict} />
}

function FindingRow({ finding }: { finding: Finding }) {
  const { mark, label } = looks[finding.status]
  return (
    <li className="doctor-finding" data-finding={finding.name}>
      <StatusMark status={mark} label={label} />
      <span className={finding.status === 'ok' ? 't3' : 'med'}>{finding.title}</span>
      <div>
        {finding.detail}
        {finding.advice === undefined ? null : <p className="t3">{finding.advice}</p>}
      </div>
    </li>
  )
}

function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
}
