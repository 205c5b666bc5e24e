/** A JSON value that isn't what OTLP says stands there; thrown inside the decoder only. */
export class ContractError extends Error {
  constructor(path: string, expected: string) {
    super(`${path} must be ${expected}`)
    this.name = 'ContractError'
  }
}

export type JsonObject = { readonly [key: string]: unknown }

export interface Field {
  value: unknown
  path: string
}

/** A field of an object; inherited names are not fields. */
export function fieldOf(object: JsonObject, path: string, key: string): Field {
  return {
    value: Object.hasOwn(object, key) ? object[key] : undefined,
    path: path === '' ? key : `${path}.${key}`,
  }
}

export function toObject({ value, path }: Field): JsonObject {
  if (isObject(value)) return value
  throw new ContractError(path, 'an object')
}

/** Absent and null read as the empty list, as proto3 JSON has it. */
export function toList({ value, path }: Field): Field[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new ContractError(path, 'a list')
  return value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]` }))
}

/** Absent and null read as the empty text. */
export function toText({ value, path }: Field): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  throw new ContractError(path, 'a string')
}

/** An unsigned 64-bit time as decimal digits: a decimal string, or a whole number. Absent reads as "0". */
export function toNanoseconds({ value, path }: Field): string {
  if (value === undefined || value === null || value === '') return '0'
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value).toString()
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return BigInt(value).toString()
  throw new ContractError(path, 'nanoseconds since the epoch as a decimal string')
}

/** A number by value or by name, as `SPAN_KIND_CLIENT`. Unknown ones read as 0, as proto3 enums do. */
export function toEnum({ value, path }: Field, names: readonly string[]): number {
  if (value === undefined || value === null) return 0
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string') return Math.max(0, names.indexOf(value))
  throw new ContractError(path, 'an enum number or name')
}

export function toCount({ value, path }: Field): number {
  if (value === undefined || value === null) return 0
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  if (typeof value === 'string' && /^\d{1,10}$/.test(value)) return Number(value)
  throw new ContractError(path, 'a whole number')
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
