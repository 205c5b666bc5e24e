import type { DecodedEvent, DecodedLink } from '@clew/semconv/span'
import { readAttribute } from './any-value.ts'
import type { ReceivedSpan } from './received.ts'
import type { WireCursor } from './wire-cursor.ts'

/** Reads a field of `opentelemetry.proto.trace.v1.Span`. */
export function readSpanField(span: ReceivedSpan, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x0a:
      span.traceId = cursor.hex()
      return true
    case 0x12:
      span.spanId = cursor.hex()
      return true
    case 0x1a:
      span.traceState = cursor.text()
      return true
    case 0x22:
      span.parentSpanId = cursor.hex()
      return true
    case 0x2a:
      span.name = cursor.text()
      return true
    case 0x30:
      span.kind = cursor.enum()
      return true
    case 0x39:
      span.startTimeUnixNano = cursor.fixed64()
      return true
    case 0x41:
      span.endTimeUnixNano = cursor.fixed64()
      return true
    case 0x4a:
      return readAttribute(span, cursor)
    case 0x5a:
      span.events.push(cursor.message<DecodedEvent>(emptyEvent(), readEventField))
      return true
    case 0x6a:
      span.links.push(cursor.message<DecodedLink>(emptyLink(), readLinkField))
      return true
    case 0x7a:
      cursor.message(span, readStatusField)
      return true
    case 0x85:
      span.flags = cursor.fixed32()
      return true
    default:
      return readCount(cursor, tag)
  }
}

/** How much the sender dropped; read so that a broken number is still noticed. */
function readCount(cursor: WireCursor, tag: number): boolean {
  if (tag !== 0x50 && tag !== 0x60 && tag !== 0x70) return false
  cursor.uint32()
  return true
}

function readStatusField(span: ReceivedSpan, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x12:
      span.statusMessage = cursor.text()
      return true
    case 0x18:
      span.statusCode = cursor.enum()
      return true
    default:
      return false
  }
}

function emptyEvent(): DecodedEvent {
  return { name: '', timeUnixNano: '0', attributes: {} }
}

function readEventField(event: DecodedEvent, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x09:
      event.timeUnixNano = cursor.fixed64()
      return true
    case 0x12:
      event.name = cursor.text()
      return true
    case 0x1a:
      return readAttribute(event, cursor)
    case 0x20:
      cursor.uint32()
      return true
    default:
      return false
  }
}

function emptyLink(): DecodedLink {
  return { traceId: '', spanId: '', attributes: {} }
}

function readLinkField(link: DecodedLink, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x0a:
      link.traceId = cursor.hex()
      return true
    case 0x12:
      link.spanId = cursor.hex()
      return true
    case 0x1a:
      link.traceState = cursor.text()
      return true
    case 0x22:
      return readAttribute(link, cursor)
    case 0x28:
      cursor.uint32()
      return true
    case 0x35:
      cursor.fixed32()
      return true
    default:
      return false
  }
}
