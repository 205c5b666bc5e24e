import { completeSources } from '@clew/semconv/normalise'
import type { WireSpan } from '@clew/semconv/span'

/** A span that says of each of its fields where it came from; left out of trees, which would double in size. */
export function withSources(span: WireSpan): WireSpan {
  return { ...span, sources: completeSources(span) }
}
