import type { AttributeValue } from '@clew/semconv/span'
import { ContractError, fieldOf, toList, toObject, toText, type Field } from './json-contract.ts'
import { setOwn } from './received.ts'

const deepestValue = 90
const int64Min = -(2n ** 63n)
const int64Max = 2n ** 63n - 1n

/** Reads a list of `{ key, value }`. */
export function toAttributes(field: Field, depth = 0): { [key: string]: AttributeValue } {
  const attributes: { [key: string]: AttributeValue } = {}
  for (const item of toList(field)) {
    const pair = toObject(item)
    const key = fieldOf(pair, item.path, 'key')
    if (typeof key.value !== 'string') throw new ContractError(key.path, 'a string')
    setOwn(attributes, key.value, toAnyValue(fieldOf(pair, item.path, 'value'), depth))
  }
  return attributes
}

/** Reads an AnyValue; absent, null and `{}` are null. */
export function toAnyValue({ value, path }: Field, depth = 0): AttributeValue {
  if (value === undefined || value === null) return null
  if (depth > deepestValue) throw new ContractError(path, `nested at most ${deepestValue} deep`)
  const any = toObject({ value, path })
  for (const [kind, inner] of Object.entries(any)) {
    const read = readers.get(kind)
    if (read !== undefined && inner !== null) return read({ value: inner, path: `${path}.${kind}` }, depth)
  }
  return null
}

const readers = new Map<string, (field: Field, depth: number) => AttributeValue>([
  ['stringValue', (field) => toText(field)],
  ['boolValue', toBoolean],
  ['intValue', toInt64],
  ['doubleValue', toDouble],
  ['bytesValue', toBytes],
  [
    'arrayValue',
    (field, depth) =>
      toList(fieldOf(toObject(field), field.path, 'values')).map((item) => toAnyValue(item, depth + 1)),
  ],
  ['kvlistValue', (field, depth) => toAttributes(fieldOf(toObject(field), field.path, 'values'), depth + 1)],
])

function toBoolean({ value, path }: Field): boolean {
  if (typeof value === 'boolean') return value
  throw new ContractError(path, 'true or false')
}

/** A number, or a decimal string, as JSON writers differ on 64-bit integers. */
function toInt64({ value, path }: Field): bigint {
  const int = toWhole(value)
  if (int !== undefined && int >= int64Min && int <= int64Max) return int
  throw new ContractError(path, 'a 64-bit integer, as a number or a decimal string')
}

function toWhole(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined
}

function toDouble({ value, path }: Field): number {
  if (typeof value === 'number') return value
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  throw new ContractError(path, 'a number')
}

function toBytes({ value, path }: Field): Uint8Array {
  if (typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) {
    return Uint8Array.from(Buffer.from(value, 'base64'))
  }
  throw new ContractError(path, 'base64')
}
