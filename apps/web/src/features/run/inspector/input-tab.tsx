'use client'

import { useMemo } from 'react'
import type { WireSpan } from '@clew/semconv/span'
import { formatCount } from '@clew/domain/format'
import { kindClass } from '#ui/kind-icon.tsx'
import { Payload } from '#ui/payload.tsx'
import { readableText, shorten } from '@clew/domain/story'
import { buildContext } from './build-context.ts'
import type { ContextShare } from './build-context.ts'
import { CopyText, MessageList, ToolCallView, Words } from './message-list.tsx'
import type { InspectorTabProps } from './overview-tab.tsx'
import { Nothing, Section } from './section.tsx'

/** What went in: for a model call what it had in front of it, message by message. */
export function InputTab({ span, isWhole }: InspectorTabProps) {
  const context = useMemo(() => buildContext(span), [span])
  const given = span.tool?.arguments ?? span.input
  if (context.messages.length > 0) {
    return (
      <>
        <Section
          label="What the model had in front of it"
          end={span.usage?.input === undefined ? undefined : `${formatCount(span.usage.input)} tokens`}
        >
          <Shares shares={context.shares} />
        </Section>
        <MessageList messages={context.messages} />
        <Answered span={span} />
        <Parameters text={span.invocationParameters} />
      </>
    )
  }
  if (given === undefined) {
    return <Nothing>{isWhole ? 'No input was recorded for this span.' : 'Reading the input.'}</Nothing>
  }
  return (
    <>
      <Section label={span.kind === 'TOOL' ? 'Arguments' : 'Input'} end={<CopyText text={given} />}>
        <Words text={given} mime={span.inputMime} />
      </Section>
      <Parameters text={span.invocationParameters} />
    </>
  )
}

/** Which role takes which part; by characters, since no dialect counts tokens by message. */
function Shares({ shares }: { shares: readonly ContextShare[] }) {
  return (
    <>
      <div className="inspector-stack" aria-hidden="true">
        {shares.map((share) => (
          <i key={share.label} className={kindClass(share.kind)} style={{ width: `${share.share * 100}%` }} />
        ))}
      </div>
      <ul className="inspector-shares" title="Shares by characters">
        {shares.map((share) => (
          <li key={share.label}>
            <i className={kindClass(share.kind)} />
            <span>{share.label}</span>
            <span className="num t3">{Math.round(share.share * 100)}%</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What it said to all that, in short; the output tab has the whole of it. */
function Answered({ span }: { span: WireSpan }) {
  const calls = span.outputToolCalls ?? []
  const text = readableText(span.output ?? '')
  if (calls.length === 0 && text === '') return null
  const tokens = span.usage?.output === undefined ? undefined : `${formatCount(span.usage.output)} tokens`
  return (
    <Section
      label={
        <>
          Then it answered <span className="t3">{span.finishReason}</span>
        </>
      }
      end={tokens}
    >
      {calls.length > 0 ? (
        <div className="grid gap-2">
          {calls.map((call, i) => (
            <ToolCallView key={call.id ?? i} call={call} />
          ))}
        </div>
      ) : (
        <Words text={shorten(text, 400)} />
      )}
    </Section>
  )
}

function Parameters({ text }: { text: string | undefined }) {
  if (text === undefined || text === '{}') return null
  return (
    <Section label="Parameters">
      <Payload text={text} />
    </Section>
  )
}
