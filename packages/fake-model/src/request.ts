import { asList, asRecord, asText } from './json.ts'
import type { JsonRecord } from './json.ts'

export type FakeApi = 'chat' | 'responses' | 'embeddings' | 'messages' | 'gemini'

/** One turn of the conversation as the request carries it, whatever the API. */
export interface FakeTurn {
  role: string
  text: string
  toolCalls: { id: string; name: string; arguments: string }[]
  toolResults: { id: string; text: string }[]
}

/** A request to the scripted model, with the conversation in one shape for all APIs. */
export interface FakeRequest {
  api: FakeApi
  /** Counts from 0 over the life of the server. */
  index: number
  path: string
  headers: { [name: string]: string | undefined }
  body: JsonRecord
  model: string
  stream: boolean
  system: string
  turns: FakeTurn[]
  toolNames: string[]
  lastUserText: string
  /** Results of tools since the model last spoke. */
  lastToolResults: FakeTurn['toolResults']
  /** Everything the model reads, for counting. */
  promptText: string
}

/** Reads the conversation out of a request of any of the supported APIs. */
export function toFakeRequest(args: {
  api: FakeApi
  index: number
  path: string
  headers: FakeRequest['headers']
  body: JsonRecord
}): FakeRequest {
  const { api, body } = args
  const turns = readTurns(api, body)
  const system = [
    asText(body['instructions']),
    readText(body['system']),
    readText(asRecord(body['systemInstruction'])['parts']),
    ...turns.filter((turn) => turn.role === 'system' || turn.role === 'developer').map((turn) => turn.text),
  ].join('')
  const spoken = turns.findLastIndex((turn) => turn.role === 'assistant' || turn.role === 'model')
  return {
    ...args,
    model: asText(body['model']) || (/models\/([^:]+):/.exec(args.path)?.[1] ?? 'fake-model'),
    stream: body['stream'] === true || args.path.includes(':streamGenerateContent'),
    system,
    turns,
    toolNames: readToolNames(body),
    lastUserText: turns.findLast((turn) => turn.role === 'user' && turn.text !== '')?.text ?? '',
    lastToolResults: turns.slice(spoken + 1).flatMap((turn) => turn.toolResults),
    promptText:
      asText(body['messages'] ?? body['input'] ?? body['contents']) + asText(body['tools']) + system,
  }
}

function readTurns(api: FakeApi, body: JsonRecord): FakeTurn[] {
  if (api === 'embeddings') return []
  if (api === 'gemini') return asList(body['contents']).map(toTurn)
  if (api !== 'responses') return asList(body['messages']).map(toTurn)
  const input = body['input']
  if (typeof input === 'string') return [{ role: 'user', text: input, toolCalls: [], toolResults: [] }]
  return asList(input).map(toTurn)
}

function toTurn(value: unknown): FakeTurn {
  const message = asRecord(value)
  const blocks = asList(message['content'] ?? message['parts']).map(asRecord)
  const role = asText(message['role'])
  if (message['type'] === 'function_call')
    return { role: 'assistant', text: '', toolCalls: [toCall(message)], toolResults: [] }
  if (message['type'] === 'function_call_output') {
    return {
      role: 'tool',
      text: '',
      toolCalls: [],
      toolResults: [{ id: asText(message['call_id']), text: asText(message['output']) }],
    }
  }
  const isResult = role === 'tool'
  const text = readText(message['content'] ?? message['parts'])
  return {
    role,
    text: isResult ? '' : text,
    toolCalls: [
      ...asList(message['tool_calls']).map((call) => toCall(asRecord(call))),
      ...blocks.filter((block) => block['type'] === 'tool_use' || 'functionCall' in block).map(toCall),
    ],
    toolResults: [
      ...(isResult ? [{ id: asText(message['tool_call_id']), text }] : []),
      ...blocks
        .filter((block) => block['type'] === 'tool_result')
        .map((block) => ({ id: asText(block['tool_use_id']), text: readText(block['content']) })),
      ...blocks
        .filter((block) => 'functionResponse' in block)
        .map((block) => ({
          id: asText(asRecord(block['functionResponse'])['name']),
          text: asText(block['functionResponse']),
        })),
    ],
  }
}

function toCall(block: JsonRecord): FakeTurn['toolCalls'][number] {
  const inner = asRecord(block['function'] ?? block['functionCall'])
  return {
    id: asText(block['call_id'] ?? block['id']),
    name: asText(inner['name'] ?? block['name']),
    arguments: asText(inner['arguments'] ?? inner['args'] ?? block['arguments'] ?? block['input']),
  }
}

function readText(value: unknown): string {
  if (typeof value === 'string') return value
  return asList(value)
    .map((part) => asText(asRecord(part)['text']))
    .join('')
}

function readToolNames(body: JsonRecord): string[] {
  return asList(body['tools']).flatMap((tool) => {
    const record = asRecord(tool)
    const declared = asList(record['functionDeclarations']).map((entry) => asText(asRecord(entry)['name']))
    return [...declared, asText(asRecord(record['function'])['name'] ?? record['name'])].filter(
      (name) => name !== '',
    )
  })
}
