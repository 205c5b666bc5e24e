import type { WireSpan } from '@clew/semconv/span'
import { type TraceNode, buildTraceTree, compareNanos } from './trace-tree.ts'

/**
 * The first error in causal order: of the failed spans with no failed span below them, the one that ended
 * first. What fails above it fails because of it.
 */
export function findFirstError(spans: readonly WireSpan[]): WireSpan | undefined {
  return firstErrorOf(buildTraceTree(spans).nodes)
}

/** The same for spans that already stand in their tree. */
export function firstErrorOf(nodes: readonly TraceNode[]): WireSpan | undefined {
  const failed = nodes.filter((node) => isFailure(node.span))
  const hasFailedBelow = new Set<TraceNode>()
  for (const node of failed) {
    let above = node.parent
    while (above !== undefined && !hasFailedBelow.has(above)) {
      hasFailedBelow.add(above)
      above = above.parent
    }
  }
  let first: WireSpan | undefined
  for (const node of failed) {
    if (hasFailedBelow.has(node)) continue
    if (first === undefined || compareNanos(endOf(node.span), endOf(first)) < 0) first = node.span
  }
  return first
}

function isFailure(span: WireSpan): boolean {
  return span.status === 'error' && span.duplicateOf === undefined
}

function endOf(span: WireSpan): string {
  return span.endTimeUnixNano ?? span.startTimeUnixNano
}
