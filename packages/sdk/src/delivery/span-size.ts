import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** About how many bytes a span takes in memory and on the wire, without encoding it. */
export function estimateSpanBytes(span: Pick<ReadableSpan, 'name' | 'attributes' | 'events'>): number {
  let bytes = 400 + span.name.length + estimateAttributes(span.attributes)
  for (const event of span.events)
    bytes += 60 + event.name.length + estimateAttributes(event.attributes ?? {})
  return bytes
}

/** About how many bytes attributes take. */
export function estimateAttributes(attributes: Attributes): number {
  let bytes = 0
  for (const key in attributes) {
    const value = attributes[key]
    bytes += key.length + 30
    if (typeof value === 'string') bytes += value.length
    else if (Array.isArray(value))
      for (const item of value) bytes += typeof item === 'string' ? item.length + 8 : 12
  }
  return bytes
}
