import type { CanonicalSpan, JsonValue, WireSpan } from './canonical.ts'
import type { AttributeValue } from './decoded.ts'

/**
 * An attribute value as JSON: integers beyond 2^53 become strings, bytes become base64. What nests deeper
 * than anything real does becomes null, so that no sender can overflow the stack.
 */
export function toJsonValue(value: AttributeValue): JsonValue {
  return convert(value, 0)
}

const depthMax = 200

function convert(value: AttributeValue, depth: number): JsonValue {
  if (typeof value === 'bigint') {
    const asNumber = Number(value)
    return Number.isSafeInteger(asNumber) ? asNumber : value.toString()
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Uint8Array) return toBase64(value)
  if (depth >= depthMax) return null
  if (isList(value)) return value.map((item) => convert(item, depth + 1))
  return toJsonRecord(value, depth + 1)
}

/** A canonical span as JSON carries it. */
export function toWireSpan(span: CanonicalSpan): WireSpan {
  return {
    ...span,
    attributes: toJsonRecord(span.attributes),
    resource: toJsonRecord(span.resource),
    events: span.events.map((event) => ({ ...event, attributes: toJsonRecord(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: toJsonRecord(link.attributes) })),
  }
}

function toJsonRecord(
  record: { readonly [key: string]: AttributeValue },
  depth = 0,
): { [key: string]: JsonValue } {
  const out: { [key: string]: JsonValue } = Object.create(null)
  for (const [key, value] of Object.entries(record)) out[key] = convert(value, depth)
  return out
}

function isList(value: object): value is readonly AttributeValue[] {
  return Array.isArray(value)
}

/** Bytes as base64, without Node's Buffer. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
