import type { CanonicalSpan } from '@clew/semconv/span'

export function priceSpan(span: CanonicalSpan): CanonicalSpan {
  return span
}
