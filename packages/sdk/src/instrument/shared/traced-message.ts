import {
  ATTR_LLM_TOOLS,
  inputMessageKey,
  messageToolCallField,
  outputMessageKey,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { limitText, toJson } from '../../values/to-text.ts'

/** A message of a model call, whatever the provider's shape. */
export interface TracedMessage {
  role?: string
  content?: string
  reasoning?: string
  name?: string
  toolCallId?: string
  toolCalls?: readonly { id?: string; name?: string; arguments?: string }[]
}

/** Messages as OpenInference's flat attributes. */
export function toMessageAttributes(args: {
  side: 'input' | 'output'
  messages: readonly TracedMessage[]
}): Attributes {
  const attributes: Attributes = {}
  const { fieldLength } = sdkState()
  const keyOf = args.side === 'input' ? inputMessageKey : outputMessageKey
  for (const [index, message] of args.messages.entries()) {
    const put = (field: string, value: string | undefined): void => {
      if (value !== undefined) attributes[keyOf(index, field)] = limitText(value, fieldLength)
    }
    put('message.role', message.role)
    put('message.name', message.name)
    put('message.tool_call_id', message.toolCallId)
    if (message.reasoning === undefined) put('message.content', message.content)
    else putContents({ put, reasoning: message.reasoning, content: message.content })
    for (const [position, call] of (message.toolCalls ?? []).entries()) {
      put(messageToolCallField(position, 'id'), call.id)
      put(messageToolCallField(position, 'function.name'), call.name)
      put(messageToolCallField(position, 'function.arguments'), call.arguments)
    }
  }
  return attributes
}

/** The tools that a model was offered. */
export function toToolAttributes(tools: readonly unknown[]): Attributes {
  const attributes: Attributes = {}
  for (const [index, tool] of tools.entries())
    attributes[`${ATTR_LLM_TOOLS}.${index}.tool.json_schema`] = toJson(tool)
  return attributes
}

function putContents(args: {
  put: (field: string, value: string | undefined) => void
  reasoning: string
  content: string | undefined
}): void {
  const { put, reasoning, content } = args
  put('message.contents.0.message_content.type', 'reasoning')
  put('message.contents.0.message_content.text', reasoning)
  if (content === undefined || content === '') return
  put('message.contents.1.message_content.type', 'text')
  put('message.contents.1.message_content.text', content)
}
