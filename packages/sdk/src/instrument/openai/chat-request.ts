import { ATTR_LLM_INVOCATION_PARAMETERS } from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { describeBase64, replaceBinary } from '../../values/replace-binary.ts'
import { toJson } from '../../values/to-text.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import type { TracedMessage, TracedToolCall } from '../shared/traced-message.ts'

/** A chat completion's request as attributes. */
export function toChatRequestAttributes(body: ForeignRecord): Attributes {
  const { messages, tools, model: _model, ...parameters } = body
  const attributes: Attributes = {}
  if (Object.keys(parameters).length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(parameters)
  addMessages(attributes, { side: 'input', messages: readList(messages).map(toChatMessage) })
  return addTools(attributes, readList(tools))
}

/** A message in the shape of chat completions, of a request or an answer. */
export function toChatMessage(value: unknown): TracedMessage {
  const message = readRecord(value)
  if (message === undefined) return typeof value === 'string' ? { content: value } : {}
  const reasoning = readText(message['reasoning_content']) ?? readText(message['reasoning'])
  const calls = [...readList(message['tool_calls']), ...toLegacyCall(message['function_call'])]
  return {
    role: readText(message['role']),
    content: toContentText(message['content']) ?? readText(message['refusal']),
    reasoning: reasoning === '' ? undefined : reasoning,
    name: readText(message['name']),
    toolCallId: readText(message['tool_call_id']),
    toolCalls: calls.length === 0 ? undefined : calls.map(toToolCall),
  }
}

/** Content parts as text; what isn't text is described. */
export function toContentText(content: unknown): string | undefined {
  if (typeof content === 'string') return replaceBinary(content)
  if (!Array.isArray(content)) return undefined
  return content.map(toPartText).join('\n')
}

function toPartText(value: unknown): string {
  const part = readRecord(value)
  if (part === undefined) return String(value)
  const text = readText(part['text']) ?? readText(part['refusal'])
  if (text !== undefined) return text
  const image = part['image_url']
  const url = readText(image) ?? readText(readRecord(image)?.['url'])
  if (url !== undefined) return url.startsWith('data:') ? replaceBinary(url) : `[image ${url}]`
  const audio = readRecord(part['input_audio'])
  const data = readText(audio?.['data'])
  if (data !== undefined)
    return describeBase64({ mime: `audio/${readText(audio?.['format']) ?? 'unknown'}`, base64: data })
  const file = readRecord(part['file']) ?? part
  const fileData = readText(file['file_data'])
  if (fileData !== undefined)
    return fileData.startsWith('data:')
      ? replaceBinary(fileData)
      : describeBase64({ mime: 'file', base64: fileData })
  return toJson(part)
}

function toLegacyCall(call: unknown): unknown[] {
  return readRecord(call) === undefined ? [] : [{ function: call }]
}

function toToolCall(value: unknown): TracedToolCall {
  const call = readRecord(value)
  const body = readRecord(call?.['function'] ?? call?.['custom'])
  return {
    id: readText(call?.['id']),
    name: readText(body?.['name']),
    arguments: readText(body?.['arguments'] ?? body?.['input']),
  }
}
