'use client'

import { toUnixNano } from '@clew/domain'
import { formatCount } from '@clew/domain/format'
import { useQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import Link from 'next/link'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { useProject, useProjectPath } from '#shell/project-context.tsx'
import { Time } from '#ui/numbers.tsx'
import { EmptyState, ErrorState, LoadingRows } from '#ui/states.tsx'
import { Cell, HeadCell } from '#ui/table-cell.tsx'
import { CodeBox } from '../setup/code-box.tsx'
import { formatDays } from './format-days.ts'

type PrivacyState = inferOutput<Trpc['privacy']['get']>
type SecretKind = PrivacyState['kinds'][number]

/** What is taken out of everything that comes in, what of late was, and what an app can hold back itself. */
export function PrivacyPage() {
  const trpc = useTrpc()
  const { id: projectId } = useProject()
  const query = useQuery(trpc.privacy.get.queryOptions({ projectId }))
  if (query.data === undefined) {
    return query.error === null ? (
      <LoadingRows columns="1fr 2fr 1fr" rows={8} waitingFor="the counts" />
    ) : (
      <ErrorState title="What was redacted could not be read" onRetry={() => void query.refetch()}>
        {toErrorMessage(query.error)} Redaction goes on.
      </ErrorState>
    )
  }
  const { kinds, furtherKinds, content, recent } = query.data
  return (
    <>
      <RecentRedactions redactions={recent.redactions} />
      <ContentAccess content={content} />
      <SecretKinds kinds={kinds} />
      <InTheApp furtherKinds={furtherKinds} />
    </>
  )
}

const recentColumns = 'minmax(180px,1fr) minmax(160px,1fr) 90px 90px 130px'

function RecentRedactions({ redactions }: { redactions: PrivacyState['recent']['redactions'] }) {
  return (
    <section aria-labelledby="settings-redactions">
      <div className="settings-head">
        <h2 id="settings-redactions">Taken out of late</h2>
        <span className="t3">within seven days, by kind</span>
      </div>
      {redactions.length === 0 ? (
        <div className="panel">
          <EmptyState title="Nothing had to be taken out">
            Where a secret comes in, a marker such as <code>[redacted:openai-key]</code> is stored in its
            place. The span says where under “Raw + provenance”.
          </EmptyState>
        </div>
      ) : (
        <div className="panel" role="table" aria-labelledby="settings-redactions">
          <div className="tr tr-head" role="row" style={{ gridTemplateColumns: recentColumns }}>
            <HeadCell>Kind</HeadCell>
            <HeadCell>Marker</HeadCell>
            <HeadCell num>Places</HeadCell>
            <HeadCell num>Runs</HeadCell>
            <HeadCell>Last</HeadCell>
          </div>
          {redactions.map(({ rule, title, count, runCount, lastReceivedAtMs }) => (
            <div key={rule} className="tr" role="row" style={{ gridTemplateColumns: recentColumns }}>
              <Cell className="med">{title}</Cell>
              <Cell className="mono t2">[redacted:{rule}]</Cell>
              <Cell num>{formatCount(count)}</Cell>
              <Cell num>{formatCount(runCount)}</Cell>
              <Cell className="t2">
                <Time unixNano={toUnixNano(lastReceivedAtMs)} />
              </Cell>
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function ContentAccess({ content }: { content: PrivacyState['content'] }) {
  const toPath = useProjectPath()
  const readers =
    content.access === 'nobody' ? 'nobody, whatever their role or key' : 'everyone who may read runs'
  return (
    <section aria-labelledby="settings-content">
      <div className="settings-head">
        <h2 id="settings-content">Inputs and outputs</h2>
        <span className="grow" />
        <Link className="link" prefetch={false} href={toPath('/settings/retention')}>
          Change under Retention
        </Link>
      </div>
      <dl className="panel settings-facts">
        <dt>May be read by</dt>
        <dd>{readers}</dd>
        <dt>Kept for</dt>
        <dd>{formatDays(content.days)}</dd>
      </dl>
    </section>
  )
}

function SecretKinds({ kinds }: { kinds: readonly SecretKind[] }) {
  return (
    <section aria-labelledby="settings-kinds">
      <div className="settings-head">
        <h2 id="settings-kinds">What counts as a secret</h2>
        <span className="t3">
          {kinds.length} kinds, taken out before anything is stored; nobody can switch this off
        </span>
      </div>
      <ul className="panel privacy-kinds">
        {kinds.map((kind) => (
          <KindRow key={kind.rule} kind={kind} />
        ))}
      </ul>
    </section>
  )
}

function KindRow({ kind }: { kind: SecretKind }) {
  return (
    <li title={`[redacted:${kind.rule}]`}>
      <span>{kind.title}</span>
      <code className="clip t3">{kind.looks}</code>
    </li>
  )
}

const inTheApp = `setup({
  privacy: {
    content: "metadata",            // what people and models said stays in the app; "off" holds back identifiers, too
    emails: true,                   // takes out e-mail addresses
    deny: ["customer.*"],           // attributes that never leave
    hash: ["user.id"],              // an HMAC under a key that stays in the app
    hashKey: secrets.hashKey,
    optOutTenants: ["acme"],        // nothing of theirs is sent
  },
})`

function InTheApp({ furtherKinds }: { furtherKinds: readonly SecretKind[] }) {
  const further = furtherKinds.map(({ title }) => title.toLowerCase()).join(', ')
  return (
    <section aria-labelledby="settings-in-the-app">
      <div className="settings-head">
        <h2 id="settings-in-the-app">What an app holds back itself</h2>
      </div>
      <p className="t2 settings-words">
        What never leaves the app needs no trust in this server. <code>@clew/sdk</code> takes the same secrets
        out before it sends, and more where it is told to: {further}, attributes, identifiers, whole tenants.
        These choices are made in the app and are not known here.
      </p>
      <CodeBox code={inTheApp} />
    </section>
  )
}
