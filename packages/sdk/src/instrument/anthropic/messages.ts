import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_INVOCATION_PARAMETERS,
  ATTR_LLM_MODEL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { describeBase64 } from '../../values/replace-binary.ts'
import { setDefined } from '../../values/set-defined.ts'
import { toJson } from '../../values/to-text.ts'
import { addTokens, normaliseUsage } from '../../values/usage.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import type { TracedMessage, TracedToolCall } from '../shared/traced-message.ts'

/** A request of the Messages API as attributes; the system prompt is its first message. */
export function toMessagesRequestAttributes(body: ForeignRecord): Attributes {
  const { messages, system, tools, model: _model, ...parameters } = body
  const attributes: Attributes = {}
  if (Object.keys(parameters).length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(parameters)
  const prompt = toBlocksText(system)
  const turns = readList(messages).flatMap(toMessages)
  const all = prompt === '' ? turns : [{ role: 'system', content: prompt }, ...turns]
  addMessages(attributes, { side: 'input', messages: all })
  return addTools(attributes, readList(tools))
}

/** A message of the model as attributes. */
export function toMessageResponseAttributes(value: unknown): Attributes {
  const attributes: Attributes = {}
  const message = readRecord(value)
  if (message === undefined) return attributes
  setDefined(attributes, ATTR_LLM_MODEL_NAME, readText(message['model']))
  setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, readText(message['id']))
  setDefined(attributes, ATTR_LLM_FINISH_REASON, readText(message['stop_reason']))
  addTokens(attributes, normaliseUsage(message['usage']))
  const [output] = toMessages({ role: 'assistant', content: message['content'] })
  return output === undefined ? attributes : addMessages(attributes, { side: 'output', messages: [output] })
}

/** Tool results are messages of their own, as every other provider has them. */
function toMessages(value: unknown): TracedMessage[] {
  const message = readRecord(value)
  if (message === undefined) return []
  const role = readText(message['role']) ?? 'user'
  const blocks =
    typeof message['content'] === 'string'
      ? [{ type: 'text', text: message['content'] }]
      : readList(message['content'])
  const records = blocks.map((block) => readRecord(block) ?? {})
  const results = records.filter((block) => block['type'] === 'tool_result').map(toToolResult)
  const rest = records.filter((block) => block['type'] !== 'tool_result')
  if (rest.length === 0 && results.length > 0) return results
  return [...results, toTurn(role, rest)]
}

const callTypes: readonly unknown[] = ['tool_use', 'server_tool_use']
const thoughtTypes: readonly unknown[] = ['thinking', 'redacted_thinking']

function isCall(block: ForeignRecord): boolean {
  return callTypes.includes(block['type'])
}

function isThought(block: ForeignRecord): boolean {
  return thoughtTypes.includes(block['type'])
}

function toTurn(role: string, blocks: readonly ForeignRecord[]): TracedMessage {
  const content = blocks
    .filter((block) => !isCall(block) && !isThought(block))
    .map(toBlockText)
    .join('\n')
  const reasoning = blocks
    .filter(isThought)
    .map((block) => readText(block['thinking']) ?? '')
    .join('\n')
  const toolCalls = blocks.filter(isCall).map(toToolCall)
  return {
    role,
    content: content === '' ? undefined : content,
    reasoning: reasoning === '' ? undefined : reasoning,
    toolCalls: toolCalls.length === 0 ? undefined : toolCalls,
  }
}

function toToolCall(block: ForeignRecord): TracedToolCall {
  const input = block['input']
  const text = typeof input === 'string' || input === undefined ? input : toJson(input)
  return { id: readText(block['id']), name: readText(block['name']), arguments: text }
}

function toToolResult(block: ForeignRecord): TracedMessage {
  return {
    role: 'tool',
    content: toBlocksText(block['content']),
    toolCallId: readText(block['tool_use_id']) ?? '',
  }
}

function toBlocksText(content: unknown): string {
  if (typeof content === 'string') return content
  return readList(content)
    .map((block) => toBlockText(readRecord(block) ?? {}))
    .join('\n')
}

function toBlockText(block: ForeignRecord): string {
  const text = readText(block['text'])
  if (text !== undefined) return text
  const source = readRecord(block['source'])
  const data = readText(source?.['data'])
  const mime = readText(source?.['media_type']) ?? String(block['type'])
  if (data !== undefined) return source?.['type'] === 'text' ? data : describeBase64({ mime, base64: data })
  const url = readText(source?.['url'])
  return url === undefined ? toJson(block) : `[${String(block['type'])} ${url}]`
}
