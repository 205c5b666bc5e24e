import { createAttributeGate, type AttributeGateOptions } from './attribute-gate.ts'
import { isCredentialKey } from './credential-assignments.ts'
import type { RedactionLedger } from './ledger.ts'
import type { RedactionRule, TextRange } from './rule.ts'
import { defaultRules, emailRule } from './rules.ts'

export interface RedactorOptions extends AttributeGateOptions {
  /** Replaces the default list. */
  rules?: readonly RedactionRule[]
  /** Adds to whichever list is used. */
  extraRules?: readonly RedactionRule[]
  /** Redacts e-mail addresses too. Default false. */
  emails?: boolean
  /** Keyed hash for the `hash` keys; must be given with them, else those values are dropped. */
  hmac?: (value: string) => string
}

/** Takes secrets out of texts and values. Synchronous and pure; applying it twice changes nothing more. */
export interface Redactor {
  redactText(text: string, path: string, ledger: RedactionLedger): string
  /** Walks lists and plain objects; returns the same reference where nothing was found. */
  redactValue<Value>(value: Value, path: string, ledger: RedactionLedger): Value
  /** As `redactValue` on each entry, after the key's own verdict (deny, hash, class). */
  redactAttributes<Attributes extends object>(
    attributes: Attributes,
    path: string,
    ledger: RedactionLedger,
  ): Attributes
}

const deepestValue = 64
const hashPrefix = 'hmac:'

/** Builds a redactor from the default rules, or from a list of one's own. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const rules = [
    ...(options.rules ?? defaultRules),
    ...(options.extraRules ?? []),
    ...(options.emails === true ? [emailRule] : []),
  ]
  const redactText = createTextRedactor(rules)
  const redactValue = createValueRedactor(redactText)
  const verdictOf = createAttributeGate(options)

  const applyVerdict = (key: string, value: unknown, path: string, ledger: RedactionLedger): unknown => {
    const verdict = verdictOf(key)
    if (verdict === 'keep') return redactValue(value, path, ledger, key)
    if (verdict === 'hash' && options.hmac !== undefined)
      return hashValue({ value, path, ledger, hmac: options.hmac })
    ledger.record(verdict === 'hash' ? 'unhashable' : 'denied', path)
    return undefined
  }

  return {
    redactText,
    redactValue: (value, path, ledger) => asSame(value, redactValue(value, path, ledger)),
    redactAttributes: (attributes, path, ledger) =>
      asSame(
        attributes,
        mapEntries(attributes, (key, value) => applyVerdict(key, value, `${path}.${key}`, ledger)),
      ),
  }
}

function createTextRedactor(rules: readonly RedactionRule[]): Redactor['redactText'] {
  const mayHoldSecret = anyOf(rules.map((rule) => rule.hint))
  return (text, path, ledger) => {
    if (text.length < 4 || !mayHoldSecret(text)) return text
    let current = text
    for (const rule of rules) {
      if (!rule.hint.test(current)) continue
      const ranges = rule.find(current)
      if (ranges.length === 0) continue
      current = replaceRanges({ text: current, ranges, marker: `[redacted:${rule.name}]` })
      ledger.record(rule.name, path, ranges.length)
    }
    return current
  }
}

/** One alternation a flag set: clean text is read twice at most, however many rules there are. */
function anyOf(hints: readonly RegExp[]): (text: string) => boolean {
  const byFlags = new Map<string, string[]>()
  for (const hint of hints) byFlags.set(hint.flags, [...(byFlags.get(hint.flags) ?? []), hint.source])
  const joined = [...byFlags].map(([flags, sources]) => new RegExp(sources.join('|'), flags))
  return (text) => joined.some((pattern) => pattern.test(text))
}

function replaceRanges({
  text,
  ranges,
  marker,
}: {
  text: string
  ranges: readonly TextRange[]
  marker: string
}): string {
  let out = ''
  let at = 0
  for (const range of ranges) {
    out += text.slice(at, range.start) + marker
    at = range.end
  }
  return out + text.slice(at)
}

type WalkValue = (
  value: unknown,
  path: string,
  ledger: RedactionLedger,
  key?: string,
  depth?: number,
) => unknown

function createValueRedactor(redactText: Redactor['redactText']): WalkValue {
  const walk: WalkValue = (value, path, ledger, key, depth = 0) => {
    if (typeof value === 'string') {
      return key !== undefined && isCredentialKey(key)
        ? redactWhole(value, path, ledger)
        : redactText(value, path, ledger)
    }
    if (value === null || typeof value !== 'object') return value
    if (depth >= deepestValue) {
      ledger.record('too-deep', path)
      return '[redacted:too-deep]'
    }
    if (Array.isArray(value))
      return mapList(value, (item, index) => walk(item, `${path}.${index}`, ledger, key, depth + 1))
    if (!isPlainObject(value)) return value
    return mapEntries(value, (inner, item) => walk(item, `${path}.${inner}`, ledger, inner, depth + 1))
  }
  return walk
}

function redactWhole(value: string, path: string, ledger: RedactionLedger): string {
  if (value === '' || /^\[redacted:[a-z-]+\]$/.test(value)) return value
  ledger.record('credential', path)
  return '[redacted:credential]'
}

interface HashArguments {
  value: unknown
  path: string
  ledger: RedactionLedger
  hmac: (value: string) => string
}

function hashValue({ value, path, ledger, hmac }: HashArguments): unknown {
  if (Array.isArray(value)) return value.map((item) => hashValue({ value: item, path, ledger, hmac }))
  if (value === null || value === undefined) return value
  const text = typeof value === 'string' ? value : JSON.stringify(value, bigintAsText)
  if (text.startsWith(hashPrefix)) return value
  ledger.record('hashed', path)
  return hashPrefix + hmac(text)
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function mapList(
  list: readonly unknown[],
  map: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  let copy: unknown[] | undefined
  for (const [index, item] of list.entries()) {
    const mapped = map(item, index)
    if (mapped !== item) copy ??= [...list]
    if (copy !== undefined) copy[index] = mapped
  }
  return copy ?? list
}

/** Copies only when an entry changes; `undefined` removes an entry. Safe for a key named `__proto__`. */
function mapEntries(record: object, map: (key: string, value: unknown) => unknown): object {
  let changed = false
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(record)) {
    const mapped = map(key, value)
    if (mapped !== value) changed = true
    if (mapped !== undefined || value === undefined) entries.push([key, mapped])
  }
  return changed ? Object.fromEntries(entries) : record
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Redaction keeps every type: texts become texts, lists lists, and untouched values themselves. */
function asSame<Value>(_like: Value, redacted: unknown): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the walk can't tell its type to the compiler
  return redacted as Value
}
