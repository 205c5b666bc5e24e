import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_INVOCATION_PARAMETERS,
  ATTR_LLM_MODEL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { toJson } from '../../values/to-text.ts'
import { addTokens, normaliseUsage } from '../../values/usage.ts'
import type { DeltaChannel } from '../shared/delta-stream.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import type { TracedMessage, TracedToolCall } from '../shared/traced-message.ts'
import { toContentText } from './chat-request.ts'

/** A request of the Responses API as attributes. */
export function toResponsesRequestAttributes(body: ForeignRecord): Attributes {
  const { input, instructions, tools, model: _model, ...parameters } = body
  const attributes: Attributes = {}
  if (Object.keys(parameters).length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(parameters)
  const items =
    typeof input === 'string' ? [{ role: 'user', content: input }] : readList(input).map(toItemMessage)
  const system = readText(instructions)
  const messages = system === undefined ? items : [{ role: 'system', content: system }, ...items]
  addMessages(attributes, { side: 'input', messages })
  return addTools(attributes, readList(tools))
}

/** A response object as attributes: its items are one message of the assistant. */
export function toResponseAttributes(value: unknown): Attributes {
  const attributes: Attributes = {}
  const response = readRecord(value)
  if (response === undefined) return attributes
  const items = readList(response['output'])
  const incomplete = readText(readRecord(response['incomplete_details'])?.['reason'])
  setDefined(attributes, ATTR_LLM_MODEL_NAME, readText(response['model']))
  setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, readText(response['id']))
  setDefined(attributes, ATTR_LLM_FINISH_REASON, incomplete ?? readText(response['status']))
  addTokens(attributes, normaliseUsage(response['usage']))
  return items.length === 0
    ? attributes
    : addMessages(attributes, { side: 'output', messages: [joinItems(items)] })
}

/** A response that came in good order but says that the model failed. */
export function toResponseFailure(value: unknown): unknown {
  const response = readRecord(value)
  const error = readRecord(response?.['error'])
  if (response?.['status'] !== 'failed' || error === undefined) return undefined
  return new ResponseFailure(readText(error['message']) ?? 'the response failed', readText(error['code']))
}

const deltaChannels = new Map<string, DeltaChannel>([
  ['response.output_text.delta', 'text'],
  ['response.refusal.delta', 'text'],
  ['response.reasoning_summary_text.delta', 'reasoning'],
  ['response.reasoning_text.delta', 'reasoning'],
  ['response.function_call_arguments.delta', 'arguments'],
])

/** Gathers a streamed response; its closing event carries the whole of it. */
export function accumulateResponse(): Accumulator {
  const deltas: string[] = []
  let last: unknown
  return {
    add: (value) => {
      const event = readRecord(value)
      const type = readText(event?.['type']) ?? ''
      if (event?.['response'] !== undefined) last = event['response']
      const channel = deltaChannels.get(type)
      const delta = readText(event?.['delta'])
      if (channel === undefined || delta === undefined) return undefined
      if (channel === 'text') deltas.push(delta)
      return { channel, text: delta }
    },
    attributes: () => {
      const attributes = toResponseAttributes(last)
      const hasOutput = readList(readRecord(last)?.['output']).length > 0
      if (hasOutput || deltas.length === 0) return attributes
      const messages = [{ role: 'assistant', content: deltas.join('') }]
      return addMessages(attributes, { side: 'output', messages })
    },
    failure: () => toResponseFailure(last),
  }
}

class ResponseFailure extends Error {
  override readonly name = 'ResponseFailure'
  readonly code: string | undefined
  constructor(message: string, code: string | undefined) {
    super(message)
    this.code = code
    this.stack = ''
  }
}

function joinItems(items: readonly unknown[]): TracedMessage {
  const messages = items.map(toItemMessage)
  const content = messages.flatMap((message) => message.content ?? []).join('\n')
  const reasoning = messages.flatMap((message) => message.reasoning ?? []).join('\n')
  const toolCalls = messages.flatMap((message) => message.toolCalls ?? [])
  return {
    role: 'assistant',
    content: content === '' ? undefined : content,
    reasoning: reasoning === '' ? undefined : reasoning,
    toolCalls: toolCalls.length === 0 ? undefined : toolCalls,
  }
}

function toItemMessage(value: unknown): TracedMessage {
  const item = readRecord(value)
  if (item === undefined) return {}
  switch (item['type']) {
    case 'function_call':
    case 'custom_tool_call':
      return { role: 'assistant', toolCalls: [toToolCall(item)] }
    case 'function_call_output':
    case 'custom_tool_call_output':
      return {
        role: 'tool',
        content: toContentText(item['output']) ?? toJson(item['output']),
        toolCallId: readText(item['call_id']) ?? '',
      }
    case 'reasoning': {
      const summary = readList(item['summary']).map((part) => readText(readRecord(part)?.['text']) ?? '')
      return { role: 'assistant', reasoning: summary.join('\n') }
    }
    default: {
      const content = toContentText(item['content'])
      const isMessage = item['type'] === 'message' || item['type'] === undefined
      return {
        role: readText(item['role']) ?? 'assistant',
        content: content ?? (isMessage ? '' : toJson(item)),
      }
    }
  }
}

function toToolCall(item: ForeignRecord): TracedToolCall {
  return {
    id: readText(item['call_id']),
    name: readText(item['name']),
    arguments: readText(item['arguments'] ?? item['input']),
  }
}
