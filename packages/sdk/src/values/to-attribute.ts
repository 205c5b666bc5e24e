import type { AttributeValue } from '@opentelemetry/api'

import { toJson } from './to-text.ts'

/** Any value as an attribute value; what OpenTelemetry has no type for becomes text. */
export function toAttribute(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
    case 'object':
      return objectToAttribute(value)
    case 'undefined':
      return undefined
    case 'function':
    case 'symbol':
      return String(value).slice(0, 80)
  }
}

function objectToAttribute(value: object | null): AttributeValue | undefined {
  if (value === null) return undefined
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (Array.isArray(value)) {
    const list: unknown[] = value
    if (isListOf(list, 'string')) return list.slice()
    if (isListOf(list, 'boolean')) return list.slice()
    if (isListOf(list, 'number') && list.every(Number.isFinite)) return list.slice()
  }
  return toJson(value)
}

interface Primitives {
  string: string
  boolean: boolean
  number: number
}

function isListOf<Name extends keyof Primitives>(list: unknown[], type: Name): list is Primitives[Name][] {
  return list.every((item) => typeof item === type)
}
