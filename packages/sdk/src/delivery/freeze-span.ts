import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

import type { SpanRecord } from './span-record.ts'

const longestMarker = 200_000
const longText = 2000

/** A copy of a running span as it is now; a very large one goes without its long texts. */
export function freezeSpan({ span, extra }: SpanRecord, bytes: number): ReadableSpan {
  const entries = Object.entries(extra === undefined ? span.attributes : { ...span.attributes, ...extra })
  const kept =
    bytes > longestMarker
      ? entries.filter(([, value]) => typeof value !== 'string' || value.length < longText)
      : entries
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: Object.fromEntries(kept),
    links: [...span.links],
    events: [...span.events],
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
  }
}

/** Whether two copies of one running span say the same. */
export function isSameSpan(before: ReadableSpan, now: ReadableSpan): boolean {
  if (before.name !== now.name || before.events.length !== now.events.length) return false
  const keys = Object.keys(now.attributes)
  if (keys.length !== Object.keys(before.attributes).length) return false
  return keys.every((key) => before.attributes[key] === now.attributes[key])
}
