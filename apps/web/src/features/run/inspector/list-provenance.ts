import type { JsonValue, WireSpan } from '@clew/semconv/span'

export interface Provenance {
  field: string
  value: string
  rawKey: string
  how: string
}

/** Where each canonical value came from: the raw key and the rule, or that it comes from an ancestor. */
export function listProvenance(span: WireSpan): Provenance[] {
  const rows = Object.entries(span.sources ?? {}).map(([field, source]) => {
    const hash = source.lastIndexOf('#')
    const rawKey = hash === -1 ? source : source.slice(0, hash)
    return { field, value: valueOf(span, field), rawKey, how: hash === -1 ? '' : source.slice(hash + 1) }
  })
  const known = new Set(rows.map((row) => row.field))
  for (const field of span.inherited ?? []) {
    if (!known.has(field))
      rows.push({ field, value: valueOf(span, field), rawKey: 'from an ancestor', how: 'inherited' })
  }
  return rows
}

/** Reads `usage.input` and the like; whole structures are told by their size. */
function valueOf(span: WireSpan, field: string): string {
  let value: unknown = span
  for (const part of field.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return ''
    value = new Map<string, unknown>(Object.entries(value)).get(part)
  }
  return describeValue(value)
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? 'entry' : 'entries'}`
  if (value !== null && typeof value === 'object') return `${Object.keys(value).length} fields`
  return ''
}

/** Attributes in the order of their names, each as text. */
export function listAttributes(attributes: { [key: string]: JsonValue }): { key: string; text: string }[] {
  return Object.entries(attributes)
    .map(([key, value]) => ({ key, text: typeof value === 'string' ? value : JSON.stringify(value) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}
