import type { AttributeValue } from '@clew/semconv/span'
import type { ItemColumn } from '../native/column.ts'
import { TextColumn } from '../native/scalar-columns.ts'
import { decodeAnyValue, encodeAnyValue } from './any-value.ts'

/** No AnyValue in JSON begins with this, so that text needs no escaping, which for payloads is most of the work. */
export const plainText = '='

/** Content attributes as they are stored: text behind `=`, any other value as OTLP/JSON. */
export class ContentValueColumn extends TextColumn implements ItemColumn<AttributeValue> {
  override set(row: number, value: AttributeValue): void {
    if (typeof value === 'string') this.setJoined(row, plainText, value)
    else super.set(row, encodeAnyValue(value))
  }
}

export function decodeContentValue(text: string): AttributeValue {
  return text.startsWith(plainText) ? text.slice(plainText.length) : decodeAnyValue(text)
}
