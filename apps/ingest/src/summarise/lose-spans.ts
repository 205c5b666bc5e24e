import type { RowOwner } from '@clew/store'
import { readSpans, type Store } from '@clew/store'
import type { AttributeValue, CanonicalSpan, JsonValue, WireSpan } from '@clew/semconv/span'

/**
 * Marks the spans of a trace that still run as lost: their sender has been silent for the stated time. A span
 * that ends after all replaces the mark.
 */
export async function loseSpans(
  store: Store,
  args: { owner: RowOwner; traceId: string; nowMs: number },
): Promise<number> {
  const { owner, traceId, nowMs } = args
  const spans = await readSpans(store, {
    projectId: owner.projectId,
    retention: owner.retention,
    traceIds: [traceId],
    content: 'full',
  })
  const lost = spans.filter((span) => span.state === 'running').map(toLost)
  if (lost.length === 0) return 0
  const inserted = await store.insertBatch({
    token: `lost/${owner.projectId}/${traceId}/${owner.receivedAtMs}`,
    spans: lost.map((span) => ({ owner: { ...owner, receivedAtMs: nowMs }, span })),
    logs: [],
    runEvents: [],
    scores: [],
  })
  return inserted.ok ? lost.length : 0
}

function toLost(span: WireSpan): CanonicalSpan {
  return {
    ...span,
    state: 'lost',
    attributes: toAttributeMap(span.attributes),
    resource: toAttributeMap(span.resource),
    events: span.events.map((event) => ({ ...event, attributes: toAttributeMap(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: toAttributeMap(link.attributes) })),
  }
}

/** JSON doesn't tell integers from doubles; a whole number is taken for an integer. */
function toAttributeValue(value: JsonValue): AttributeValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (value === null || typeof value !== 'object') return value
  return Array.isArray(value) ? value.map(toAttributeValue) : toAttributeMap(value)
}

function toAttributeMap(record: { [key: string]: JsonValue }): { [key: string]: AttributeValue } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, toAttributeValue(value)]))
}
