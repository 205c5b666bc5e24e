import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { asCount, asRecord } from '../value.ts'
import { usageOf } from './to-usage.ts'

const key = 'ai.response.providerMetadata'

/** AI SDK 4 reports cache and reasoning only in OpenAI's own metadata. */
export function readAiSdk(span: DecodedSpan): DialectFacts {
  if (span.attributes[key] === undefined || span.attributes['ai.usage.promptTokens'] === undefined) return {}
  const openai = asRecord(jsonRecord(span.attributes, key)?.['openai'])
  if (openai === undefined) return {}
  const usage = usageOf({
    input: undefined,
    output: undefined,
    cacheRead: asCount(openai['cachedPromptTokens']),
    cacheWrite: undefined,
    reasoning: asCount(openai['reasoningTokens']),
  })
  return usage === undefined ? {} : { usage: { value: usage, key, rule: 'openai' } }
}
