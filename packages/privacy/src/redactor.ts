import { createAttributeGate, type AttributeGateOptions } from './attribute-gate.ts'
import type { RedactionLedger } from './ledger.ts'
import { createKeyReader } from './read-key.ts'
import { createTextRedactor } from './redact-text.ts'
import type { RedactionRule } from './rule.ts'
import { defaultRules, emailRule } from './rules.ts'
import { ValueWalk, type WalkParts } from './value-walk.ts'

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

const hashPrefix = 'hmac:'

/** Builds a redactor from the default rules, or from a list of one's own. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const { hmac } = options
  const texts = createTextRedactor([
    ...(options.rules ?? defaultRules),
    ...(options.extraRules ?? []),
    ...(options.emails === true ? [emailRule] : []),
  ])
  const parts: WalkParts = { texts, readKey: createKeyReader(texts) }
  const verdictOf = createAttributeGate(options)

  return {
    redactText: (text, path, ledger) => texts.redact(text, path, ledger),
    redactValue: (value, path, ledger) =>
      typeof value === 'object' || typeof value === 'string'
        ? asSame(value, new ValueWalk(parts, { path, ledger }).redact(value))
        : value,
    redactAttributes: (attributes, path, ledger) => {
      const walk = new ValueWalk(parts, { path, ledger })
      const redacted = walk.mapEntries(attributes, (value, key) => {
        const verdict = verdictOf(key.key)
        if (verdict === 'keep') return walk.redact(value, key)
        if (verdict === 'hash' && hmac !== undefined)
          return hashValue({ value, path: walk.path, ledger, hmac })
        ledger.record(verdict === 'hash' ? 'unhashable' : 'denied', walk.path)
        return undefined
      })
      return asSame(attributes, redacted)
    },
  }
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

/** Redaction keeps every type: texts become texts, lists lists, and untouched values themselves. */
function asSame<Value>(_like: Value, redacted: unknown): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the walk can't tell its type to the compiler
  return redacted as Value
}
