import type { JsonValue, Message, ToolCall } from '../../span/canonical.ts'
import { type JsonRecord, asRecord, asText, isRecord, textOf } from '../value.ts'
import { toToolCall } from './to-tool-call.ts'

/** A message being read, and the tool results inside it that become messages of their own. */
export interface OpenMessage {
  message: Message
  results: Message[]
}

/** Adds one part of a message's content, whatever the provider calls its kind. */
export function readPart(open: OpenMessage, part: JsonValue): void {
  const { message } = open
  if (typeof part === 'string') return addText(message, part)
  if (!isRecord(part)) return
  const type = asText(part['type'])
  if (type === undefined) return readUntypedPart(open, part)
  if (textTypes.has(type)) return addText(message, asText(part['text']) ?? asText(part['content']))
  if (reasoningTypes.has(type)) return addReasoning(message, part)
  if (callTypes.has(type)) return addCall(message, toToolCall(part))
  if (resultTypes.has(type)) addResult(open, part)
}

const textTypes = new Set(['text', 'textBlock', 'input_text', 'output_text', 'refusal'])
const reasoningTypes = new Set(['reasoning', 'reasoningBlock', 'thinking', 'redacted_thinking'])
const callTypes = new Set([
  'tool_call',
  'tool-call',
  'tool_use',
  'function_call',
  'toolCall',
  'toolUse',
  'toolUseBlock',
  'server_tool_use',
])
const resultTypes = new Set([
  'tool_call_response',
  'tool-result',
  'tool_result',
  'function_call_output',
  'toolResult',
  'toolResultBlock',
  'tool-error',
])

/** Gemini, Genkit and Bedrock name the kind by the key that is set. */
function readUntypedPart(open: OpenMessage, part: JsonRecord): void {
  const { message } = open
  const text = asText(part['text'])
  if (text !== undefined && part['thought'] !== true) addText(message, text)
  else if (text !== undefined) addReasoning(message, part)
  const call = asRecord(part['functionCall'] ?? part['toolRequest'] ?? part['toolUse'])
  if (call !== undefined) addCall(message, toToolCall(call))
  const response = asRecord(part['functionResponse'] ?? part['toolResponse'] ?? part['toolResult'])
  if (response !== undefined) addResult(open, response)
}

function addText(message: Message, text: string | undefined): void {
  if (text === undefined || text === '') return
  message.content = message.content === undefined ? text : `${message.content}\n${text}`
}

function addReasoning(message: Message, part: JsonRecord): void {
  const text = asText(part['text']) ?? asText(part['thinking']) ?? asText(part['content'])
  if (text === undefined) return
  message.reasoning = message.reasoning === undefined ? text : `${message.reasoning}\n${text}`
}

function addCall(message: Message, call: ToolCall | undefined): void {
  if (call === undefined) return
  const known = message.toolCalls ?? []
  if (call.id !== undefined && known.some((other) => other.id === call.id)) return
  message.toolCalls = [...known, call]
}

/** The message carries the first result itself; an assistant's message, and a second result, don't mix. */
function addResult({ message, results }: OpenMessage, part: JsonRecord): void {
  const callId = firstText(part, resultIdKeys)
  const content = resultText(part)
  if (message.role === 'assistant' || message.toolCallId !== undefined) {
    results.push({
      role: 'tool',
      ...(content === undefined ? {} : { content }),
      ...(callId === undefined ? {} : { toolCallId: callId }),
    })
    return
  }
  if (callId !== undefined) message.toolCallId = callId
  addText(message, content)
}

const resultIdKeys = ['toolCallId', 'tool_use_id', 'call_id', 'toolUseId', 'id', 'ref']

function firstText(record: JsonRecord, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = asText(record[key])
    if (value !== undefined) return value
  }
  return undefined
}

function resultText(part: JsonRecord): string | undefined {
  const value = part['output'] ?? part['result'] ?? part['response'] ?? part['content'] ?? part['error']
  const inner = asRecord(value)
  if (inner !== undefined && inner['value'] !== undefined && inner['type'] !== undefined)
    return textOf(inner['value'])
  if (!Array.isArray(value)) return textOf(value)
  const texts = value.map((item) => asText(asRecord(item)?.['text']))
  return texts.every((text) => text !== undefined) ? texts.join('\n') : textOf(value)
}
