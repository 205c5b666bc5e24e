import { readList, readRecord, readRecords, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { toJson } from '../../values/to-text.ts'
import { methodOf } from '../shared/foreign.ts'
import type { TracedMessage } from '../shared/traced-message.ts'
import { toContentText } from '../openai/chat-request.ts'

const roles = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
])

/** A LangChain message in the shape of all providers. */
export function toTracedMessage(value: unknown): TracedMessage {
  const message = readRecord(value)
  if (message === undefined) return typeof value === 'string' ? { content: value } : {}
  const type =
    readText(methodOf(message, 'getType')?.()) ?? readText(methodOf(message, '_getType')?.()) ?? 'human'
  const calls = readRecords(message['tool_calls'])
  const extra = readRecord(message['additional_kwargs']) ?? {}
  return {
    role: type === 'generic' ? readText(message['role']) : (roles.get(type) ?? type),
    content: toText(message['content']),
    reasoning: readText(extra['reasoning_content']) ?? reasoningOf(message['content']),
    name: readText(message['name']),
    toolCallId: readText(message['tool_call_id']),
    toolCalls:
      calls.length === 0
        ? undefined
        : calls.map((call) => ({
            id: readText(call['id']),
            name: readText(call['name']),
            arguments: toJson(call['args']),
          })),
  }
}

/** The message of a generation, or its text where the model isn't a chat model. */
export function toGeneratedMessage(generation: unknown): TracedMessage {
  const record = readRecord(generation)
  return record?.['message'] === undefined
    ? { role: 'assistant', content: readText(record?.['text']) }
    : toTracedMessage(record['message'])
}

/** Blocks that tell of reasoning and tool calls stand in fields of their own. */
function toText(content: unknown): string | undefined {
  if (!Array.isArray(content)) return toContentText(content)
  const told = content.filter((part) => !apart.has(readText(readRecord(part)?.['type']) ?? ''))
  return told.length === 0 ? undefined : toContentText(told)
}

const apart = new Set([
  'reasoning',
  'thinking',
  'tool_use',
  'tool_call',
  'tool_call_chunk',
  'functionCall',
  'input_json_delta',
])

function reasoningOf(content: unknown): string | undefined {
  const texts = readList(content).flatMap((value) => {
    const part: ForeignRecord = readRecord(value) ?? {}
    return (
      readText(part['thinking']) ??
      (part['type'] === 'reasoning' ? readText(part['reasoning']) : undefined) ??
      []
    )
  })
  return texts.length === 0 ? undefined : texts.join('\n')
}
