'use client'

import { formatCount } from '@clew/domain/format'
import { lookOf } from './build-context.ts'
import { CopyText, MessageBody, ToolCallView, Words } from './message-list.tsx'
import type { InspectorTabProps } from './overview-tab.tsx'
import { Nothing, Section } from './section.tsx'

/** What came out: messages, calls, documents or the bare payload. */
export function OutputTab({ span, isWhole, streamed }: InspectorTabProps) {
  const tokens = span.usage?.output
  const end = tokens === undefined ? undefined : `${formatCount(tokens)} tokens`
  const messages = span.outputMessages ?? []
  if (messages.length > 0) {
    return messages.map((message, i) => (
      <Section key={i} label={lookOf(message.role).label} end={i === 0 ? end : undefined}>
        <MessageBody message={message} />
      </Section>
    ))
  }
  const result = span.tool?.result ?? span.output ?? streamed
  const documents = span.documents ?? []
  const calls = span.outputToolCalls ?? []
  if (result === undefined && documents.length === 0 && calls.length === 0)
    return <Missing isOpen={span.state === 'running'} isWhole={isWhole} />
  return (
    <>
      {documents.length === 0 ? null : (
        <Section label={`${documents.length} documents`}>
          <div className="grid gap-3">
            {documents.map((document, i) => (
              <div key={document.id ?? i}>
                <div className="flex gap-2 small">
                  <span className="mono clip">{document.id ?? `document ${i + 1}`}</span>
                  <span className="num t3 ml-auto">{document.score?.toFixed(2)}</span>
                </div>
                {document.content === undefined ? null : <Words text={document.content} />}
              </div>
            ))}
          </div>
        </Section>
      )}
      {calls.map((call, i) => (
        <Section key={call.id ?? i} label={i === 0 ? 'Asked for' : undefined}>
          <ToolCallView call={call} />
        </Section>
      ))}
      {result === undefined || documents.length > 0 ? null : (
        <Section label={span.kind === 'TOOL' ? 'Result' : 'Output'} end={<CopyText text={result} />}>
          <Words text={result} mime={span.outputMime} />
        </Section>
      )}
    </>
  )
}

function Missing({ isOpen, isWhole }: { isOpen: boolean; isWhole: boolean }) {
  if (isOpen) return <Nothing>It still runs. The output appears here as it arrives.</Nothing>
  return <Nothing>{isWhole ? 'No output was recorded for this span.' : 'Reading the output.'}</Nothing>
}
