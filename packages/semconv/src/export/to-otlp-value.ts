import { toBase64 } from '../span/to-wire.ts'
import type { AttributeMap, AttributeValue } from '../span/decoded.ts'
import type { OtlpKeyValue, OtlpValue } from './otlp-json.ts'

/** An attribute map as OTLP/JSON lists it; types stay what they were. */
export function toOtlpAttributes(attributes: AttributeMap): OtlpKeyValue[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toOtlpValue(value) }))
}

export function toOtlpValue(value: AttributeValue): OtlpValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: value.toString() }
  if (typeof value === 'number') return { doubleValue: Number.isFinite(value) ? value : String(value) }
  if (value === null) return {}
  if (value instanceof Uint8Array) return { bytesValue: toBase64(value) }
  if (isList(value)) return { arrayValue: { values: value.map(toOtlpValue) } }
  return { kvlistValue: { values: toOtlpAttributes(value) } }
}

function isList(value: readonly AttributeValue[] | AttributeMap): value is readonly AttributeValue[] {
  return Array.isArray(value)
}
