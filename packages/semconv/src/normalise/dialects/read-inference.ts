import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { toProviderUsage } from './to-usage.ts'

/** @inference/tracing: OpenInference, and the provider's own usage as JSON, complete also for streams. */
export function readInference(span: DecodedSpan): DialectFacts {
  if (span.attributes['llm.usage'] === undefined) return {}
  const raw = jsonRecord(span.attributes, 'llm.usage')
  const usage = raw === undefined ? undefined : toProviderUsage(raw)
  return usage === undefined ? {} : { usage: { value: usage, key: 'llm.usage', rule: 'provider' } }
}
