import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute, jsonRecord } from '../draft.ts'
import { readDocuments } from '../fields/read-documents.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { type JsonRecord, asCount, asRecord, toText } from '../value.ts'
import { usageOf } from './to-usage.ts'

const inputDetailsKey = 'gen_ai.usage.input_token_details'
const outputDetailsKey = 'gen_ai.usage.output_token_details'
const metadataKey = 'langsmith.usage_metadata'

/** LangSmith over OpenTelemetry: requests and responses as raw JSON, token details as JSON. */
export function readLangsmith(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  readUsage(span, facts)
  const kind = toText(attributes['langsmith.span.kind'])
  const completion = jsonAttribute(attributes, 'gen_ai.completion')
  if (kind === 'retriever') {
    const documents = readDocuments(asRecord(completion)?.['outputs'] ?? asRecord(completion)?.['documents'])
    if (documents !== undefined)
      facts.documents = { value: documents, key: 'gen_ai.completion', rule: 'outputs' }
  }
  if (kind !== 'llm') return facts
  const input = parseMessages(jsonAttribute(attributes, 'gen_ai.prompt'))
  if (input !== undefined) facts.inputMessages = { value: input, key: 'gen_ai.prompt', rule: 'json' }
  const output = parseMessages(completion)
  if (output !== undefined) facts.outputMessages = { value: output, key: 'gen_ai.completion', rule: 'json' }
  return facts
}

function readUsage({ attributes }: DecodedSpan, facts: DialectFacts): void {
  const metadata = jsonRecord(attributes, metadataKey)
  const input = details(attributes, inputDetailsKey) ?? asRecord(metadata?.['input_token_details'])
  const output = details(attributes, outputDetailsKey) ?? asRecord(metadata?.['output_token_details'])
  const usage = usageOf({
    input: asCount(metadata?.['input_tokens']),
    output: asCount(metadata?.['output_tokens']),
    cacheRead: asCount(input?.['cache_read']),
    cacheWrite: asCount(input?.['cache_creation']),
    reasoning: asCount(output?.['reasoning']),
  })
  if (usage === undefined) return
  const inputKey = attributes[inputDetailsKey] === undefined ? metadataKey : inputDetailsKey
  const outputKey = attributes[outputDetailsKey] === undefined ? metadataKey : outputDetailsKey
  const keys = { cacheRead: inputKey, cacheWrite: inputKey, reasoning: outputKey }
  facts.usage = { value: usage, key: metadataKey, keys, rule: 'details' }
}

function details(attributes: DecodedSpan['attributes'], key: string): JsonRecord | undefined {
  return attributes[key] === undefined ? undefined : jsonRecord(attributes, key)
}
