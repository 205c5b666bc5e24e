import type { CanonicalSpan } from '../../span/canonical.ts'
import type { AttributeMap, DecodedSpan } from '../../span/decoded.ts'
import { toCanonical } from '../to-canonical.ts'
import { makeDecodedSpan } from './make-decoded-span.ts'

/** The canonical form of a span of that scope with those attributes. */
export function canonical(
  scope: string,
  attributes: AttributeMap,
  rest: Partial<DecodedSpan> = {},
): CanonicalSpan {
  return toCanonical(makeDecodedSpan({ scope: { name: scope, attributes: {} }, attributes, ...rest }))
}

/** A span event at a moment within the span. */
export function event(name: string, attributes: AttributeMap): DecodedSpan['events'][number] {
  return { name, timeUnixNano: '1500000000', attributes }
}
