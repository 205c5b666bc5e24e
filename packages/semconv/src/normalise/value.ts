import type { JsonValue } from '../span/canonical.ts'
import type { AttributeMap, AttributeValue } from '../span/decoded.ts'

export interface JsonRecord {
  [key: string]: JsonValue
}

/** Text with something in it; numbers and booleans as text, the rest is absent. */
export function toText(value: AttributeValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  return undefined
}

/** A finite number, also from decimal text, as some emitters send counts as strings. */
export function toNumber(value: AttributeValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string' || value === '') return undefined
  const parsed = Number(value)
  return Number.isFinite(parsed) ? parsed : undefined
}

/** A count: whole and not negative. */
export function toCount(value: AttributeValue | undefined): number | undefined {
  const parsed = toNumber(value)
  return parsed === undefined || parsed < 0 ? undefined : Math.trunc(parsed)
}

/**
 * JSON text to its value; text encoded twice is decoded twice. Undefined where it isn't an object or array,
 * or nests so deep that whoever writes it again would overflow.
 */
export function parseJson(text: string): JsonValue[] | JsonRecord | undefined {
  const first = text.charCodeAt(firstSolid(text))
  if (first !== openBrace && first !== openBracket && first !== quote) return undefined
  try {
    const parsed: JsonValue = JSON.parse(text)
    if (typeof parsed === 'string') return first === quote ? parseJson(parsed) : undefined
    if (typeof parsed !== 'object' || parsed === null) return undefined
    return text.length > 2 * depthMax && isDeep(parsed) ? undefined : parsed
  } catch {
    return undefined
  }
}

const depthMax = 200

/** Level by level, as recursion is what it guards against. */
function isDeep(value: JsonValue): boolean {
  let level: JsonValue[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthMax) return true
    const below: JsonValue[] = []
    for (const item of level) {
      if (Array.isArray(item)) {
        for (const inner of item) if (typeof inner === 'object' && inner !== null) below.push(inner)
      } else if (isRecord(item)) {
        for (const key in item) {
          const inner = item[key]
          if (typeof inner === 'object' && inner !== null) below.push(inner)
        }
      }
    }
    level = below
  }
  return false
}

/** What a JSON string literal says, or undefined for anything else. */
export function unquote(text: string): string | undefined {
  if (text.charCodeAt(0) !== quote) return undefined
  try {
    const parsed: JsonValue = JSON.parse(text)
    return typeof parsed === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

export function isRecord(value: JsonValue | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isMap(value: AttributeValue | undefined): value is AttributeMap {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  )
}

export function isList(value: AttributeValue | undefined): value is readonly AttributeValue[] {
  return Array.isArray(value)
}

export function asText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** A scalar as text, an object or array as JSON text. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : asText(value)
}

export function asCount(value: JsonValue | undefined): number | undefined {
  const parsed = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof parsed === 'number' && Number.isFinite(parsed) && parsed >= 0 ? Math.trunc(parsed) : undefined
}

export function asRecord(value: JsonValue | undefined): JsonRecord | undefined {
  return isRecord(value) ? value : undefined
}

const openBrace = 123
const openBracket = 91
const quote = 34

function firstSolid(text: string): number {
  let at = 0
  while (text.charCodeAt(at) <= 32) at++
  return at
}
