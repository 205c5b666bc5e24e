import {
  ATTR_LLM_TOOLS,
  inputMessageKey,
  messageToolCallField,
  outputMessageKey,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { limitText, toJson } from '../../values/to-text.ts'

/** A message of a model call, whatever the provider's shape; absent and `undefined` mean the same. */
export interface TracedMessage {
  role?: string | undefined
  content?: string | undefined
  reasoning?: string | undefined
  name?: string | undefined
  toolCallId?: string | undefined
  toolCalls?: readonly TracedToolCall[] | undefined
}

export interface TracedToolCall {
  id?: string | undefined
  name?: string | undefined
  arguments?: string | undefined
}

/** Adds messages to attributes, in OpenInference's flat form. */
export function addMessages(
  attributes: Attributes,
  args: { side: 'input' | 'output'; messages: readonly TracedMessage[] },
): Attributes {
  const { side, messages } = args
  const { fieldLength } = sdkState()
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index]
    if (message === undefined) continue
    const keys = keysOf(side, index)
    if (message.role !== undefined) attributes[keys.role] = message.role
    if (message.content !== undefined && message.reasoning === undefined) {
      attributes[keys.content] = limitText(message.content, fieldLength)
    }
    addRare({ attributes, side, index, message, fieldLength })
  }
  return attributes
}

/** Adds the tools that a model was offered. */
export function addTools(attributes: Attributes, tools: readonly unknown[]): Attributes {
  for (const [index, tool] of tools.entries())
    attributes[`${ATTR_LLM_TOOLS}.${index}.tool.json_schema`] = toJson(tool)
  return attributes
}

/** What most messages don't have. */
function addRare(args: {
  attributes: Attributes
  side: 'input' | 'output'
  index: number
  message: TracedMessage
  fieldLength: number
}): void {
  const { attributes, message, fieldLength } = args
  const { name, toolCallId, reasoning, content, toolCalls } = message
  if (name === undefined && toolCallId === undefined && reasoning === undefined && toolCalls === undefined)
    return
  const keyOf = args.side === 'input' ? inputMessageKey : outputMessageKey
  const put = (field: string, value: string | undefined): void => {
    if (value !== undefined) attributes[keyOf(args.index, field)] = limitText(value, fieldLength)
  }
  put('message.name', name)
  put('message.tool_call_id', toolCallId)
  if (reasoning !== undefined) {
    put('message.contents.0.message_content.type', 'reasoning')
    put('message.contents.0.message_content.text', reasoning)
    if (content !== undefined && content !== '') {
      put('message.contents.1.message_content.type', 'text')
      put('message.contents.1.message_content.text', content)
    }
  }
  for (const [position, call] of (toolCalls ?? []).entries()) {
    put(messageToolCallField(position, 'id'), call.id)
    put(messageToolCallField(position, 'function.name'), call.name)
    put(messageToolCallField(position, 'function.arguments'), call.arguments)
  }
}

interface MessageKeys {
  role: string
  content: string
}

// Every call of a conversation writes the same keys; building them anew is most of what recording costs.
const remembered: { [side in 'input' | 'output']: MessageKeys[] } = { input: [], output: [] }
const mostRemembered = 2000

function keysOf(side: 'input' | 'output', index: number): MessageKeys {
  const known = remembered[side][index]
  if (known !== undefined) return known
  const keyOf = side === 'input' ? inputMessageKey : outputMessageKey
  const keys = { role: keyOf(index, 'message.role'), content: keyOf(index, 'message.content') }
  if (index < mostRemembered) remembered[side][index] = keys
  return keys
}
