import type { AttributeMap, AttributeValue } from '@clew/semconv/span'
import { parseStoredJson } from './stored-json.ts'

type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number | string }
  | { bytesValue: string }
  | { arrayValue: { values: AnyValue[] } }
  | { kvlistValue: { values: { key: string; value: AnyValue }[] } }
  | Record<string, never>

/** A value as OTLP/JSON carries it: the one text form that keeps int, double, bytes and null apart. */
export function encodeAnyValue(value: AttributeValue): string {
  return JSON.stringify(toAnyValue(value))
}

/** Throws when the text is not what `encodeAnyValue` wrote. */
export function decodeAnyValue(text: string): AttributeValue {
  return fromAnyValue(parseStoredJson<AnyValue>(text))
}

/** An attribute map in the same form; `''` is the empty one. */
export function encodeAttributeMap(map: AttributeMap): string {
  const entries = Object.entries(map)
  if (entries.length === 0) return ''
  return JSON.stringify(entries.map(([key, value]) => ({ key, value: toAnyValue(value) })))
}

/** Entries rather than an object, so that a key such as `__proto__` is a key. */
export function decodeAttributeEntries(text: string): [string, AttributeValue][] {
  if (text === '') return []
  const entries = parseStoredJson<{ key: string; value: AnyValue }[]>(text)
  return entries.map(({ key, value }) => [key, fromAnyValue(value)])
}

function toAnyValue(value: AttributeValue): AnyValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: value.toString() }
  if (typeof value !== 'number') return toNestedValue(value)
  return { doubleValue: Number.isFinite(value) && !Object.is(value, -0) ? value : doubleName(value) }
}

function toNestedValue(value: null | Uint8Array | readonly AttributeValue[] | AttributeMap): AnyValue {
  if (value === null) return {}
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') }
  if (isList(value)) return { arrayValue: { values: value.map(toAnyValue) } }
  const entries = Object.entries(value)
  return { kvlistValue: { values: entries.map(([key, inner]) => ({ key, value: toAnyValue(inner) })) } }
}

function fromAnyValue(value: AnyValue): AttributeValue {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return BigInt(value.intValue)
  if ('doubleValue' in value) return Number(value.doubleValue)
  if ('bytesValue' in value) return new Uint8Array(Buffer.from(value.bytesValue, 'base64'))
  if ('arrayValue' in value) return value.arrayValue.values.map(fromAnyValue)
  if ('kvlistValue' in value) {
    return toRecord(value.kvlistValue.values.map(({ key, value: inner }) => [key, fromAnyValue(inner)]))
  }
  return null
}

/** A record in which every key is its own, `__proto__` too. */
export function toRecord<Value>(entries: Iterable<readonly [string, Value]>): { [key: string]: Value } {
  const record: { [key: string]: Value } = Object.create(null)
  for (const [key, value] of entries) record[key] = value
  return record
}

function doubleName(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function isList(value: object): value is readonly AttributeValue[] {
  return Array.isArray(value)
}
