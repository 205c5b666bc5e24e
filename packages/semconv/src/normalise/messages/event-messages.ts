import type { JsonValue, Message } from '../../span/canonical.ts'
import type { AttributeMap, AttributeValue } from '../../span/decoded.ts'
import { toJsonValue } from '../../span/to-wire.ts'
import { type JsonRecord, asRecord, asText, isRecord, parseJson } from '../value.ts'
import { parseMessage, parseMessages } from './parse-messages.ts'

/** What one event or log record says about a model call's messages. */
export interface EventMessages {
  input: Message[]
  output: Message[]
}

const detailsEvent = 'gen_ai.client.inference.operation.details'
const messageEvents = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
  ['gen_ai.choice', 'assistant'],
])

/** True for the events of the GenAI conventions that carry messages. */
export function isMessageEvent(name: string | undefined): boolean {
  return name !== undefined && (name === detailsEvent || messageEvents.has(name))
}

/**
 * The messages of a GenAI event, in either generation: `gen_ai.<role>.message` and `gen_ai.choice` with
 * one message each, or the details event with whole lists. The same shape serves span events and logs.
 */
export function readEventMessages(event: {
  name: string
  attributes: AttributeMap
  body?: AttributeValue
}): EventMessages {
  if (event.name === detailsEvent) return readDetails(event.attributes)
  const role = messageEvents.get(event.name)
  if (role === undefined) return { input: [], output: [] }
  const record = toRecord(event.body) ?? toRecord(event.attributes) ?? {}
  const messages = event.name === 'gen_ai.choice' ? readChoice(record) : readMessage(record, role)
  return event.name === 'gen_ai.choice' ? { input: [], output: messages } : { input: messages, output: [] }
}

function readDetails(attributes: AttributeMap): EventMessages {
  return {
    input: parseMessages(jsonOf(attributes['gen_ai.input.messages'])) ?? [],
    output: parseMessages(jsonOf(attributes['gen_ai.output.messages'])) ?? [],
  }
}

function readChoice(record: JsonRecord): Message[] {
  const message = record['message']
  const inner = typeof message === 'string' ? decodeContent(message) : message
  if (isRecord(inner)) return withRole(parseMessage({ role: 'assistant', ...inner }), 'assistant')
  return readMessage({ ...record, content: inner ?? record['content'] ?? null }, 'assistant')
}

function readMessage(record: JsonRecord, role: string): Message[] {
  const content = record['content']
  const decoded = typeof content === 'string' ? decodeContent(content) : content
  const callId = asText(record['id'])
  const messages = parseMessage({
    role: asText(record['role']) ?? role,
    ...(decoded === undefined ? {} : { content: decoded }),
    ...(record['tool_calls'] === undefined ? {} : { tool_calls: record['tool_calls'] }),
    ...(role === 'tool' && callId !== undefined ? { tool_call_id: callId } : {}),
  })
  return withRole(messages, role)
}

/** Content may be JSON of blocks in a string; only blocks are decoded, any other JSON is somebody's text. */
function decodeContent(text: string): JsonValue {
  const parsed = parseJson(text)
  if (Array.isArray(parsed)) return parsed.every((part) => isRecord(part)) ? parsed : text
  return parsed !== undefined && (parsed['role'] !== undefined || parsed['text'] !== undefined)
    ? parsed
    : text
}

function withRole(messages: Message[], role: string): Message[] {
  for (const message of messages) message.role ??= role
  return messages
}

function jsonOf(value: AttributeValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? parseJson(value) : toJsonValue(value)
}

function toRecord(value: AttributeValue | undefined): JsonRecord | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return asRecord(parseJson(value)) ?? { content: value }
  return asRecord(toJsonValue(value))
}
