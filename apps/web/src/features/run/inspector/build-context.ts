import type { Message, SpanKind, WireSpan } from '@clew/semconv/span'
import { readInstructions } from './read-instructions.ts'

export interface ContextMessage {
  message: Message
  /** Characters, since no dialect says how many tokens a message took. */
  length: number
  kind: SpanKind
  label: string
}

export interface ContextShare {
  label: string
  kind: SpanKind
  length: number
  /** 0..1 of all characters. */
  share: number
}

/** What the model had in front of it, message by message, with the share of each role. */
export function buildContext(span: WireSpan): { messages: ContextMessage[]; shares: ContextShare[] } {
  const instructions = readInstructions(span)
  const given = [...(instructions === undefined ? [] : [instructions]), ...(span.inputMessages ?? [])]
  const messages = given.map((message) => ({
    message,
    length: lengthOf(message),
    ...lookOf(message.role),
  }))
  const all = messages.reduce((sum, message) => sum + message.length, 0)
  const byLabel = new Map<string, ContextShare>()
  for (const { label, kind, length } of messages) {
    const known = byLabel.get(label) ?? { label, kind, length: 0, share: 0 }
    known.length += length
    known.share = all === 0 ? 0 : known.length / all
    byLabel.set(label, known)
  }
  return { messages, shares: [...byLabel.values()] }
}

/** What a role is called and the hue that it borrows. */
export function lookOf(role: string | undefined): { label: string; kind: SpanKind } {
  switch (role?.toLowerCase() ?? '') {
    case 'system':
    case 'developer':
      return { label: 'System', kind: 'CHAIN' }
    case 'user':
    case 'human':
      return { label: 'User', kind: 'AGENT' }
    case 'assistant':
    case 'ai':
    case 'model':
      return { label: 'Assistant', kind: 'LLM' }
    case 'tool':
    case 'function':
      return { label: 'Tool', kind: 'TOOL' }
    default:
      return { label: role === undefined || role === '' ? 'Message' : role, kind: 'CHAIN' }
  }
}

function lengthOf(message: Message): number {
  const calls =
    message.toolCalls?.map((call) => call.name.length + JSON.stringify(call.arguments ?? '').length) ?? []
  const text = (message.content?.length ?? 0) + (message.reasoning?.length ?? 0)
  return calls.reduce((sum, length) => sum + length, text)
}
