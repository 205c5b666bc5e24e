import type { AttributeValue, Attributes, Span } from '@opentelemetry/api'

import { sdkState } from '../provider/sdk-state.ts'

/**
 * Writes attributes of a span of ours. In a provider of the application's own, content stays off the span that
 * others export, and the limits of that provider don't cost what it drops.
 */
export function writeAttributes(span: Span, attributes: Attributes): void {
  const attached = sdkState().attached
  const extra = attached === undefined || attached.isOwn ? undefined : attached.processor.extraOf(span)
  if (extra === undefined) {
    span.setAttributes(attributes)
    return
  }
  for (const key in attributes) {
    const value = attributes[key]
    if (value === undefined) continue
    extra[key] = value
    if (attached?.processor.isContent(key) !== true) span.setAttribute(key, value)
  }
}

/** One attribute; see `writeAttributes`. */
export function writeAttribute(span: Span, key: string, value: AttributeValue | undefined): void {
  if (value === undefined) return
  const attached = sdkState().attached
  if (attached === undefined || attached.isOwn) span.setAttribute(key, value)
  else writeAttributes(span, { [key]: value })
}
