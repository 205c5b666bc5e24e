import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_MODEL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readNumber, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { normaliseUsage, toTokenAttributes } from '../../values/usage.ts'
import type { Delta } from '../shared/delta-stream.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { toMessageAttributes } from '../shared/traced-message.ts'
import { toChatMessage } from './chat-request.ts'

/** A chat completion as attributes, all of its choices. */
export function toChatResponseAttributes(value: unknown): Attributes {
  const completion = readRecord(value)
  if (completion === undefined) return {}
  const choices = readList(completion['choices']).map((choice) => readRecord(choice))
  const finish = readText(choices[0]?.['finish_reason'])
  return {
    ...headAttributes(completion),
    ...(finish === undefined ? {} : { [ATTR_LLM_FINISH_REASON]: finish }),
    ...toTokenAttributes(normaliseUsage(completion['usage'])),
    ...toMessageAttributes({
      side: 'output',
      messages: choices.map((choice) => toChatMessage(choice?.['message'])),
    }),
  }
}

function headAttributes(completion: ForeignRecord): Attributes {
  const model = readText(completion['model'])
  const id = readText(completion['id'])
  return {
    ...(model === undefined || model === '' ? {} : { [ATTR_LLM_MODEL_NAME]: model }),
    ...(id === undefined || id === '' ? {} : { [ATTR_GEN_AI_RESPONSE_ID]: id }),
  }
}

interface GatheredChoice {
  role: string | undefined
  text: string[]
  reasoning: string[]
  calls: Map<number, { id: string | undefined; name: string | undefined; parts: string[] }>
  finish: string | undefined
}

/** Gathers the chunks of a streamed chat completion, choices apart. */
export function accumulateChat(): Accumulator {
  const choices = new Map<number, GatheredChoice>()
  let head: Attributes = {}
  let usage: unknown
  return {
    add: (value) => {
      const chunk = readRecord(value)
      if (chunk === undefined) return undefined
      if (Object.keys(head).length === 0) head = headAttributes(chunk)
      usage = chunk['usage'] ?? usage
      const deltas = readList(chunk['choices']).map((choice) => addChoice(choices, choice))
      return deltas.find((delta) => delta !== undefined)
    },
    attributes: () => {
      const ordered = [...choices].toSorted(([a], [b]) => a - b).map(([, choice]) => choice)
      const finish = ordered[0]?.finish
      return {
        ...head,
        ...(finish === undefined ? {} : { [ATTR_LLM_FINISH_REASON]: finish }),
        ...toTokenAttributes(normaliseUsage(usage)),
        ...toMessageAttributes({ side: 'output', messages: ordered.map(toMessage) }),
      }
    },
  }
}

/** Gathers one choice's delta; only the first choice is told as it comes. */
function addChoice(choices: Map<number, GatheredChoice>, value: unknown): Delta | undefined {
  const choice = readRecord(value)
  const delta = readRecord(choice?.['delta'])
  if (choice === undefined) return undefined
  const index = readNumber(choice['index']) ?? 0
  const gathered: GatheredChoice = choices.get(index) ?? {
    role: undefined,
    text: [],
    reasoning: [],
    calls: new Map(),
    finish: undefined,
  }
  choices.set(index, gathered)
  gathered.finish = readText(choice['finish_reason']) ?? gathered.finish
  if (delta === undefined) return undefined
  gathered.role ??= readText(delta['role'])
  const text = readText(delta['content']) ?? readText(delta['refusal'])
  const reasoning = readText(delta['reasoning_content']) ?? readText(delta['reasoning'])
  if (text !== undefined && text !== '') gathered.text.push(text)
  if (reasoning !== undefined && reasoning !== '') gathered.reasoning.push(reasoning)
  const calls = readList(delta['tool_calls'])
  const parts = calls.map((call) => addToolCall(gathered, call))
  if (index > 0) return undefined
  if (text !== undefined && text !== '') return { channel: 'text', text }
  if (reasoning !== undefined && reasoning !== '') return { channel: 'reasoning', text: reasoning }
  return calls.length > 0 ? { channel: 'arguments', text: parts.join('') } : undefined
}

function addToolCall(choice: GatheredChoice, value: unknown): string {
  const call = readRecord(value)
  const body = readRecord(call?.['function'])
  const index = readNumber(call?.['index']) ?? choice.calls.size
  const gathered = choice.calls.get(index) ?? { id: undefined, name: undefined, parts: [] }
  choice.calls.set(index, gathered)
  gathered.id ??= readText(call?.['id'])
  gathered.name ??= readText(body?.['name'])
  const part = readText(body?.['arguments'])
  if (part !== undefined) gathered.parts.push(part)
  return part ?? ''
}

function toMessage(choice: GatheredChoice): ReturnType<typeof toChatMessage> {
  const calls = [...choice.calls.values()].map(({ id, name, parts }) => ({
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    arguments: parts.join(''),
  }))
  return {
    role: choice.role ?? 'assistant',
    ...(choice.text.length === 0 ? {} : { content: choice.text.join('') }),
    ...(choice.reasoning.length === 0 ? {} : { reasoning: choice.reasoning.join('') }),
    ...(calls.length === 0 ? {} : { toolCalls: calls }),
  }
}
