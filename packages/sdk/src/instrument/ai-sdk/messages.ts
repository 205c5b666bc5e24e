import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { describeBase64 } from '../../values/replace-binary.ts'
import { toJson } from '../../values/to-text.ts'
import type { TracedMessage, TracedToolCall } from '../shared/traced-message.ts'

/** The AI SDK's messages; a tool message with several results is several messages. */
export function toTracedMessages(args: { instructions: unknown; messages: unknown }): TracedMessage[] {
  const { instructions, messages } = args
  const system =
    typeof instructions === 'string'
      ? [{ role: 'system', content: instructions }]
      : (Array.isArray(instructions) ? instructions : [instructions]).flatMap(toMessages)
  return [...system, ...readList(messages).flatMap(toMessages)]
}

/** What the model answered, as one message. */
export function toAnswer(content: unknown): TracedMessage {
  return joinParts('assistant', readList(content))
}

function toMessages(value: unknown): TracedMessage[] {
  const message = readRecord(value)
  if (message === undefined) return []
  const role = readText(message['role']) ?? 'user'
  const { content } = message
  if (typeof content === 'string') return [{ role, content }]
  const parts = readList(content)
  const results = parts.flatMap((part) => {
    const record = readRecord(part)
    return record?.['type'] === 'tool-result' ? [toResult(record)] : []
  })
  return results.length > 0 ? results : [joinParts(role, parts)]
}

function joinParts(role: string, parts: readonly unknown[]): TracedMessage {
  const texts: string[] = []
  const reasoning: string[] = []
  const toolCalls: TracedToolCall[] = []
  for (const value of parts) {
    const part = readRecord(value)
    switch (part?.['type']) {
      case undefined:
        break
      case 'text':
        texts.push(readText(part?.['text']) ?? '')
        break
      case 'reasoning':
        reasoning.push(readText(part?.['text']) ?? '')
        break
      case 'tool-call':
        if (part !== undefined) toolCalls.push(toCall(part))
        break
      default:
        if (part !== undefined) texts.push(describePart(part))
    }
  }
  return {
    role,
    content: texts.length === 0 ? undefined : texts.join('\n'),
    reasoning: reasoning.length === 0 ? undefined : reasoning.join('\n'),
    toolCalls: toolCalls.length === 0 ? undefined : toolCalls,
  }
}

function toCall(part: ForeignRecord): TracedToolCall {
  const input = part['input'] ?? part['args']
  return {
    id: readText(part['toolCallId']),
    name: readText(part['toolName']),
    arguments: typeof input === 'string' ? input : toJson(input),
  }
}

function toResult(part: ForeignRecord): TracedMessage {
  const output = readRecord(part['output'])
  const value = output === undefined ? (part['output'] ?? part['result']) : (output['value'] ?? output)
  return {
    role: 'tool',
    name: readText(part['toolName']),
    toolCallId: readText(part['toolCallId']),
    content: typeof value === 'string' ? value : toJson(value),
  }
}

function describePart(part: ForeignRecord): string {
  const mime = readText(part['mediaType']) ?? readText(part['mimeType']) ?? 'file'
  const data = part['data'] ?? part['image'] ?? readRecord(part['file'])?.['base64']
  if (typeof data === 'string' && !/^https?:/.test(data)) return describeBase64({ mime, base64: data })
  if (data instanceof Uint8Array) return `[${mime}, ${data.byteLength} bytes]`
  return toJson(part)
}
