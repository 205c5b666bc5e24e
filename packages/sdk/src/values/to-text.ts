import type { ForeignRecord } from './read.ts'
import { writeJson } from './write-json.ts'

/** A value as the text of an attribute, with its media type. Never throws; absent stays absent. */
export function toText(
  value: unknown,
): { text: string; mime: 'text/plain' | 'application/json' } | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return { text: value, mime: 'text/plain' }
  return { text: toJson(value), mime: 'application/json' }
}

/** Node writes long texts fast enough itself since 24. */
const isByHand = Number.parseInt(process.versions.node, 10) < 24

/** JSON of any value: cycles, bigints, maps, errors and throwing getters included. */
export function toJson(value: unknown): string {
  try {
    const written = isByHand && isObject(value) ? writeJson(value) : undefined
    if (written !== undefined) return written
    if (isPlain(value, { nodes: 5000 })) return JSON.stringify(value)
    return JSON.stringify(value, plainReplacer) ?? 'null'
  } catch {
    return carefulJson(value)
  }
}

/**
 * Whether JSON says all that the value holds; a replacer would cost three times as much. The budget bounds the
 * walk, since objects that refer to each other have no end. It runs for every content of every span, hence its loops.
 */
function isPlain(value: unknown, budget: { nodes: number }): boolean {
  if (!isObject(value)) return value === null || isPlainPrimitive(value)
  budget.nodes -= 1
  if (budget.nodes < 0) return false
  if (Array.isArray(value)) return arePlain(value, budget)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  for (const key in value) {
    const item = value[key]
    if (isPlainPrimitive(item) || item === undefined) continue
    if (!isPlain(item, budget)) return false
  }
  return true
}

function arePlain(list: readonly unknown[], budget: { nodes: number }): boolean {
  for (const item of list) {
    if (isPlainPrimitive(item)) continue
    if (!isPlain(item, budget)) return false
  }
  return true
}

function isPlainPrimitive(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isObject(value: unknown): value is ForeignRecord {
  return typeof value === 'object' && value !== null
}

function plainReplacer(_key: string, value: unknown): unknown {
  if (typeof value === 'object') return value === null ? value : toPlain(value)
  return typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol'
    ? String(value).slice(0, 80)
    : value
}

function toPlain(value: object): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), item]))
  if (value instanceof Set) return [...value]
  if (value instanceof Error) return { name: value.name, message: value.message }
  if (value instanceof ArrayBuffer) return `[binary, ${value.byteLength} bytes]`
  if (ArrayBuffer.isView(value)) return toPlainView(value)
  return value
}

/** Short numeric views are vectors and worth reading; the rest is binary. */
function toPlainView(view: ArrayBufferView): unknown {
  const isVector = view instanceof Float32Array || view instanceof Float64Array
  return isVector && view.length <= 64 ? [...view] : `[binary, ${view.byteLength} bytes]`
}

function carefulJson(value: unknown): string {
  const ancestors: unknown[] = []
  try {
    return (
      JSON.stringify(value, function replace(this: unknown, key: string, item: unknown) {
        while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop()
        if (typeof item === 'object' && item !== null) {
          if (ancestors.includes(item)) return '[circular]'
          ancestors.push(item)
        }
        return plainReplacer(key, item)
      }) ?? 'null'
    )
  } catch (error) {
    return JSON.stringify(`[not serialisable: ${error instanceof Error ? error.message : 'unknown reason'}]`)
  }
}

/** Cuts a text to a length, marker included, so that cutting twice changes nothing. */
export function limitText(text: string, length: number): string {
  if (text.length <= length) return text
  const marker = `… [cut: ${text.length} characters]`
  const end = Math.max(0, length - marker.length)
  const splitsPair = text.charCodeAt(end - 1) >= 0xd8_00 && text.charCodeAt(end - 1) <= 0xdb_ff
  return text.slice(0, splitsPair ? end - 1 : end) + marker
}
