'use client'

import { useMemo } from 'react'
import type { JsonValue, WireSpan } from '@clew/semconv/span'
import { CopyButton } from '#ui/copy-button.tsx'
import { Icon } from '#ui/icon.tsx'
import { JsonPayload } from '#ui/payload.tsx'
import { describeCheck } from './describe-check.ts'
import { listAttributes, listProvenance } from './list-provenance.ts'
import type { InspectorTabProps } from './overview-tab.tsx'
import { Nothing, Section } from './section.tsx'

/** Where each value came from, what was removed, and everything as it was stored. */
export function RawTab({ span, isWhole }: InspectorTabProps) {
  if (!isWhole) return <Nothing>Reading the span.</Nothing>
  return (
    <>
      <Contradictions span={span} />
      <Sources span={span} />
      <Redactions span={span} />
      <Attributes label="Raw attributes" attributes={span.attributes} />
      <Attributes label="Resource" attributes={span.resource} />
      {span.events.length === 0 ? null : (
        <Section label={`Events, ${span.events.length}`}>
          <JsonPayload value={span.events.map((event) => ({ ...event })) as JsonValue} />
        </Section>
      )}
      {span.links.length === 0 ? null : (
        <Section label={`Links, ${span.links.length}`}>
          <JsonPayload value={span.links.map((link) => ({ ...link })) as JsonValue} />
        </Section>
      )}
      <Section label="Span" end={<CopyButton text={JSON.stringify(span, undefined, 2)} label="Copy JSON" />}>
        <dl className="attributes">
          <dt>span id</dt>
          <dd>{span.spanId}</dd>
          <dt>parent</dt>
          <dd>{span.parentSpanId ?? 'none'}</dd>
          <dt>state</dt>
          <dd>{span.state}</dd>
          <dt>scope</dt>
          <dd>
            {span.scope} {span.scopeVersion}
          </dd>
        </dl>
      </Section>
    </>
  )
}

function Sources({ span }: { span: WireSpan }) {
  const rows = useMemo(() => listProvenance(span), [span])
  return (
    <Section
      label="Where each value came from"
      end={
        <>
          <span className="t3">dialect</span> <span className="t2">{span.dialect}</span>
          {span.normaliserVersion === undefined ? null : (
            <>
              {' '}
              <span className="t3">rules</span> <span className="t2 tnum">v{span.normaliserVersion}</span>
            </>
          )}
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="t3 small">Nothing was derived for this span.</p>
      ) : (
        <table className="provenance">
          <thead>
            <tr>
              <th>Field</th>
              <th>Value</th>
              <th>Raw key</th>
              <th>How</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field}>
                <td title={row.field}>{row.field}</td>
                <td className="mono" title={row.value}>
                  {row.value}
                </td>
                <td className="mono t2" title={row.rawKey}>
                  {row.rawKey}
                </td>
                <td title={row.how}>{row.how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

/** Numbers that can't all be right: shown before anything is derived from them. */
function Contradictions({ span }: { span: WireSpan }) {
  const checks = span.checks ?? []
  if (checks.length === 0) return null
  return (
    <Section label={<span className="st-warn">Numbers that contradict each other</span>}>
      {checks.map((check) => (
        <p key={`${check.rule} ${check.field}`} className="small">
          {describeCheck(check)} <span className="mono t3">{check.rawKey}</span>
        </p>
      ))}
    </Section>
  )
}

function Redactions({ span }: { span: WireSpan }) {
  const redactions = span.redactions ?? []
  if (redactions.length === 0) return null
  return (
    <Section
      label={
        <>
          <Icon name="lock" size={14} /> Removed before it was stored
        </>
      }
    >
      {redactions.map((redaction) => (
        <div key={`${redaction.path} ${redaction.rule}`} className="ledger">
          <span className="mono clip" title={redaction.path}>
            {redaction.path}
          </span>
          <span className="clip">rule {redaction.rule}</span>
          <span className="num t3">{redaction.count}</span>
        </div>
      ))}
    </Section>
  )
}

function Attributes({ label, attributes }: { label: string; attributes: { [key: string]: JsonValue } }) {
  const rows = useMemo(() => listAttributes(attributes), [attributes])
  if (rows.length === 0) return null
  return (
    <Section
      label={
        <>
          {label} <span className="tnum">{rows.length}</span>
        </>
      }
      end={<CopyButton text={JSON.stringify(attributes, undefined, 2)} label="Copy JSON" />}
    >
      <dl className="attributes well">
        {rows.map((row) => (
          <div key={row.key} className="contents">
            <dt title={row.key}>{row.key}</dt>
            <dd>{row.text.length > 2000 ? `${row.text.slice(0, 2000)}…` : row.text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
