import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_MODEL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readNumber, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { addTokens, normaliseUsage } from '../../values/usage.ts'
import type { Delta } from '../shared/delta-stream.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { addMessages } from '../shared/traced-message.ts'
import type { TracedMessage } from '../shared/traced-message.ts'
import { toChatMessage } from './chat-request.ts'

/** A chat completion as attributes, all of its choices. */
export function toChatResponseAttributes(value: unknown): Attributes {
  const attributes: Attributes = {}
  const completion = readRecord(value)
  if (completion === undefined) return attributes
  const choices = readList(completion['choices']).map((choice) => readRecord(choice))
  addHead(attributes, completion)
  setDefined(attributes, ATTR_LLM_FINISH_REASON, readText(choices[0]?.['finish_reason']))
  addTokens(attributes, normaliseUsage(completion['usage']))
  return addMessages(attributes, {
    side: 'output',
    messages: choices.map((choice) => toChatMessage(choice?.['message'])),
  })
}

function addHead(attributes: Attributes, completion: ForeignRecord): void {
  const model = readText(completion['model'])
  const id = readText(completion['id'])
  if (model !== '') setDefined(attributes, ATTR_LLM_MODEL_NAME, model)
  if (id !== '') setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, id)
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
  let head: ForeignRecord | undefined
  let usage: unknown
  return {
    add: (value) => {
      const chunk = readRecord(value)
      if (chunk === undefined) return undefined
      head ??= chunk
      usage = chunk['usage'] ?? usage
      let told: Delta | undefined
      for (const choice of readList(chunk['choices'])) {
        const delta = addChoice(choices, choice)
        told ??= delta
      }
      return told
    },
    attributes: () => {
      const attributes: Attributes = {}
      const ordered = [...choices].toSorted(([a], [b]) => a - b).map(([, choice]) => choice)
      if (head !== undefined) addHead(attributes, head)
      setDefined(attributes, ATTR_LLM_FINISH_REASON, ordered[0]?.finish)
      addTokens(attributes, normaliseUsage(usage))
      return addMessages(attributes, { side: 'output', messages: ordered.map(toMessage) })
    },
  }
}

/** Gathers one choice's delta; only the first choice is told as it comes. Runs for every chunk of a stream. */
function addChoice(choices: Map<number, GatheredChoice>, value: unknown): Delta | undefined {
  const choice = readRecord(value)
  if (choice === undefined) return undefined
  const index = readNumber(choice['index']) ?? 0
  const gathered = choiceAt(choices, index)
  gathered.finish = readText(choice['finish_reason']) ?? gathered.finish
  const delta = readRecord(choice['delta'])
  if (delta === undefined) return undefined
  gathered.role ??= readText(delta['role'])
  const text = readText(delta['content']) ?? readText(delta['refusal'])
  const reasoning = readText(delta['reasoning_content']) ?? readText(delta['reasoning'])
  const parts = addToolCalls(gathered, delta['tool_calls'])
  if (reasoning !== undefined && reasoning !== '') gathered.reasoning.push(reasoning)
  if (text !== undefined && text !== '') {
    gathered.text.push(text)
    return index > 0 ? undefined : { channel: 'text', text }
  }
  if (index > 0) return undefined
  if (reasoning !== undefined && reasoning !== '') return { channel: 'reasoning', text: reasoning }
  return parts === undefined ? undefined : { channel: 'arguments', text: parts }
}

function choiceAt(choices: Map<number, GatheredChoice>, index: number): GatheredChoice {
  const known = choices.get(index)
  if (known !== undefined) return known
  const choice: GatheredChoice = {
    role: undefined,
    text: [],
    reasoning: [],
    calls: new Map(),
    finish: undefined,
  }
  choices.set(index, choice)
  return choice
}

/** The arguments that a chunk adds; absent when it has no tool calls. */
function addToolCalls(choice: GatheredChoice, value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.map((call) => addToolCall(choice, call)).join('')
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

function toMessage(choice: GatheredChoice): TracedMessage {
  const calls = [...choice.calls.values()].map(({ id, name, parts }) => ({
    id,
    name,
    arguments: parts.join(''),
  }))
  return {
    role: choice.role ?? 'assistant',
    content: choice.text.length === 0 ? undefined : choice.text.join(''),
    reasoning: choice.reasoning.length === 0 ? undefined : choice.reasoning.join(''),
    toolCalls: calls.length === 0 ? undefined : calls,
  }
}
