import type { SpanKind } from '../../span/canonical.ts'
import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { lastContent } from '../messages/message-text.ts'
import { parseMessages } from '../messages/parse-messages.ts'
import { type JsonRecord, asCount, asRecord, asText, toText } from '../value.ts'
import { usageOf } from './to-usage.ts'

const kinds = new Map<string, SpanKind>([
  ['model', 'LLM'],
  ['tool', 'TOOL'],
  ['tool.v2', 'TOOL'],
  ['agent', 'AGENT'],
  ['embedder', 'EMBEDDING'],
  ['retriever', 'RETRIEVER'],
  ['reranker', 'RERANKER'],
  ['evaluator', 'EVALUATOR'],
  ['prompt', 'PROMPT'],
  ['executable-prompt', 'PROMPT'],
])

/** Genkit: everything inside `genkit:input` and `genkit:output`. */
export function readGenkit(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const key = attributes['genkit:metadata:subtype'] === undefined ? 'genkit:type' : 'genkit:metadata:subtype'
  const kind = kinds.get(toText(attributes[key]) ?? '') ?? 'CHAIN'
  facts.kind = { value: kind, key, rule: 'genkit' }
  const output = jsonRecord(attributes, 'genkit:output')
  if (output !== undefined) readOutput({ output, isModel: kind === 'LLM', facts })
  if (kind === 'LLM') readModelInput(span, facts)
  return facts
}

function readModelInput(span: DecodedSpan, facts: DialectFacts): void {
  const name = toText(span.attributes['genkit:name'])
  if (name !== undefined) {
    facts.model = { value: name.slice(name.lastIndexOf('/') + 1), key: 'genkit:name', rule: 'after-slash' }
  }
  const messages = parseMessages(jsonRecord(span.attributes, 'genkit:input'))
  if (messages !== undefined) facts.inputMessages = { value: messages, key: 'genkit:input', rule: 'messages' }
}

/** Only a model's own usage counts: the `generate` around it repeats the last one's. */
function readOutput(args: { output: JsonRecord; isModel: boolean; facts: DialectFacts }): void {
  const { output, isModel, facts } = args
  const message = asRecord(output['message'])
  const messages = message === undefined ? undefined : parseMessages([message])
  const text = lastContent(messages, 'assistant')
  if (text !== undefined) facts.output = { value: text, key: 'genkit:output', rule: 'message-text' }
  if (!isModel) return
  if (messages !== undefined)
    facts.outputMessages = { value: messages, key: 'genkit:output', rule: 'message' }
  const finish = asText(output['finishReason'])
  if (finish !== undefined) facts.finishReason = { value: finish, key: 'genkit:output', rule: 'finishReason' }
  const usage = asRecord(output['usage'])
  const counters = usageOf({
    input: asCount(usage?.['inputTokens']),
    output: asCount(usage?.['outputTokens']),
    cacheRead: asCount(usage?.['cachedContentTokens']),
    cacheWrite: undefined,
    reasoning: asCount(usage?.['thoughtsTokens']),
  })
  if (counters !== undefined) facts.usage = { value: counters, key: 'genkit:output', rule: 'usage' }
}
