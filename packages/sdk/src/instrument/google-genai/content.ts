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
import type { Delta } from '../shared/delta-stream.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import type { TracedMessage, TracedToolCall } from '../shared/traced-message.ts'

/** A request of `generateContent` as attributes. */
export function toGenerateRequestAttributes(params: ForeignRecord): Attributes {
  const config = readRecord(params['config']) ?? {}
  const { systemInstruction, tools, abortSignal: _signal, httpOptions: _options, ...parameters } = config
  const attributes: Attributes = {}
  if (Object.keys(parameters).length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(parameters)
  const system = systemInstruction === undefined ? [] : [{ ...toMessage(systemInstruction), role: 'system' }]
  const contents = Array.isArray(params['contents']) ? params['contents'] : [params['contents']]
  addMessages(attributes, { side: 'input', messages: [...system, ...contents.flatMap(toMessages)] })
  const declared = readList(tools).flatMap((tool) => {
    const functions = readRecord(tool)?.['functionDeclarations']
    return functions === undefined ? [tool] : readList(functions)
  })
  return addTools(attributes, declared)
}

/** An answer of `generateContent` as attributes. */
export function toGenerateResponseAttributes(value: unknown): Attributes {
  const attributes: Attributes = {}
  const response = readRecord(value)
  if (response === undefined) return attributes
  const candidates = readList(response['candidates']).map((candidate) => readRecord(candidate) ?? {})
  const blocked = readText(readRecord(response['promptFeedback'])?.['blockReason'])
  setDefined(attributes, ATTR_LLM_MODEL_NAME, readText(response['modelVersion']))
  setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, readText(response['responseId']))
  setDefined(attributes, ATTR_LLM_FINISH_REASON, readText(candidates[0]?.['finishReason']) ?? blocked)
  addTokens(attributes, normaliseUsage(response['usageMetadata']))
  const messages = candidates.map((candidate) => ({ ...toMessage(candidate['content']), role: 'assistant' }))
  return addMessages(attributes, { side: 'output', messages })
}

/** Gathers the chunks of a streamed answer; the parts of the first candidate are one message. */
export function accumulateGenerated(): Accumulator {
  const parts: unknown[] = []
  let last: ForeignRecord = {}
  let finishReason: unknown
  return {
    add: (value) => {
      const chunk = readRecord(value)
      if (chunk === undefined) return undefined
      last = { ...last, ...withoutEmpty(chunk) }
      const candidate = readRecord(readList(chunk['candidates'])[0])
      finishReason = candidate?.['finishReason'] ?? finishReason
      const added = readList(readRecord(candidate?.['content'])?.['parts'])
      parts.push(...added)
      return toDelta(added)
    },
    attributes: () =>
      toGenerateResponseAttributes({
        ...last,
        candidates: [{ finishReason, content: { role: 'model', parts: joinTexts(parts) } }],
      }),
  }
}

/** Texts of a stream are pieces of one text. */
function joinTexts(parts: readonly unknown[]): unknown[] {
  const pick = (isThought: boolean): string =>
    parts
      .map((part) => readRecord(part) ?? {})
      .filter((part) => (part['thought'] === true) === isThought)
      .map((part) => readText(part['text']) ?? '')
      .join('')
  const others = parts.filter((part) => readRecord(part)?.['text'] === undefined)
  const thought = pick(true)
  const text = pick(false)
  return [
    ...(thought === '' ? [] : [{ text: thought, thought: true }]),
    ...(text === '' ? [] : [{ text }]),
    ...others,
  ]
}

function toDelta(parts: readonly unknown[]): Delta | undefined {
  const [first] = parts.map((part) => readRecord(part) ?? {})
  const text = readText(first?.['text'])
  if (text === undefined || text === '') return undefined
  return { channel: first?.['thought'] === true ? 'reasoning' : 'text', text }
}

/** A string, a part, a list of parts or a content with a role. */
function toMessages(value: unknown): TracedMessage[] {
  const record = readRecord(value)
  const results = readList(record?.['parts']).flatMap((part) => {
    const result = readRecord(readRecord(part)?.['functionResponse'])
    return result === undefined
      ? []
      : [
          {
            role: 'tool',
            name: readText(result['name']),
            toolCallId: readText(result['id']),
            content: toJson(result['response']),
          },
        ]
  })
  return results.length > 0 ? results : [toMessage(value)]
}

function toMessage(value: unknown): TracedMessage {
  if (typeof value === 'string') return { role: 'user', content: value }
  const record = readRecord(value)
  const parts = Array.isArray(value) ? value : (record?.['parts'] ?? [value])
  const texts: string[] = []
  const thoughts: string[] = []
  const toolCalls: TracedToolCall[] = []
  for (const part of Array.isArray(parts) ? parts : [parts]) {
    const piece = typeof part === 'string' ? { text: part } : (readRecord(part) ?? {})
    const call = readRecord(piece['functionCall'])
    const text = readText(piece['text'])
    if (call !== undefined)
      toolCalls.push({
        id: readText(call['id']),
        name: readText(call['name']),
        arguments: toJson(call['args'] ?? {}),
      })
    else if (text !== undefined) (piece['thought'] === true ? thoughts : texts).push(text)
    else if (Object.keys(piece).length > 0) texts.push(describePart(piece))
  }
  const role = readText(record?.['role']) ?? 'user'
  return {
    role: role === 'model' ? 'assistant' : role,
    content: texts.length === 0 ? undefined : texts.join('\n'),
    reasoning: thoughts.length === 0 ? undefined : thoughts.join('\n'),
    toolCalls: toolCalls.length === 0 ? undefined : toolCalls,
  }
}

function describePart(part: ForeignRecord): string {
  const data = readRecord(part['inlineData'])
  const base64 = readText(data?.['data'])
  return base64 === undefined
    ? toJson(part)
    : describeBase64({ mime: readText(data?.['mimeType']) ?? 'file', base64 })
}

function withoutEmpty(record: ForeignRecord): ForeignRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== null),
  )
}
