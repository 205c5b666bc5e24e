import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_COST_TOTAL,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_INVOCATION_PARAMETERS,
  ATTR_LLM_MODEL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readNumber, readRecord, readRecords, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { describeBase64 } from '../../values/replace-binary.ts'
import { setDefined } from '../../values/set-defined.ts'
import { toJson } from '../../values/to-text.ts'
import { addTokens } from '../../values/usage.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import type { TracedMessage } from '../shared/traced-message.ts'

/** What a call of pi-ai is given: a context of messages and tools, and options. */
export function toPiRequestAttributes(context: ForeignRecord, options: ForeignRecord): Attributes {
  const { apiKey: _key, signal: _signal, headers: _headers, ...parameters } = options
  const attributes: Attributes = {}
  const plain = Object.entries(parameters).filter(
    ([, value]) => typeof value !== 'function' && value !== undefined,
  )
  if (plain.length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(Object.fromEntries(plain))
  const system = readText(context['systemPrompt'])
  const messages = readRecords(context['messages']).map(toMessage)
  addMessages(attributes, {
    side: 'input',
    messages: system === undefined ? messages : [{ role: 'system', content: system }, ...messages],
  })
  return addTools(attributes, readList(context['tools']))
}

/** An assistant's message of pi-ai as attributes; it counts cached tokens beside the input. */
export function toPiResponseAttributes(value: unknown): Attributes {
  const message = readRecord(value)
  const attributes: Attributes = {}
  if (message === undefined) return attributes
  const usage = readRecord(message['usage']) ?? {}
  const cacheRead = readNumber(usage['cacheRead']) ?? 0
  const cacheWrite = readNumber(usage['cacheWrite']) ?? 0
  const cost = readNumber(readRecord(usage['cost'])?.['total'])
  setDefined(
    attributes,
    ATTR_LLM_MODEL_NAME,
    readText(message['responseModel']) ?? readText(message['model']),
  )
  setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, readText(message['responseId']))
  setDefined(attributes, ATTR_LLM_FINISH_REASON, readText(message['stopReason']))
  if (cost !== undefined && cost > 0) attributes[ATTR_LLM_COST_TOTAL] = cost
  addTokens(attributes, {
    input: (readNumber(usage['input']) ?? 0) + cacheRead + cacheWrite,
    output: readNumber(usage['output']) ?? 0,
    cacheRead,
    cacheWrite,
  })
  return addMessages(attributes, { side: 'output', messages: [toMessage(message)] })
}

function toMessage(message: ForeignRecord): TracedMessage {
  const { content } = message
  const isResult = message['role'] === 'toolResult'
  const parts = readRecords(content)
  const texts = parts.flatMap((part) => toText(part) ?? [])
  const thoughts = parts.flatMap((part) =>
    part['type'] === 'thinking' ? (readText(part['thinking']) ?? []) : [],
  )
  const calls = parts.filter((part) => part['type'] === 'toolCall')
  return {
    role: isResult ? 'tool' : readText(message['role']),
    content: typeof content === 'string' ? content : texts.length === 0 ? undefined : texts.join('\n'),
    reasoning: thoughts.length === 0 ? undefined : thoughts.join('\n'),
    name: isResult ? readText(message['toolName']) : undefined,
    toolCallId: isResult ? readText(message['toolCallId']) : undefined,
    toolCalls:
      calls.length === 0
        ? undefined
        : calls.map((call) => ({
            id: readText(call['id']),
            name: readText(call['name']),
            arguments: toJson(call['arguments'] ?? {}),
          })),
  }
}

function toText(part: ForeignRecord): string | undefined {
  if (part['type'] === 'image')
    return describeBase64({
      mime: readText(part['mimeType']) ?? 'image',
      base64: readText(part['data']) ?? '',
    })
  return part['type'] === 'text' ? readText(part['text']) : undefined
}
