import { ATTR_LLM_FINISH_REASON, ATTR_LLM_INVOCATION_PARAMETERS } from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readNumber, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { toJson } from '../../values/to-text.ts'
import { addTokens } from '../../values/usage.ts'
import type { Delta } from '../shared/delta-stream.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import type { TracedMessage, TracedToolCall } from '../shared/traced-message.ts'

/** A request of Converse as attributes. */
export function toConverseRequestAttributes(input: ForeignRecord): Attributes {
  const attributes: Attributes = {}
  const parameters = {
    ...readRecord(input['inferenceConfig']),
    ...readRecord(input['additionalModelRequestFields']),
  }
  if (Object.keys(parameters).length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(parameters)
  const system = readList(input['system']).flatMap((block) => {
    const text = readText(readRecord(block)?.['text'])
    return text === undefined ? [] : [{ role: 'system', content: text }]
  })
  addMessages(attributes, {
    side: 'input',
    messages: [...system, ...readList(input['messages']).flatMap(toMessages)],
  })
  return addTools(attributes, readList(readRecord(input['toolConfig'])?.['tools']))
}

/** An answer of Converse as attributes. */
export function toConverseResponseAttributes(value: unknown): Attributes {
  const response = readRecord(value) ?? {}
  const attributes: Attributes = {}
  setDefined(attributes, ATTR_LLM_FINISH_REASON, readText(response['stopReason']))
  addUsage(attributes, response['usage'])
  const message = readRecord(response['output'])?.['message']
  return message === undefined
    ? attributes
    : addMessages(attributes, { side: 'output', messages: toMessages(message) })
}

/** Bedrock counts cached tokens beside the input; ours includes them. */
export function addUsage(attributes: Attributes, value: unknown): Attributes {
  const usage = readRecord(value)
  if (usage === undefined) return attributes
  const cacheRead = readNumber(usage['cacheReadInputTokens'])
  const cacheWrite = readNumber(usage['cacheWriteInputTokens'])
  const input = readNumber(usage['inputTokens'])
  const output = readNumber(usage['outputTokens'])
  return addTokens(attributes, {
    ...(input === undefined ? {} : { input: input + (cacheRead ?? 0) + (cacheWrite ?? 0) }),
    ...(output === undefined ? {} : { output }),
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  })
}

/** Gathers a streamed answer of Converse. */
export function accumulateConverse(): Accumulator {
  const blocks = new Map<number, { head: ForeignRecord; text: string; thought: string; input: string }>()
  let usage: unknown
  let stopReason: unknown
  const blockAt = (index: number): { head: ForeignRecord; text: string; thought: string; input: string } => {
    const known = blocks.get(index) ?? { head: {}, text: '', thought: '', input: '' }
    blocks.set(index, known)
    return known
  }
  return {
    add: (value) => {
      const event = readRecord(value) ?? {}
      usage = readRecord(event['metadata'])?.['usage'] ?? usage
      stopReason = readRecord(event['messageStop'])?.['stopReason'] ?? stopReason
      const start = readRecord(event['contentBlockStart'])
      if (start !== undefined)
        blockAt(readNumber(start['contentBlockIndex']) ?? 0).head = readRecord(start['start']) ?? {}
      const step = readRecord(event['contentBlockDelta'])
      return step === undefined
        ? undefined
        : addDelta(blockAt(readNumber(step['contentBlockIndex']) ?? 0), readRecord(step['delta']) ?? {})
    },
    attributes: () => {
      const content = [...blocks].toSorted(([a], [b]) => a - b).map(([, block]) => toBlock(block))
      return toConverseResponseAttributes({
        usage,
        stopReason,
        output: { message: { role: 'assistant', content } },
      })
    },
  }
}

function addDelta(
  block: { text: string; thought: string; input: string },
  delta: ForeignRecord,
): Delta | undefined {
  const text = readText(delta['text'])
  const thought = readText(readRecord(delta['reasoningContent'])?.['text'])
  const input = readText(readRecord(delta['toolUse'])?.['input'])
  block.text += text ?? ''
  block.thought += thought ?? ''
  block.input += input ?? ''
  if (text !== undefined) return { channel: 'text', text }
  if (thought !== undefined) return { channel: 'reasoning', text: thought }
  return input === undefined ? undefined : { channel: 'arguments', text: input }
}

function toBlock(block: {
  head: ForeignRecord
  text: string
  thought: string
  input: string
}): ForeignRecord {
  const tool = readRecord(block.head['toolUse'])
  if (tool !== undefined) return { toolUse: { ...tool, input: block.input } }
  return block.thought === ''
    ? { text: block.text }
    : { reasoningContent: { reasoningText: { text: block.thought } } }
}

/** A message whose blocks are results of tools is one message for each. */
function toMessages(value: unknown): TracedMessage[] {
  const message = readRecord(value)
  if (message === undefined) return []
  const blocks = readList(message['content']).map((block) => readRecord(block) ?? {})
  const results = blocks.flatMap((block): TracedMessage[] => {
    const result = readRecord(block['toolResult'])
    if (result === undefined) return []
    const texts = readList(result['content']).map(
      (part) => readText(readRecord(part)?.['text']) ?? toJson(part),
    )
    return [{ role: 'tool', toolCallId: readText(result['toolUseId']), content: texts.join('\n') }]
  })
  return results.length > 0 ? results : [joinBlocks(readText(message['role']), blocks)]
}

function joinBlocks(role: string | undefined, blocks: readonly ForeignRecord[]): TracedMessage {
  const texts: string[] = []
  const thoughts: string[] = []
  const toolCalls: TracedToolCall[] = []
  for (const block of blocks) {
    const tool = readRecord(block['toolUse'])
    const thought = readText(readRecord(readRecord(block['reasoningContent'])?.['reasoningText'])?.['text'])
    const text = readText(block['text'])
    if (tool !== undefined) {
      const { input } = tool
      toolCalls.push({
        id: readText(tool['toolUseId']),
        name: readText(tool['name']),
        arguments: typeof input === 'string' ? input : toJson(input ?? {}),
      })
    } else if (thought !== undefined) thoughts.push(thought)
    else if (text !== undefined) texts.push(text)
    else texts.push(toJson(block))
  }
  return {
    role,
    content: texts.length === 0 ? undefined : texts.join('\n'),
    reasoning: thoughts.length === 0 ? undefined : thoughts.join('\n'),
    toolCalls: toolCalls.length === 0 ? undefined : toolCalls,
  }
}
