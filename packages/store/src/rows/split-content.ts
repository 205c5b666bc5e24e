import type { PrivacyClass } from '@clew/semconv/attributes'
import type { AttributeMap, AttributeValue } from '@clew/semconv/span'

/** Longer than this is a payload, whatever its key. */
const metadataCharsMax = 1024

/** Parts an attribute map into metadata and content, which expire at different times. */
export function splitContent(
  attributes: AttributeMap,
  classOf: (key: string) => PrivacyClass,
): { metadata: AttributeMap; content: AttributeMap } {
  const metadata: { [key: string]: AttributeValue } = Object.create(null)
  const content: { [key: string]: AttributeValue } = Object.create(null)
  for (const [key, value] of Object.entries(attributes)) {
    if (isContent(classOf(key), value)) content[key] = value
    else metadata[key] = value
  }
  return { metadata, content }
}

/** Whether an attribute whose key is of that class expires with content. */
export function isContent(keyClass: PrivacyClass, value: AttributeValue): boolean {
  if (keyClass === 'content') return true
  return typeof value === 'string' ? value.length > metadataCharsMax : isLarge(value)
}

function isLarge(value: AttributeValue): boolean {
  return typeof value === 'object' && value !== null && sizeOf(value) > metadataCharsMax
}

function sizeOf(value: AttributeValue): number {
  if (typeof value === 'string') return value.length
  if (value === null || typeof value !== 'object') return 8
  if (value instanceof Uint8Array) return value.length
  let size = 0
  if (isList(value)) for (const inner of value) size += sizeOf(inner)
  else for (const key in value) size += sizeOf(value[key] ?? null)
  return size
}

function isList(value: object): value is readonly AttributeValue[] {
  return Array.isArray(value)
}
