import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { toProviderUsage } from './to-usage.ts'

/** MLflow: everything JSON-encoded, token counts in one record. */
export function readMlflow(span: DecodedSpan): DialectFacts {
  const key = 'mlflow.chat.tokenUsage'
  const raw = jsonRecord(span.attributes, key)
  const usage = raw === undefined ? undefined : toProviderUsage(raw)
  return usage === undefined ? {} : { usage: { value: usage, key, rule: 'json' } }
}
