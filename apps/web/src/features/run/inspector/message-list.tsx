'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Message, ToolCall } from '@clew/semconv/span'
import { formatCount } from '@clew/domain/format'
import { CopyButton } from '#ui/copy-button.tsx'
import { Icon } from '#ui/icon.tsx'
import { JsonPayload, Payload } from '#ui/payload.tsx'
import type { ContextMessage } from './build-context.ts'

const openLength = 1500

/** Messages by role; long ones and all but the last few start folded. */
export function MessageList({ messages }: { messages: readonly ContextMessage[] }) {
  return messages.map((entry, i) => (
    <MessageItem
      key={i}
      entry={entry}
      startsOpen={entry.label !== 'System' && i >= messages.length - 4 && entry.length <= openLength}
    />
  ))
}

function MessageItem({ entry, startsOpen }: { entry: ContextMessage; startsOpen: boolean }) {
  const [isOpen, setIsOpen] = useState(startsOpen)
  const { message, label, length } = entry
  const detail = message.name ?? message.toolCallId ?? firstWords(message)
  return (
    <div className="message">
      <button
        type="button"
        className="message-head"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'down' : 'right'} size={14} className="t3" />
        <b>{label}</b>
        <span className="t3 clip">{isOpen ? (message.name ?? '') : detail}</span>
        <span className="num" title="Characters">
          {formatCount(length)}
        </span>
      </button>
      {isOpen ? <MessageBody message={message} /> : null}
    </div>
  )
}

/** The content of a message: words as prose, data as data, tool calls as calls. */
export function MessageBody({ message }: { message: Message }) {
  const hasNothing =
    (message.content ?? '') === '' &&
    (message.reasoning ?? '') === '' &&
    (message.toolCalls ?? []).length === 0
  return (
    <div className="message-body">
      {message.reasoning === undefined || message.reasoning === '' ? null : (
        <p className="t2 small inspector-answer">{message.reasoning}</p>
      )}
      {message.content === undefined || message.content === '' ? null : <Words text={message.content} />}
      {message.toolCalls?.map((call, i) => (
        <ToolCallView key={call.id ?? i} call={call} />
      ))}
      {hasNothing ? <p className="t3 small">Empty, or its content was not recorded.</p> : null}
    </div>
  )
}

/** Text as prose unless it is JSON. */
export function Words({ text, mime }: { text: string; mime?: string | undefined }) {
  const first = text.trimStart()[0]
  if (mime === 'application/json' || first === '{' || first === '[')
    return <Payload text={text} mime={mime} />
  return <div className="prose inspector-answer">{text}</div>
}

/** A call as it would be written: `refund_order(order_id: "HO-48231", amount: 378)`. */
export function ToolCallView({ call, children }: { call: ToolCall; children?: ReactNode }) {
  const given = call.arguments ?? null
  const isRecord = given !== null && typeof given === 'object' && !Array.isArray(given)
  const fields = isRecord ? Object.entries(given) : []
  const isShort = isRecord && JSON.stringify(call.arguments).length < 160
  return (
    <div className="payload well tool-call">
      <span className="tool-call-name">{call.name}</span>
      <span className="json-punctuation">(</span>
      {isShort
        ? fields.map(([key, value], i) => (
            <span key={key}>
              {i === 0 ? '' : ', '}
              <span className="json-key">{key}</span>
              <span className="json-punctuation">: </span>
              {JSON.stringify(value)}
            </span>
          ))
        : null}
      {!isShort && call.arguments !== undefined ? <JsonPayload value={call.arguments} well={false} /> : null}
      <span className="json-punctuation">)</span>
      {children}
    </div>
  )
}

/** Copies a payload as it was recorded. */
export function CopyText({ text }: { text: string }) {
  return <CopyButton text={text} iconOnly label="Copy" />
}

function firstWords(message: Message): string {
  const calls = message.toolCalls?.map((call) => call.name).join(', ')
  return (message.content ?? '').slice(0, 120) || (calls ?? '')
}
