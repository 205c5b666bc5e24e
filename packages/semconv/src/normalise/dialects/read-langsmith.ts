import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonAttribute, jsonRecord } from '../draft.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { asCount, asRecord, toText } from '../value.ts'
import { usageOf } from './to-usage.ts'

/** LangSmith over OpenTelemetry: requests and responses as raw JSON, token details as JSON. */
export function readLangsmith(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const metadata = jsonRecord(attributes, 'langsmith.usage_metadata')
  const inputDetails =
    jsonRecord(attributes, 'gen_ai.usage.input_token_details') ?? asRecord(metadata?.['input_token_details'])
  const outputDetails =
    jsonRecord(attributes, 'gen_ai.usage.output_token_details') ??
    asRecord(metadata?.['output_token_details'])
  const usage = usageOf({
    input: asCount(metadata?.['input_tokens']),
    output: asCount(metadata?.['output_tokens']),
    cacheRead: asCount(inputDetails?.['cache_read']),
    cacheWrite: asCount(inputDetails?.['cache_creation']),
    reasoning: asCount(outputDetails?.['reasoning']),
  })
  if (usage !== undefined)
    facts.usage = { value: usage, key: 'gen_ai.usage.input_token_details', rule: 'details' }
  if (toText(attributes['langsmith.span.kind']) !== 'llm') return facts
  const input = parseMessages(jsonAttribute(attributes, 'gen_ai.prompt'))
  if (input !== undefined) facts.inputMessages = { value: input, key: 'gen_ai.prompt', rule: 'json' }
  const output = parseMessages(jsonAttribute(attributes, 'gen_ai.completion'))
  if (output !== undefined) facts.outputMessages = { value: output, key: 'gen_ai.completion', rule: 'json' }
  return facts
}
