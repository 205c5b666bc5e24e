import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { type JsonRecord, asRecord, toText } from '../value.ts'
import { toGeminiUsage } from './to-usage.ts'

const requestKey = 'gcp.vertex.agent.llm_request'
const responseKey = 'gcp.vertex.agent.llm_response'

/** Google ADK: the call in two JSON blobs, `{}` when contents are off; output tokens without thoughts. */
export function readAdk(span: DecodedSpan): DialectFacts {
  const facts: DialectFacts = {}
  if (span.name === 'call_llm') facts.kind = { value: 'LLM', key: 'name', rule: 'adk' }
  const request = filled(jsonRecord(span.attributes, requestKey))
  if (request !== undefined) {
    const text = toText(span.attributes[requestKey])
    if (text !== undefined) facts.input = { value: text, key: requestKey }
    const messages = parseMessages(request['contents'])
    if (messages !== undefined) facts.inputMessages = { value: messages, key: requestKey, rule: 'contents' }
  }
  const response = filled(jsonRecord(span.attributes, responseKey))
  if (response !== undefined) readResponse(response, facts)
  return facts
}

function readResponse(response: JsonRecord, facts: DialectFacts): void {
  const content = asRecord(response['content'])
  const messages = content === undefined ? undefined : parseMessages([content])
  if (messages !== undefined) facts.outputMessages = { value: messages, key: responseKey, rule: 'content' }
  const usage = toGeminiUsage(asRecord(response['usageMetadata']) ?? {})
  if (usage !== undefined) facts.usage = { value: usage, key: responseKey, rule: 'overrides' }
}

function filled(record: JsonRecord | undefined): JsonRecord | undefined {
  return record === undefined || Object.keys(record).length === 0 ? undefined : record
}
