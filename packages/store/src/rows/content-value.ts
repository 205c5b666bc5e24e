import type { AttributeValue } from '@clew/semconv/span'
import { decodeAnyValue, encodeAnyValue } from './any-value.ts'

/** No AnyValue in JSON begins with this, so that text needs no escaping, which for payloads is most of the work. */
export const plainText = '='

/** A content attribute as it is stored: text behind `=`, any other value as OTLP/JSON. */
export function encodeContentValue(value: AttributeValue): string {
  return typeof value === 'string' ? plainText + value : encodeAnyValue(value)
}

export function decodeContentValue(text: string): AttributeValue {
  return text.startsWith(plainText) ? text.slice(plainText.length) : decodeAnyValue(text)
}
