import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute, jsonRecord } from '../draft.ts'
import { parseMessage, parseMessages } from '../messages/parse-messages.ts'
import { type JsonRecord, asRecord, toText } from '../value.ts'

/** Mastra: `mastra.<type>.input` and `.output` beside GenAI names. */
export function readMastra(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const type = toText(attributes['mastra.span.type'])
  if (type === undefined) return facts
  const inputKey = `mastra.${type}.input`
  const outputKey = `mastra.${type}.output`
  const input = toText(attributes[inputKey])
  if (input !== undefined) facts.input = { value: input, key: inputKey }
  const output = toText(attributes[outputKey])
  if (output !== undefined) facts.output = { value: output, key: outputKey }
  const messages = parseMessages(jsonAttribute(attributes, inputKey))
  if (messages !== undefined) facts.inputMessages = { value: messages, key: inputKey, rule: 'json' }
  const step = type === 'model_step' ? jsonRecord(attributes, outputKey) : undefined
  if (step !== undefined) {
    facts.outputMessages = { value: parseMessage(toAssistant(step)), key: outputKey, rule: 'step' }
  }
  const reasons = attributes['gen_ai.response.finish_reasons']
  if (reasons === '["error"]')
    facts.failed = { value: true, key: 'gen_ai.response.finish_reasons', rule: 'failure' }
  return facts
}

/** A step's result as a message; tool calls may be wrapped in chunks with a payload. */
function toAssistant(step: JsonRecord): JsonRecord {
  const calls = step['toolCalls'] ?? step['tool_calls']
  return {
    role: 'assistant',
    ...(step['text'] === undefined ? {} : { content: step['text'] }),
    ...(Array.isArray(calls) ? { toolCalls: calls.map((call) => asRecord(call)?.['payload'] ?? call) } : {}),
  }
}
