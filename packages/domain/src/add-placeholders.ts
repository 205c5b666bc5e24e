import type { WireSpan } from '@clew/semconv/span'
import { mayStillArrive } from './settle-states.ts'
import { buildTraceTree, compareNanos } from './trace-tree.ts'

/** What a placeholder is called until the span itself arrives. */
export const placeholderName = 'not seen yet'

/**
 * Stands in for parents that were named and have not been seen, as running spans under their own ids, so that the
 * span itself takes the place when it arrives. A placeholder is there while its span may still arrive: until the trace
 * has been quiet for half a minute. Totals are made without it.
 */
export function addPlaceholders(spans: readonly WireSpan[], now: number): WireSpan[] {
  const orphans = spans.filter((span) => span.parentMissing === true && span.parentSpanId !== undefined)
  if (orphans.length === 0) return [...spans]
  const tree = buildTraceTree(spans)
  if (!mayStillArrive(tree, now)) return [...spans]
  const placeholders = new Map<string, WireSpan>()
  for (const child of orphans) {
    const spanId = child.parentSpanId ?? ''
    const known = placeholders.get(spanId)
    if (known === undefined) placeholders.set(spanId, toPlaceholder(child, spanId))
    else if (compareNanos(child.startTimeUnixNano, known.startTimeUnixNano) < 0) {
      placeholders.set(spanId, { ...known, startTimeUnixNano: child.startTimeUnixNano })
    }
  }
  return buildTraceTree([...spans, ...placeholders.values()]).nodes.map(({ span }) => span)
}

function toPlaceholder(child: WireSpan, spanId: string): WireSpan {
  const { traceId, dialect, scope, serviceName, startTimeUnixNano } = child
  return {
    traceId,
    spanId,
    name: placeholderName,
    kind: 'UNKNOWN',
    scope,
    dialect,
    ...(serviceName !== undefined && { serviceName }),
    state: 'running',
    status: 'unset',
    startTimeUnixNano,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    isPlaceholder: true,
  }
}
