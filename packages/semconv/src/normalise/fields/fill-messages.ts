import type { JsonValue, Message } from '../../span/canonical.ts'
import { type Draft, jsonAttribute, move, note } from '../draft.ts'
import type { FlatPrefix } from '../flat-groups.ts'
import { isMessageEvent, readEventMessages } from '../messages/event-messages.ts'
import { readFlatMessages } from '../messages/flat-messages.ts'
import { lastContent, openToolCalls } from '../messages/message-text.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { peekMessages } from '../messages/peek-messages.ts'
import { toToolCall } from '../messages/to-tool-call.ts'
import { isRecord, toText } from '../value.ts'

interface Found {
  messages: Message[]
  key: string
  rule: string
  moved?: readonly string[]
  /** Whether the messages stand as JSON text in the attribute, and can be read from there again. */
  isText?: boolean
}

/** Messages that were only looked into. */
interface Peeked {
  key: string
  rule: string
  content: string | undefined
}

/** Sets inputMessages, outputMessages and outputToolCalls, and what the last user and assistant said. */
export function fillMessages(draft: Draft): void {
  const { out, said } = draft
  const peeked = draft.keepsMessages ? peekInput(draft) : undefined
  const input = peeked === undefined ? readInput(draft) : undefined
  const lastUser = peeked === undefined ? lastContent(input?.messages, 'user') : peeked.content
  if (lastUser !== undefined) said.lastUser = lastUser
  if (peeked !== undefined) note(draft, 'inputMessages', peeked)
  if (input !== undefined) {
    if (!draft.keepsMessages || input.isText !== true) out.inputMessages = input.messages
    keep(draft, 'inputMessages', input)
  }
  const output = readOutput(draft)
  if (output === undefined) return
  const lastAssistant = lastContent(output.messages, 'assistant')
  if (lastAssistant !== undefined) said.lastAssistant = lastAssistant
  if (!draft.keepsMessages || output.isText !== true) out.outputMessages = output.messages
  keep(draft, 'outputMessages', output)
  const calls = draft.out.kind === 'LLM' ? openToolCalls(output.messages) : undefined
  if (calls !== undefined) draft.out.outputToolCalls = calls
}

function keep(draft: Draft, field: string, found: Found): void {
  note(draft, field, found)
  for (const key of found.moved ?? []) move(draft, key)
}

/** The first place of `readInput` is by far the most frequent, and the one that grows with a conversation. */
function peekInput(draft: Draft): Peeked | undefined {
  const key = 'gen_ai.input.messages'
  const text = draft.attributes[key]
  const peeked = typeof text === 'string' ? peekMessages(text) : undefined
  return peeked && { key, rule: 'parts', content: peeked.content }
}

function readInput(draft: Draft): Found | undefined {
  return (
    fromJson(draft, 'gen_ai.input.messages', 'parts') ??
    fromEvents(draft, 'input') ??
    fromFlat(draft, 'llm.input_messages.') ??
    fromJson(draft, 'ai.prompt.messages', 'ai-sdk') ??
    fromFlat(draft, 'gen_ai.prompt.') ??
    fromFact(draft, 'inputMessages') ??
    fromConversation(draft, 'gen_ai.prompt') ??
    fromJson(draft, 'ai.prompt', 'ai-sdk') ??
    fromModelJson(draft, 'input.value')
  )
}

function readOutput(draft: Draft): Found | undefined {
  return (
    fromJson(draft, 'gen_ai.output.messages', 'parts') ??
    fromEvents(draft, 'output') ??
    fromFlat(draft, 'llm.output_messages.') ??
    fromAiSdk(draft) ??
    fromFlat(draft, 'gen_ai.completion.') ??
    fromFact(draft, 'outputMessages') ??
    fromConversation(draft, 'gen_ai.completion') ??
    fromModelJson(draft, 'output.value')
  )
}

function fromJson(draft: Draft, key: string, rule: string): Found | undefined {
  if (draft.attributes[key] === undefined) return undefined
  const messages = parseMessages(jsonAttribute(draft.attributes, key))
  if (messages === undefined) return undefined
  return { messages, key, rule, isText: typeof draft.attributes[key] === 'string' }
}

/** Only a model call's input and output are messages by themselves; elsewhere JSON is just JSON. */
function fromModelJson(draft: Draft, key: string): Found | undefined {
  return draft.out.kind === 'LLM' ? fromJson(draft, key, 'json') : undefined
}

/** What is embedded, searched or ranked are texts, not messages. */
function fromConversation(draft: Draft, key: string): Found | undefined {
  const { kind } = draft.out
  const isSpoken = kind !== 'EMBEDDING' && kind !== 'RETRIEVER' && kind !== 'RERANKER' && kind !== 'TOOL'
  return isSpoken ? fromJson(draft, key, 'json') : undefined
}

function fromFact(draft: Draft, field: 'inputMessages' | 'outputMessages'): Found | undefined {
  const fact = draft.facts[field]
  return fact === undefined
    ? undefined
    : { messages: fact.value, key: fact.key, rule: fact.rule ?? draft.dialect }
}

function fromFlat(draft: Draft, prefix: FlatPrefix): Found | undefined {
  const keys = draft.shape.flat.get(prefix)
  if (keys === undefined) return undefined
  const flat = readFlatMessages({ attributes: draft.attributes, prefix, keys })
  return (
    flat && {
      messages: flat.messages,
      key: prefix.slice(0, -1),
      rule: flat.isRegular ? 'flat' : 'flat-kept',
      moved: flat.moved,
    }
  )
}

function fromEvents(draft: Draft, side: 'input' | 'output'): Found | undefined {
  const messages: Message[] = []
  let key: string | undefined
  for (const event of draft.span.events) {
    if (!isMessageEvent(event.name)) continue
    const found = readEventMessages(event)[side]
    if (found.length > 0) key ??= event.name
    messages.push(...found)
  }
  return key === undefined ? undefined : { messages, key, rule: 'event' }
}

function fromAiSdk(draft: Draft): Found | undefined {
  const { attributes } = draft
  const textKey =
    toText(attributes['ai.response.text']) === undefined ? 'ai.response.object' : 'ai.response.text'
  const text = toText(attributes[textKey])
  const calls = readAiSdkCalls(jsonAttribute(attributes, 'ai.response.toolCalls'))
  const reasoning = toText(attributes['ai.response.reasoning'])
  if (text === undefined && calls.length === 0) return undefined
  const message: Message = {
    role: 'assistant',
    ...(text === undefined ? {} : { content: text }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(calls.length === 0 ? {} : { toolCalls: calls }),
  }
  const key = text === undefined ? 'ai.response.toolCalls' : textKey
  return { messages: [message], key, rule: 'ai-sdk' }
}

function readAiSdkCalls(json: JsonValue | undefined): NonNullable<Message['toolCalls']> {
  if (!Array.isArray(json)) return []
  return json.flatMap((call) => (isRecord(call) ? (toToolCall(call) ?? []) : []))
}
