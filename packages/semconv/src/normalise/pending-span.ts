import type { DecodedSpan } from '../span/decoded.ts'

const zeroId = /^0*$/

/**
 * Logfire announces a span by a placeholder that is the span's child. It becomes what it stands for: the
 * running state of that span, which the finished one then replaces.
 */
export function resolvePendingSpan(span: DecodedSpan): DecodedSpan {
  if (span.attributes['logfire.span_type'] !== 'pending_span' || span.parentSpanId === undefined) return span
  const { parentSpanId, ...rest } = span
  const parent = span.attributes['logfire.pending_parent_id']
  const hasParent = typeof parent === 'string' && !zeroId.test(parent)
  return {
    ...rest,
    spanId: parentSpanId,
    endTimeUnixNano: '0',
    ...(hasParent ? { parentSpanId: parent } : {}),
  }
}
