import type { JsonValue, Message } from '../../span/canonical.ts'
import { type JsonRecord, asRecord, asText, isRecord, textOf } from '../value.ts'
import { type OpenMessage, readPart } from './read-part.ts'
import { toToolCall } from './to-tool-call.ts'

/**
 * Messages of any provider's JSON: chat messages, GenAI parts, Anthropic and Bedrock blocks, AI SDK
 * parts, Gemini contents, Genkit parts and Responses items. Undefined where there are none.
 */
export function parseMessages(json: JsonValue | undefined): Message[] | undefined {
  const list = toList(json)
  if (list === undefined) return undefined
  const messages: Message[] = []
  for (const item of list) {
    if (Array.isArray(item)) for (const inner of item) addMessages(messages, inner)
    else addMessages(messages, item)
  }
  return messages.length === 0 ? undefined : messages
}

function addMessages(messages: Message[], item: JsonValue): void {
  if (isRecord(item)) messages.push(...parseMessage(item))
  else if (typeof item === 'string' && item !== '') messages.push({ content: item })
}

/** One message, with the tool results inside it as messages of their own; none where the record isn't one. */
export function parseMessage(record: JsonRecord): Message[] {
  const item = responsesItem(record)
  if (item !== undefined) return [item]
  const inner = asRecord(record['message']) ?? serialised(record)
  if (inner !== undefined && record['role'] === undefined) return parseMessage(inner)
  const content = record['parts'] ?? record['content'] ?? record['contents']
  const calls = record['tool_calls'] ?? record['toolCalls']
  if (record['role'] === undefined && content === undefined && calls === undefined) return []
  const message: Message = {}
  const results: Message[] = []
  const role = toRole(asText(record['role']))
  if (role !== undefined) message.role = role
  const name = asText(record['name'])
  if (name !== undefined) message.name = name
  readContent({ message, results }, content)
  const reasoning = asText(record['reasoning_content']) ?? asText(record['reasoning'])
  if (reasoning !== undefined) message.reasoning ??= reasoning
  if (Array.isArray(calls)) for (const call of calls) addToolCall(message, call)
  const callId = asText(record['tool_call_id']) ?? asText(record['toolCallId'])
  if (callId !== undefined) message.toolCallId = callId
  return results.length === 0 ? [message] : [message, ...results]
}

function readContent(open: OpenMessage, content: JsonValue | undefined): void {
  if (typeof content === 'string') {
    if (content !== '') open.message.content = content
    return
  }
  const parts = Array.isArray(content) ? content : isRecord(content) ? [content] : []
  for (const part of parts) readPart(open, part)
}

function addToolCall(message: Message, call: JsonValue): void {
  const parsed = isRecord(call) ? toToolCall(call) : undefined
  if (parsed === undefined) return
  const known = message.toolCalls ?? []
  if (parsed.id !== undefined && known.some((other) => other.id === parsed.id)) return
  message.toolCalls = [...known, parsed]
}

/** LangChain writes its message classes with their constructor's arguments. */
function serialised(record: JsonRecord): JsonRecord | undefined {
  const kwargs = asRecord(record['kwargs'])
  const path = record['id']
  if (kwargs === undefined || !Array.isArray(path)) return undefined
  const className = asText(path.at(-1))
  const role = className === undefined ? undefined : messageClasses.get(className.replace(/(?:Chunk)$/, ''))
  return role === undefined ? undefined : { ...kwargs, role }
}

const messageClasses = new Map([
  ['HumanMessage', 'user'],
  ['AIMessage', 'assistant'],
  ['SystemMessage', 'system'],
  ['ToolMessage', 'tool'],
])

/** The Responses API speaks in items of which only some have a role. */
function responsesItem(record: JsonRecord): Message | undefined {
  const type = record['type']
  if (type === 'function_call') {
    const call = toToolCall(record)
    return call && { role: 'assistant', toolCalls: [call] }
  }
  if (type === 'function_call_output') {
    const content = textOf(record['output'])
    const callId = asText(record['call_id'])
    return {
      role: 'tool',
      ...(content === undefined ? {} : { content }),
      ...(callId === undefined ? {} : { toolCallId: callId }),
    }
  }
  if (type !== 'reasoning') return undefined
  const summary = Array.isArray(record['summary']) ? record['summary'] : []
  const reasoning = summary.map((part) => asText(asRecord(part)?.['text']) ?? '').join('\n')
  return { role: 'assistant', ...(reasoning === '' ? {} : { reasoning }) }
}

function toList(json: JsonValue | undefined): JsonValue[] | undefined {
  if (Array.isArray(json)) return json
  if (!isRecord(json)) return undefined
  for (const key of listKeys) {
    const value = json[key]
    if (Array.isArray(value)) return value
  }
  if (typeof json['prompt'] === 'string') return withSystem(json['system'], json['prompt'])
  // A request of the Responses API; any other record may have an input that is no message.
  if (typeof json['input'] === 'string' && typeof json['model'] === 'string')
    return withSystem(json['instructions'], json['input'])
  return json['role'] === undefined && json['message'] === undefined ? undefined : [json]
}

const listKeys = ['messages', 'contents', 'input', 'output', 'choices', 'generations']

function withSystem(given: JsonValue | undefined, prompt: string): JsonValue[] {
  const system = asText(given)
  const user = { role: 'user', content: prompt }
  return system === undefined ? [user] : [{ role: 'system', content: system }, user]
}

/** Frameworks have names of their own for the roles that everybody knows. */
export function toRole(role: string | undefined): string | undefined {
  if (role === 'model' || role === 'ai') return 'assistant'
  return role === 'human' ? 'user' : role
}
