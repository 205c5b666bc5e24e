import type { DecodedSpan } from '../../span/decoded.ts'
import type { DialectFacts } from '../draft.ts'

/** Logfire: plain spans and logs as spans; without an AI operation they are steps. */
export function readLogfire(span: DecodedSpan): DialectFacts {
  const { attributes, scope } = span
  if (scope.name === 'logfire' || attributes['gen_ai.operation.name'] !== undefined) return {}
  return { kind: { value: 'UNKNOWN', key: 'scope', rule: 'logfire' } }
}
